package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.PooledConnection.State;

/**
 * Connections that are being opened although nobody needs them any more: the next waiter of their
 * route adopts them, or they are given up for one of another route, or they become idle. Guarded by
 * the pool's lock.
 */
final class SurplusConnections {
  /** Those that have a slot, which can be given up; the others are known to their routes only. */
  final Chain<PooledConnection> withSlot = new Chain<>();

  boolean isEmpty() {
    return withSlot.isEmpty();
  }

  @Nullable PooledConnection first() {
    return withSlot.first();
  }

  void add(PooledConnection opening) {
    opening.route.surplus.addLast(opening.inRoute);
    if (opening.state() == State.OPENING) {
      withSlot.addLast(opening.inPool);
    }
    // Else it is still waiting for a slot, and is dropped when the slot comes.
  }

  void remove(PooledConnection opening) {
    opening.route.surplus.remove(opening.inRoute);
    if (opening.state() == State.OPENING) {
      withSlot.remove(opening.inPool);
    }
  }

  /** Takes one of a route that has one. */
  PooledConnection adopt(RoutePool route) {
    PooledConnection opening = route.surplus.first();
    if (opening == null) {
      throw new IllegalStateException("nothing to adopt in " + route.route);
    }
    remove(opening);
    return opening;
  }
}
