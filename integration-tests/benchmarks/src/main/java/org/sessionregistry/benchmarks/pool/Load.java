package org.sessionregistry.benchmarks.pool;

import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;

/** Who uses a pool, and for what. */
public enum Load {
  /** A session with a pool of its own that talks to one host. */
  OWN_POOL(1, 1),
  /** A session with a pool of its own that talks to many. */
  OWN_POOL_MANY_ROUTES(1, 1000),
  /** The same, where some connections are for priority high only. */
  OWN_POOL_MANY_ROUTES_RESERVED(1, 1000, 0, 8),
  /** Tenants that talk to one host. */
  SHARED(1000, 1),
  /** Tenants each of which talks to its own host. */
  SHARED_ROUTE_EACH(1000, 1000),
  /** Some sessions, each of which talks to a hundred hosts of its own. */
  SHARED_MANY_ROUTES(10, 1000),
  /** Some sessions that talk to the same hosts. */
  SHARED_ROUTES_IN_COMMON(11, 100),
  /** Tenants that may not hold more than some connections each, and some that come first. */
  SHARED_CAPPED_RESERVED(100, 1, 4, 8);

  /** The connections of the pool. */
  static final int CONNECTIONS = 64;

  final int members;
  final int routes;
  private final int cap;
  private final int reserved;

  Load(int members, int routes) {
    this(members, routes, 0, 0);
  }

  Load(int members, int routes, int cap, int reserved) {
    this.members = members;
    this.routes = routes;
    this.cap = cap;
    this.reserved = reserved;
  }

  /** As many as it takes until the same member asks for the same route again. */
  int callers() {
    int callers = routes;
    while (callers % members != 0) {
      callers += routes;
    }
    return callers;
  }

  PoolSettings settings() {
    return PoolSettings.DEFAULTS
        .withMaxConnections(CONNECTIONS)
        .withMaxConnectionsPerTenant(cap)
        .withReservedHigh(reserved);
  }

  /** The priority of the requests of a caller, counted from 0. */
  Priority priority(int caller) {
    return reserved > 0 && caller % 4 == 0 ? Priority.HIGH : Priority.NORMAL;
  }
}
