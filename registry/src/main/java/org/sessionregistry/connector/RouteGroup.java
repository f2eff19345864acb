package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * Routes that wait for a slot and whose turn depends on the same member, or one route in which
 * several members wait; see {@link RouteTurns}. Guarded by the pool's lock.
 */
final class RouteGroup {
  /** Who waits in these routes, and nobody else does; null when it is one route of several. */
  final @Nullable PoolMember member;

  final TurnHeap<RoutePool> routes = new TurnHeap<>();

  /** Its turn among the groups. */
  final Turn<RouteGroup> turn = new Turn<>(this);

  RouteGroup(@Nullable PoolMember member) {
    this.member = member;
  }
}
