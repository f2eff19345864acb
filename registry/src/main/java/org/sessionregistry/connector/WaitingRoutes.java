package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * The routes that have a waiter in the queue and could be given a connection, by the turn of the
 * one whose turn it is there. So the next free slot goes to the member that has had the fewest
 * turns, and of its waiters to the one that arrived first among those it can help, priority
 * considered; a full route holds nobody else up. Guarded by the pool's lock.
 */
final class WaitingRoutes {
  private final RouteTurns turns;
  private final RouteTurns highTurns;
  private final int maxPerRoute;
  private final boolean reserving;

  WaitingRoutes(int maxPerRoute, boolean reserving) {
    this.maxPerRoute = maxPerRoute;
    this.reserving = reserving;
    this.turns = new RouteTurns(Eligible.ALL, maxPerRoute);
    this.highTurns = new RouteTurns(Eligible.HIGH, maxPerRoute);
  }

  boolean hasRoom(RoutePool route) {
    return maxPerRoute == 0 || route.connections < maxPerRoute;
  }

  /** Called after every change of a route's queue, its connections or their number. */
  void update(RoutePool route) {
    turns.update(route);
    if (reserving) {
      highTurns.update(route);
    }
  }

  /** The member held all it may, and does not any more. */
  void mayHoldMore(PoolMember member) {
    turns.mayHoldMore(member);
    if (reserving) {
      highTurns.mayHoldMore(member);
    }
  }

  /** The waiter whose turn it is of those that are eligible. */
  @Nullable Waiter first(Eligible who) {
    return who == Eligible.ALL ? turns.first() : highTurns.first();
  }
}
