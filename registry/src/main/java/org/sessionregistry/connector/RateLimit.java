package org.sessionregistry.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be started in a period. Whatever period is looked at, wherever it begins,
 * there are no more starts in it than there are permits. A permit is taken when it is a request's
 * turn, counts as a start when the request has its connection, and is back one period after that.
 *
 * <p>Those without a permit stay in the queue of their pool. Their {@link PoolMember} stands here
 * in a line and is told when there is a permit: one timer for all, whatever their number. Mostly it
 * is one member; after a reload it may be two for a while, in different pools, that share what is
 * left of the period.
 *
 * <p>Thread-safe. It is asked under a pool's lock, so no pool is ever called under the lock here.
 * Of two pools that ask for the last permit at the very same time both may get it.
 */
public final class RateLimit {
  private final Scheduler scheduler;
  private final Executor wakers;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final StartLog log = new StartLog();

  @GuardedBy("lock")
  private int permits;

  /** Those whose turn has come and that have no connection yet. */
  @GuardedBy("lock")
  private int expecting;

  /** Those that were told that there is no permit, and not yet that there is one. */
  @GuardedBy("lock")
  private final Deque<PoolMember> line = new ArrayDeque<>(1);

  /** Whose turn it is while a pool is told so; it goes before those in the line. */
  @GuardedBy("lock")
  private @Nullable PoolMember called;

  @GuardedBy("lock")
  private boolean calling;

  @GuardedBy("lock")
  private Scheduler.@Nullable Timer timer;

  /**
   * A limit of which nothing is used.
   *
   * @param permits how many requests may be started in a period
   * @param periodNanos the period
   * @param scheduler tells when a permit is back
   * @param wakers serves those that waited for it, not on the scheduler's thread
   */
  public RateLimit(int permits, long periodNanos, Scheduler scheduler, Executor wakers) {
    this.permits = permits;
    this.scheduler = scheduler;
    this.wakers = wakers;
    log.remember(permits, periodNanos);
  }

  /** It is another limit from now on, for those that wait too; what was started counts. */
  public void change(int newPermits, long newPeriodNanos) {
    lock.lock();
    try {
      permits = newPermits;
      log.remember(newPermits, newPeriodNanos);
      stopTimer();
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** There is no limit any more: nobody waits for a permit. */
  public void lift() {
    change(Integer.MAX_VALUE, 0);
  }

  /** Whether starts are remembered that count, so that it must not be forgotten. */
  public boolean remembers() {
    lock.lock();
    try {
      return expecting > 0 || log.count(scheduler.nanoTime()) > 0;
    } finally {
      lock.unlock();
    }
  }

  // ---- under a pool's lock -------------------------------------------------------------------

  /** Whether there is a permit for this member; if not, its pool is told when there is. */
  boolean mayStart(PoolMember member) {
    lock.lock();
    try {
      if (isFree() && (line.isEmpty() || called == member)) {
        return true;
      }
      line.addLast(member);
      arm();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** One takes a permit and will start when its connection is open. */
  void expect() {
    lock.lock();
    try {
      expecting++;
    } finally {
      lock.unlock();
    }
  }

  /** One starts. */
  void start(boolean expected) {
    lock.lock();
    try {
      expecting -= expected ? 1 : 0;
      log.add(scheduler.nanoTime());
      arm();
    } finally {
      lock.unlock();
    }
  }

  /** One that expected to start will not, or not now. */
  void giveBack(Effects effects) {
    lock.lock();
    try {
      expecting--;
      wakeAfter(effects);
    } finally {
      lock.unlock();
    }
  }

  /** One had its connection and sent nothing. */
  void takeBack(Effects effects) {
    lock.lock();
    try {
      log.takeBack();
      wakeAfter(effects);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void wakeAfter(Effects effects) {
    if (!line.isEmpty()) {
      effects.add(this::wake);
    }
  }

  /** The member has nobody left who could start. */
  void leave(PoolMember member) {
    lock.lock();
    try {
      line.remove(member);
      if (line.isEmpty()) {
        stopTimer();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean isFree() {
    return expecting + log.count(scheduler.nanoTime()) < permits;
  }

  // ---- a permit is back ----------------------------------------------------------------------

  @GuardedBy("lock")
  private void arm() {
    if (timer != null || line.isEmpty()) {
      return;
    }
    long delay = log.nanosToNext(scheduler.nanoTime());
    if (delay >= 0) { // else all permits are expected to be used, and one of those comes first
      timer = scheduler.schedule(delay, () -> wakers.execute(this::due));
    }
  }

  @GuardedBy("lock")
  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void due() {
    lock.lock();
    try {
      stopTimer(); // this one, or one that replaced it when it had begun already
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** Calls those in the line, each in turn, until they or the permits are used up. */
  private void wake() {
    lock.lock();
    try {
      if (calling) {
        return; // whoever is calling looks again
      }
      calling = true;
    } finally {
      lock.unlock();
    }
    PoolMember next = null;
    try {
      for (next = next(); next != null; next = next()) {
        next.pool.mayStartAgain(next);
      }
    } finally {
      if (next != null) {
        stopCalling(); // what was called has thrown
      }
    }
  }

  private @Nullable PoolMember next() {
    lock.lock();
    try {
      called = isFree() ? line.pollFirst() : null;
      if (called == null) {
        calling = false;
        arm();
      }
      return called;
    } finally {
      lock.unlock();
    }
  }

  private void stopCalling() {
    lock.lock();
    try {
      called = null;
      calling = false;
      arm();
    } finally {
      lock.unlock();
    }
  }
}
