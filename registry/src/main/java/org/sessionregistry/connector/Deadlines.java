package org.sessionregistry.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines that all lie the same time ahead, so that the list of them is sorted by itself: adding
 * and removing one costs a few pointer writes, whatever the number, and one timer serves all. That
 * is what a session needs, whose every request has the same limits and hardly ever reaches them.
 *
 * <p>A deadline either expires or is cancelled, never both. Expired ones run on the scheduler's
 * thread, outside the lock. Thread-safe.
 */
public final class Deadlines {
  private final long durationNanos;
  private final Scheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable Deadline first;

  @GuardedBy("lock")
  private @Nullable Deadline last;

  @GuardedBy("lock")
  private boolean timerArmed;

  /** Deadlines that lie {@code durationNanos} ahead of the moment in which they are added. */
  public Deadlines(long durationNanos, Scheduler scheduler) {
    this.durationNanos = durationNanos;
    this.scheduler = scheduler;
  }

  /** Runs the action after the duration unless it is cancelled before. */
  public Deadline add(Runnable action) {
    return add(scheduler.nanoTime(), action);
  }

  /**
   * The same, for somebody who has just asked for the time.
   *
   * @param now what the scheduler says
   */
  public Deadline add(long now, Runnable action) {
    Deadline added = new Deadline(action, now + durationNanos);
    lock.lock();
    try {
      added.previous = last;
      if (last == null) {
        first = added;
      } else {
        last.next = added;
      }
      last = added;
      arm(now);
    } finally {
      lock.unlock();
    }
    return added;
  }

  @GuardedBy("lock")
  private void arm(long now) {
    if (!timerArmed && first != null) {
      timerArmed = true;
      scheduler.schedule(Math.max(0, first.atNanos - now), this::expire);
    }
  }

  private void expire() {
    Deadline expired;
    while ((expired = pollExpired()) != null) {
      try {
        expired.action.run();
      } catch (RuntimeException | Error e) {
        rearm(); // the others still expire, in a run of their own
        throw e;
      }
    }
  }

  private void rearm() {
    lock.lock();
    try {
      timerArmed = false;
      arm(scheduler.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Deadline pollExpired() {
    lock.lock();
    try {
      long now = scheduler.nanoTime();
      Deadline head = first;
      if (head != null && head.atNanos - now <= 0) {
        unlink(head);
        return head;
      }
      timerArmed = false;
      arm(now);
      return null;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void unlink(Deadline deadline) {
    deadline.linked = false;
    Deadline before = deadline.previous;
    Deadline after = deadline.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    deadline.previous = null;
    deadline.next = null;
  }

  /** One deadline. */
  public final class Deadline {
    private final Runnable action;
    private final long atNanos;

    // Its place in the list, guarded by the lock of the list.
    private @Nullable Deadline previous;
    private @Nullable Deadline next;
    private boolean linked = true;

    private Deadline(Runnable action, long atNanos) {
      this.action = action;
      this.atNanos = atNanos;
    }

    /** Removes the deadline; harmless when it has expired. */
    public void cancel() {
      lock.lock();
      try {
        if (linked) {
          unlink(this);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
