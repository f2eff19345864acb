package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long idle connections are kept: one timer is armed for the first that is kept too long.
 * Guarded by the pool's lock; only the timer's task comes from elsewhere, and takes it.
 */
final class IdleConnections {
  private final Chain<PooledConnection> idle;
  private final Scheduler scheduler;
  private final Runnable whenDue;
  private Scheduler.@Nullable Timer timer;
  private long timerAtNanos;

  /** Watches the connections in this chain. */
  IdleConnections(Chain<PooledConnection> idle, Scheduler scheduler, Runnable whenDue) {
    this.idle = idle;
    this.scheduler = scheduler;
    this.whenDue = whenDue;
  }

  /** The connection is idle from now on. */
  void begin(PooledConnection pooled, long keepNanos) {
    long now = scheduler.nanoTime();
    pooled.idleUntilNanos = now + keepNanos;
    arm(pooled.idleUntilNanos, now);
  }

  /** Those that were kept long enough; called when the timer says so. */
  List<PooledConnection> expired() {
    stopTimer(); // this one, or one that replaced it when it had begun already
    long now = scheduler.nanoTime();
    List<PooledConnection> expired = new ArrayList<>();
    long[] next = {Long.MAX_VALUE};
    idle.forEach(
        pooled -> {
          long left = pooled.idleUntilNanos - now;
          if (left > 0) {
            next[0] = Math.min(next[0], left);
          } else {
            expired.add(pooled);
          }
        });
    if (next[0] != Long.MAX_VALUE) {
      arm(now + next[0], now);
    }
    return expired;
  }

  void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void arm(long atNanos, long now) {
    if (timer != null && timerAtNanos - atNanos <= 0) {
      return;
    }
    stopTimer();
    timerAtNanos = atNanos;
    timer = scheduler.schedule(Math.max(0, atNanos - now), whenDue);
  }
}
