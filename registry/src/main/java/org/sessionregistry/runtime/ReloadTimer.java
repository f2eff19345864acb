package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.connector.Scheduler;

/**
 * Reloads every {@code reload-interval}, counted from the end of the reload before. The rule: a
 * configuration that cannot be used is a warning, once for each thing that is wrong with it.
 * Thread-safe.
 */
final class ReloadTimer {
  private static final Logger LOG = System.getLogger("org.sessionregistry.reload");

  private final Scheduler scheduler;
  private final Executor blocking;
  private final Supplier<ReloadReport> reload;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Scheduler.@Nullable Timer waiting;

  @GuardedBy("lock")
  private boolean stopped;

  /** Confined to the one reload at a time. */
  private String lastRefusal = "";

  /**
   * Reloads nothing yet.
   *
   * @param blocking where settings may be read
   * @param reload reloads once, and sets the interval again
   */
  ReloadTimer(Scheduler scheduler, Executor blocking, Supplier<ReloadReport> reload) {
    this.scheduler = scheduler;
    this.blocking = blocking;
    this.reload = reload;
  }

  /** The next one is due after this time; never if it is zero. */
  void set(Duration interval) {
    lock.lock();
    try {
      cancel();
      if (!interval.isZero() && !stopped) {
        waiting = scheduler.schedule(interval.toNanos(), () -> due(interval));
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      cancel();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void cancel() {
    if (waiting != null) {
      waiting.cancel();
      waiting = null;
    }
  }

  private void due(Duration interval) {
    try {
      blocking.execute(() -> attempt(interval));
    } catch (RejectedExecutionException ended) { // with the registry, and so with this timer
      stop();
    }
  }

  private void attempt(Duration interval) {
    try {
      ReloadReport report = reload.get();
      lastRefusal = "";
      if (report.isChange()) {
        LOG.log(Level.INFO, "the configuration of sessions has changed: {0}", report);
      }
    } catch (RuntimeException | LinkageError e) {
      refused(e);
      set(interval);
    }
  }

  private void refused(Throwable failure) {
    String refusal = failure.toString();
    if (!refusal.equals(lastRefusal) && !isStopped()) {
      lastRefusal = refusal;
      LOG.log(
          Level.WARNING,
          "the configuration of sessions cannot be reloaded, so the one before stays (said once): {0}",
          failure instanceof IllegalArgumentException ? failure.getMessage() : refusal);
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }
}
