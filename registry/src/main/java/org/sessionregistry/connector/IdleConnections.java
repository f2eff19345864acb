package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idle connections of a pool: of all routes the one unused longest is given up first, of one
 * route the one used last is used next. One timer is armed for the first that is kept too long.
 * Guarded by the pool's lock; only the timer's task comes from elsewhere, and takes it.
 */
final class IdleConnections {
  /** The one unused longest is first. */
  final Chain<PooledConnection> all = new Chain<>();

  private final Scheduler scheduler;
  private final Runnable whenDue;
  private Scheduler.@Nullable Timer timer;
  private long timerAtNanos;

  IdleConnections(Scheduler scheduler, Runnable whenDue) {
    this.scheduler = scheduler;
    this.whenDue = whenDue;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  @Nullable PooledConnection unusedLongest() {
    return all.first();
  }

  void add(PooledConnection pooled, long keepNanos) {
    pooled.route.idle.addLast(pooled.inRoute);
    all.addLast(pooled.inPool);
    long now = scheduler.nanoTime();
    pooled.idleUntilNanos = now + keepNanos;
    arm(pooled.idleUntilNanos, now);
  }

  void remove(PooledConnection pooled) {
    pooled.route.idle.remove(pooled.inRoute);
    all.remove(pooled.inPool);
  }

  /** Takes out those that were kept long enough; called when the timer says so. */
  List<PooledConnection> takeExpired() {
    stopTimer(); // this one, or one that replaced it when it had begun already
    long now = scheduler.nanoTime();
    List<PooledConnection> expired = new ArrayList<>();
    long[] next = {Long.MAX_VALUE};
    all.forEach(
        pooled -> {
          long left = pooled.idleUntilNanos - now;
          if (left > 0) {
            next[0] = Math.min(next[0], left);
          } else {
            expired.add(pooled);
          }
        });
    expired.forEach(this::remove);
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
