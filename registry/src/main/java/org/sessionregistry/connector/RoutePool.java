package org.sessionregistry.connector;

import org.sessionregistry.settings.QueueOrder;

/** What the pool knows of one route. Guarded by the pool's lock. */
final class RoutePool {
  final Route route;

  /** Idle connections; the one used last is at the end and is used next. */
  final Chain<PooledConnection> idle = new Chain<>();

  /**
   * Connections that are being opened, or will be when their slot is free, although nobody needs
   * them any more.
   */
  final Chain<PooledConnection> surplus = new Chain<>();

  /** Waiters that a connection is being opened for, in the order in which their turn came. */
  final Chain<Waiter> expecting = new Chain<>();

  /** Waiters without. */
  final RouteQueue queued;

  /** Connections of this route that hold or await a slot. */
  int connections;

  /** How often later waiters of other routes went before its first one, since it got a slot. */
  int passedOver;

  /** Where this route stands in {@link WaitingRoutes}; -1 when it is not there. */
  long place = -1;

  RoutePool(Route route, QueueOrder order) {
    this.route = route;
    this.queued = new RouteQueue(order);
  }

  boolean isUnused() {
    return connections == 0 && queued.isEmpty() && expecting.isEmpty();
  }
}
