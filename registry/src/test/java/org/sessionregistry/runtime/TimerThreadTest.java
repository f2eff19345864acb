package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Scheduler;

class TimerThreadTest {
  private final TimerThread timer = new TimerThread(thread -> {});

  @AfterEach
  void close() {
    timer.close();
  }

  @Test
  void aTaskRunsOnce() {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    timer.schedule(1, () -> ran.complete(null));
    assertThat(ran).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void tasksRunInTheOrderOfTheirTime() {
    StringBuffer order = new StringBuffer();
    CompletableFuture<Void> done = new CompletableFuture<>();
    timer.schedule(20_000_000, () -> done.complete(null));
    timer.schedule(10_000_000, () -> order.append('b'));
    timer.schedule(0, () -> order.append('a'));
    assertThat(done).succeedsWithin(Duration.ofSeconds(30));
    assertThat(order).hasToString("ab");
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    StringBuffer order = new StringBuffer();
    Scheduler.Timer cancelled = timer.schedule(50_000_000, () -> order.append("ran"));
    cancelled.cancel();
    CompletableFuture<Void> later = new CompletableFuture<>();
    timer.schedule(60_000_000, () -> later.complete(null));
    assertThat(later).succeedsWithin(Duration.ofSeconds(30));
    assertThat(order).isEmpty();
  }

  @Test
  void aTaskThatThrowsDoesNotEndTheTimer() {
    timer.schedule(
        0,
        () -> {
          throw new IllegalStateException("bug");
        });
    CompletableFuture<Void> next = new CompletableFuture<>();
    timer.schedule(1, () -> next.complete(null));
    assertThat(next).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void timeRunsForward() {
    long before = timer.nanoTime();
    assertThat(timer.nanoTime() - before).isNotNegative();
  }
}
