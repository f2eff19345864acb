package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

  /** Nothing else runs until the latch is open, so a busy machine changes nothing. */
  private CountDownLatch heldTimer() {
    CountDownLatch released = new CountDownLatch(1);
    timer.schedule(
        0,
        () -> {
          try {
            released.await();
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
        });
    return released;
  }

  @Test
  void tasksRunInTheOrderOfTheirTime() {
    long delay = 20_000_000;
    boolean certain = false;
    while (!certain) {
      StringBuffer order = new StringBuffer();
      CompletableFuture<Void> done = new CompletableFuture<>();
      CountDownLatch released = heldTimer();
      long before = timer.nanoTime();
      timer.schedule(
          delay,
          () -> {
            order.append('b');
            done.complete(null);
          });
      timer.schedule(0, () -> order.append('a'));
      certain = timer.nanoTime() - before < delay; // else it was not clear which is earlier
      released.countDown();
      assertThat(done).succeedsWithin(Duration.ofSeconds(30));
      assertThat(certain ? order : "ab").hasToString("ab");
    }
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    StringBuffer order = new StringBuffer();
    CountDownLatch released = heldTimer();
    Scheduler.Timer cancelled = timer.schedule(0, () -> order.append("ran"));
    CompletableFuture<Void> later = new CompletableFuture<>();
    timer.schedule(1, () -> later.complete(null));

    cancelled.cancel();
    released.countDown();

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
