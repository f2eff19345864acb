package org.sessionregistry.connector;

import org.sessionregistry.settings.QueueOrder;

/** What the pool knows of one route. Guarded by the pool's lock. */
final class RoutePool {
  final Route route;
  final RouteTable table;

  /** Idle connections; the one used last is at the end and is used next. */
  final Chain<PooledConnection> idle = new Chain<>();

  /** Connections in use that can take another exchange. */
  final Chain<PooledConnection> roomy = new Chain<>();

  /**
   * Connections that are being opened and will have room for another than those that expect them.
   */
  final Chain<PooledConnection> joinable = new Chain<>();

  /**
   * Connections that are being opened, or will be when their slot is free, although nobody needs
   * them any more.
   */
  final Chain<PooledConnection> surplus = new Chain<>();

  /** Waiters that a connection is being opened for, in the order in which their turn came. */
  final Chain<Waiter> expecting = new Chain<>();

  /** Those of them whose connection was opened and did not help them: only for a moment. */
  final Chain<Waiter> homeless = new Chain<>();

  /** Waiters without. */
  final RouteQueue queued;

  private final RoutePlace place = new RoutePlace(this);
  private final RoutePlace highPlace = new RoutePlace(this);

  /** Connections of this route that hold or await a slot. */
  int connections;

  /** How many exchanges the connection opened last could serve at once; the next probably too. */
  int capacity = 1;

  /** How often later waiters of other routes went before its first one, since it got a slot. */
  int passedOver;

  /** How many connections were retired for its first waiter and are still in use. */
  int promised;

  RoutePool(Route route, RouteTable table, QueueOrder order, boolean reserving) {
    this.route = route;
    this.table = table;
    this.queued = new RouteQueue(this, order, reserving);
  }

  /** Its place among the routes that wait for a slot, because of those that are eligible. */
  RoutePlace place(Eligible who) {
    return who == Eligible.ALL ? place : highPlace;
  }

  /** Whether there is a connection that somebody else could use. */
  boolean hasSpare() {
    return !idle.isEmpty() || !surplus.isEmpty();
  }

  boolean isUnused() {
    return connections == 0 && queued.isEmpty() && expecting.isEmpty();
  }
}
