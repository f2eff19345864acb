package org.sessionregistry.connector;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes that have a waiter in the queue and room for one more connection, by the {@linkplain
 * Waiter#place() place} of the one whose turn it is. So the next free slot goes to the waiter that
 * arrived first among those it can help, priority considered, and a full route holds nobody else
 * up. Guarded by the pool's lock.
 */
final class WaitingRoutes {
  private final TreeMap<Long, RoutePool> routes = new TreeMap<>();
  private final int maxPerRoute;

  WaitingRoutes(int maxPerRoute) {
    this.maxPerRoute = maxPerRoute;
  }

  boolean hasRoom(RoutePool route) {
    return maxPerRoute == 0 || route.connections < maxPerRoute;
  }

  /** Called after every change of a route's queue or number of connections. */
  void update(RoutePool route) {
    Waiter first = route.queued.first();
    long place = first != null && hasRoom(route) ? first.place() : -1;
    if (place == route.place) {
      return;
    }
    if (route.place >= 0) {
      routes.remove(route.place);
    }
    if (place >= 0) {
      routes.put(place, route);
    }
    route.place = place;
  }

  @Nullable RoutePool first() {
    return routes.isEmpty() ? null : routes.firstEntry().getValue();
  }
}
