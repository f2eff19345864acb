package org.sessionregistry.httpclient;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks on an executor one after the other, in the order in which they came. A task that adds
 * another one sees it run on the same thread, without a detour. Any thread may add tasks.
 *
 * <p>When the executor has ended, tasks run on the thread that adds them: what is told then is that
 * all is over, and somebody waits for it.
 */
final class SerialTasks implements Executor {
  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  SerialTasks(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      start();
    }
  }

  private void start() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException ended) {
      drain();
    }
  }

  private void drain() {
    boolean more = true;
    while (more) {
      boolean returned = false;
      try {
        Objects.requireNonNull(tasks.poll()).run();
        returned = true;
      } finally {
        more = pending.decrementAndGet() > 0;
        if (more && !returned) {
          start(); // the thread is lost to an exception
        }
      }
    }
  }
}
