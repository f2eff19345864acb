package org.sessionregistry.connector;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where those find a connection who look for one: what it is good for follows from its state, so
 * {@link #place} is called after every change of that and nothing else moves it. Guarded by the
 * pool's lock.
 */
final class Shelves {
  /** Idle connections of all routes; the one unused longest is first. */
  final Chain<PooledConnection> idle = new Chain<>();

  /** Connections that serve an exchange. */
  final Chain<PooledConnection> leased = new Chain<>();

  /** Connections that have a slot, or will, and are opened although nobody needs them any more. */
  final Chain<PooledConnection> surplus = new Chain<>();

  /** Connections that are on a shelf of their route. */
  private final Chain<PooledConnection> offered = new Chain<>();

  private final WaitingRoutes waiting;

  Shelves(WaitingRoutes waiting) {
    this.waiting = waiting;
  }

  /** The connection that is given up first for one of another route. */
  @Nullable PooledConnection firstSpare() {
    PooledConnection unusedLongest = idle.first();
    return unusedLongest != null ? unusedLongest : surplus.first();
  }

  void place(PooledConnection pooled) {
    Chain<PooledConnection> ofPool = ofPool(pooled);
    if (ofPool != pooled.poolShelf) {
      move(pooled.inPool, pooled.poolShelf, ofPool);
      pooled.poolShelf = ofPool;
    }
    Chain<PooledConnection> ofRoute = ofRoute(pooled);
    if (ofRoute != pooled.routeShelf) {
      move(pooled.inRoute, pooled.routeShelf, ofRoute);
      if (pooled.routeShelf == null) {
        offered.addLast(pooled.onShelf);
      } else if (ofRoute == null) {
        offered.remove(pooled.onShelf);
      }
      pooled.routeShelf = ofRoute;
      if (!pooled.route.queued.isEmpty()) {
        waiting.update(pooled.route); // its waiters may be kept from a spare one by a limit
      }
    }
  }

  /** Routes with something on a shelf, and requests that a limit may have kept from it. */
  Collection<RoutePool> routesWithBoth() {
    Set<RoutePool> routes = new LinkedHashSet<>();
    offered.forEach(
        pooled -> {
          if (!pooled.route.queued.isEmpty()) {
            routes.add(pooled.route);
          }
        });
    return routes;
  }

  private static void move(
      Chain.Link<PooledConnection> link,
      @Nullable Chain<PooledConnection> from,
      @Nullable Chain<PooledConnection> to) {
    if (from != null) {
      from.remove(link);
    }
    if (to != null) {
      to.addLast(link);
    }
  }

  private @Nullable Chain<PooledConnection> ofPool(PooledConnection pooled) {
    return switch (pooled.state()) {
      case PENDING, OPENING -> pooled.awaiting.isEmpty() ? surplus : null;
      case LEASED -> leased;
      case IDLE -> idle;
      case CLOSING, GONE -> null;
    };
  }

  private static @Nullable Chain<PooledConnection> ofRoute(PooledConnection pooled) {
    RoutePool route = pooled.route;
    return switch (pooled.state()) {
      case PENDING, OPENING -> {
        if (pooled.awaiting.isEmpty()) {
          yield route.surplus;
        }
        yield pooled.hasRoom() ? route.joinable : null;
      }
      case LEASED -> pooled.leases.isEmpty() || !pooled.hasRoom() ? null : route.roomy;
      case IDLE -> route.idle;
      case CLOSING, GONE -> null;
    };
  }
}
