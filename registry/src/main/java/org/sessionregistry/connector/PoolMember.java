package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.Priority;

/**
 * One of those that use a pool: a session, or a tenant of one. Members of a pool are served in
 * turns, whatever each has waiting; every turn is one connection. Thread-safe; the state is guarded
 * by the pool's lock.
 */
public final class PoolMember {
  final ConnectionPool pool;
  final String name;
  final RouteTable table;
  final Dialer dialer;

  /** The most connections, or streams, that it may have at once; 0 for no limit. */
  private final int mayHold;

  /** Its waiters, in the queue or expecting a connection. */
  final Chain<Waiter> waiters = new Chain<>();

  /** Those of its queues that wait until it may hold more. */
  final List<MemberQueue> parked = new ArrayList<>(0);

  /** Its place among the members that hold a connection. */
  final Chain.Link<PoolMember> inHolders = new Chain.Link<>(this);

  private final RouteGroup routes = new RouteGroup(this);
  private final RouteGroup highRoutes = new RouteGroup(this);

  /** How many of its waiters are in the queue. */
  int queued;

  /** Its leases and the connections that are being opened for it. */
  int holding;

  /** How often its turn came; a number on the scale of all members, see {@link WaitQueue}. */
  long turnsHad;

  /** Under a limit on what it starts; null without one. */
  @Nullable MemberStarts starts;

  /** Set when it leaves: called once nothing of it is left. */
  @Nullable Runnable whenLeft;

  PoolMember(ConnectionPool pool, String name, RouteTable table, Dialer dialer, int mayHold) {
    this.pool = pool;
    this.name = name;
    this.table = table;
    this.dialer = dialer;
    this.mayHold = mayHold;
  }

  /** The routes in which nobody else waits, of those that are eligible. */
  RouteGroup routes(Eligible who) {
    return who == Eligible.ALL ? routes : highRoutes;
  }

  /** Whether it may have one more connection, to start a request on it. */
  boolean mayHoldMore() {
    return (mayHold == 0 || holding < mayHold) && (starts == null || starts.mayStart());
  }

  /** Whether it is only for want of a permit that it may not have one more. */
  boolean isWithoutPermit() {
    return starts != null && starts.isWithoutPermit() && (mayHold == 0 || holding < mayHold);
  }

  /** Whether it stands at its limit exactly, so that one less changes something. */
  boolean holdsAllItMay() {
    return mayHold > 0 && holding == mayHold;
  }

  /** What to run now that it has left. */
  Runnable whenLeft() {
    Runnable told = whenLeft;
    if (told == null) {
      throw new IllegalStateException(name + " has not left");
    }
    return told;
  }

  /**
   * Asks for a connection. The receiver may hear before this returns.
   *
   * @param priority how soon it is served while others of this member wait
   * @param fresh whether a connection that was idle is not good enough
   * @return the waiter, to be able to leave; null when the receiver heard without having to wait
   */
  public @Nullable Waiter acquire(
      Route route, Priority priority, boolean fresh, LeaseReceiver receiver) {
    return pool.acquire(this, route, priority, fresh, receiver);
  }

  /**
   * Opens connections that nobody asked for yet, as far as the limits allow; they become idle.
   *
   * @param route where to
   * @param count how many
   */
  public void warmUp(Route route, int count) {
    pool.warmUp(this, route, count);
  }

  /** What the pool is doing now, for all its members. */
  public PoolSnapshot snapshot() {
    return pool.snapshot();
  }

  /**
   * Leaves the pool: its waiters are refused, its leases run to their end. With the last member the
   * idle connections are closed too, and then it has left when no socket is left.
   *
   * @param left called once it has; at once if there is nothing to wait for
   * @throws IllegalStateException if it leaves or has left already
   */
  public void close(Runnable left) {
    pool.leave(this, left);
  }

  /** Ends its leases: their exchanges fail. */
  public void closeLeased() {
    pool.closeLeased(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
