package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/** Where a route stands among those that wait for a slot. Guarded by the pool's lock. */
final class RoutePlace {
  /** Its turn within its group. */
  final Turn<RoutePool> turn;

  /** The group it is in; null when it does not wait, or must not have a slot. */
  @Nullable RouteGroup group;

  private @Nullable RouteGroup own;

  RoutePlace(RoutePool route) {
    this.turn = new Turn<>(route);
  }

  /** The group of this route only. */
  RouteGroup own() {
    RouteGroup group = own;
    if (group == null) {
      group = new RouteGroup(null);
      own = group;
    }
    return group;
  }
}
