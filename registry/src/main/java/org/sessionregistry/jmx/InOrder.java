package org.sessionregistry.jmx;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after another in the order in which they came, on a thread of another executor
 * that is borrowed only while there are any. A task must not throw. Any thread may add one; nothing
 * blocks.
 */
final class InOrder {
  private final Executor executor;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger left = new AtomicInteger();

  InOrder(Executor executor) {
    this.executor = executor;
  }

  void add(Runnable task) {
    tasks.add(task);
    if (left.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException | OutOfMemoryError noThread) {
        drain();
      }
    }
  }

  private void drain() {
    do {
      Runnable next = tasks.poll();
      if (next != null) {
        next.run();
      }
    } while (left.decrementAndGet() != 0);
  }
}
