package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * The routes that have a waiter in the queue and could be given a connection, by the turn of the
 * one whose turn it is there. So the next free slot goes to the member that has had the fewest
 * turns, and of its waiters to the one that arrived first among those it can help, priority
 * considered; a full route holds nobody else up. Guarded by the pool's lock.
 */
final class WaitingRoutes {
  private final TurnHeap<RoutePool> turns = new TurnHeap<>();
  private final TurnHeap<RoutePool> highTurns = new TurnHeap<>();
  private final int maxPerRoute;
  private final boolean reserving;

  WaitingRoutes(int maxPerRoute, boolean reserving) {
    this.maxPerRoute = maxPerRoute;
    this.reserving = reserving;
  }

  boolean hasRoom(RoutePool route) {
    return maxPerRoute == 0 || route.connections < maxPerRoute;
  }

  /** Called after every change of a route's queue, its connections or their number. */
  void update(RoutePool route) {
    update(turns, route.turn, Eligible.ALL);
    if (reserving) {
      update(highTurns, route.highTurn, Eligible.HIGH);
    }
  }

  private void update(TurnHeap<RoutePool> heap, Turn<RoutePool> turn, Eligible who) {
    Waiter first = next(turn.of, who);
    if (first == null) {
      heap.remove(turn);
    } else {
      heap.put(turn, first.member.turnsHad, first.place());
    }
  }

  private @Nullable Waiter next(RoutePool route, Eligible who) {
    return hasRoom(route) || route.hasSpare() ? route.queued.first(who) : null;
  }

  /** The waiter whose turn it is of those that are eligible. */
  @Nullable Waiter first(Eligible who) {
    TurnHeap<RoutePool> heap = who == Eligible.ALL ? turns : highTurns;
    for (Turn<RoutePool> turn = heap.first(); turn != null; turn = heap.first()) {
      Waiter first = next(turn.of, who);
      if (first != null && turn.had == first.member.turnsHad && turn.place == first.place()) {
        return first;
      }
      update(turn.of); // its members were served elsewhere meanwhile, or may not have more
    }
    return null;
  }
}
