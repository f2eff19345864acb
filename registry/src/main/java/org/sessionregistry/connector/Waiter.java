package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.Priority;

/**
 * A request that has no connection yet: queued, or expecting the one that is being opened for it.
 * All state is guarded by the pool's lock. It leaves its lists at constant cost, because it brings
 * its own links.
 */
public final class Waiter {
  /** See the package documentation. */
  enum State {
    QUEUED,
    EXPECTING,
    SERVED,
    REFUSED,
    CANCELLED
  }

  final PoolMember member;
  final RoutePool route;
  final LeaseReceiver receiver;

  final Priority priority;

  /** Order of arrival. */
  final long sequence;

  /**
   * Its place among the waiters in the queue, of all routes; after that, among those that expect
   * the same connection.
   */
  final Chain.Link<Waiter> inLine = new Chain.Link<>(this);

  /** Its place among the waiters of its member. */
  final Chain.Link<Waiter> inMember = new Chain.Link<>(this);

  /** Its place among the waiters of its route. */
  final Chain.Link<Waiter> link = new Chain.Link<>(this);

  long queuedAtNanos;

  /** How long it was in the queue; negative while it is. Read without the lock. */
  private volatile long queuedNanos;

  State state = State.QUEUED;

  /** The connection that is being opened for this waiter, while it is expecting. */
  @Nullable PooledConnection opening;

  Waiter(
      PoolMember member,
      RoutePool route,
      LeaseReceiver receiver,
      Priority priority,
      long sequence) {
    this.member = member;
    this.route = route;
    this.receiver = receiver;
    this.priority = priority;
    this.sequence = sequence;
  }

  /**
   * Where it stands among those whose turn it is in their routes: by arrival, a lower priority as
   * if it had come so many waiters later. So priority counts between routes too, and nobody waits
   * for ever. No two waiters have the same place.
   */
  long place() {
    return switch (priority) {
      case HIGH -> sequence * 4;
      case NORMAL -> (sequence + 64) * 4 + 1;
      case LOW -> (sequence + 256) * 4 + 2;
    };
  }

  /**
   * Leaves the pool.
   *
   * @return true if the receiver has not heard and never will; false if it has heard or is about to
   */
  public boolean cancel() {
    return member.pool.cancel(this, false);
  }

  /**
   * Leaves the pool if it is still in the queue, without a connection being opened for it.
   *
   * @return true if the receiver has not heard and never will
   */
  public boolean cancelIfQueued() {
    return member.pool.cancel(this, true);
  }

  /** How long it was in the queue, until now if it still is. */
  public long queuedNanos() {
    long known = queuedNanos;
    return known < 0 ? member.pool.nanoTime() - queuedAtNanos : known;
  }

  /** It enters the queue, where it may have been before. */
  void entersQueue(long nowNanos) {
    state = State.QUEUED;
    queuedAtNanos = nowNanos - queuedNanos;
    queuedNanos = -1;
  }

  void leavesQueue(long nowNanos) {
    queuedNanos = Math.max(0, nowNanos - queuedAtNanos);
  }

  /** Whether it is in the queue because its member has no permit to start a request. */
  public boolean isWithoutPermit() {
    return member.pool.isWithoutPermit(this);
  }

  /** Where the time went of the connection that is being opened for it, if any is. */
  public Dialer.Timing openingTiming() {
    return member.pool.openingTiming(this);
  }
}
