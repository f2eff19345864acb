package org.sessionregistry.runtime;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sessionregistry.connector.NonBlockingThread;
import org.sessionregistry.connector.Scheduler;

/** The system's clock and one thread that runs what is due. Thread-safe. */
final class TimerThread implements Scheduler {
  /** Marked, so that nobody blocks it. */
  private static final class Ticking extends Thread implements NonBlockingThread {
    Ticking(Runnable task) {
      super(null, task, "session-registry-timer", 0, false);
      setDaemon(true);
      setContextClassLoader(ClassLoader.getSystemClassLoader());
    }
  }

  private final ScheduledThreadPoolExecutor executor;

  TimerThread(Consumer<Thread> started) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Ticking(task);
              started.accept(thread);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    try {
      ScheduledFuture<?> scheduled = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      // The registry has ended, and everything that could have a deadline with it.
      return () -> {};
    }
  }

  void close() {
    executor.shutdownNow();
  }
}
