package org.sessionregistry.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTasksTest {
  private final Queue<Runnable> handed = new ArrayDeque<>();
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksThatComeMeanwhileRunWithoutADetour() {
    SerialTasks tasks = new SerialTasks(handed::add);
    tasks.execute(
        () -> {
          tasks.execute(() -> ran.add("within"));
          ran.add("first");
        });
    tasks.execute(() -> ran.add("second"));

    assertThat(handed).hasSize(1);
    handed.remove().run();
    assertThat(ran).containsExactly("first", "second", "within");
    assertThat(handed).isEmpty();
  }

  @Test
  void aTaskThatThrowsLeavesTheOthersToAnotherThread() {
    SerialTasks tasks = new SerialTasks(handed::add);
    tasks.execute(
        () -> {
          throw new IllegalStateException("by the test");
        });
    tasks.execute(() -> ran.add("second"));

    assertThatThrownBy(() -> handed.remove().run()).hasMessage("by the test");
    handed.remove().run();
    assertThat(ran).containsExactly("second");
  }

  @Test
  void tasksRunAtOnceWhenTheExecutorHasEnded() {
    SerialTasks tasks =
        new SerialTasks(
            task -> {
              throw new RejectedExecutionException("ended");
            });
    tasks.execute(() -> ran.add("first"));
    tasks.execute(() -> ran.add("second"));
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void noTwoTasksOfManyThreadsRunAtOnce() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      SerialTasks tasks = new SerialTasks(executor);
      AtomicInteger running = new AtomicInteger();
      AtomicInteger overlaps = new AtomicInteger();
      CountDownLatch all = new CountDownLatch(4000);
      for (int i = 0; i < 4; i++) {
        executor.execute(
            () -> {
              for (int n = 0; n < 1000; n++) {
                tasks.execute(
                    () -> {
                      overlaps.addAndGet(running.incrementAndGet() - 1);
                      running.decrementAndGet();
                      all.countDown();
                    });
              }
            });
      }
      assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(overlaps).hasValue(0);
    } finally {
      executor.shutdownNow();
    }
  }
}
