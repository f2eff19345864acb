package org.sessionregistry.connector;

import java.util.HashMap;
import java.util.Map;

/**
 * The routes of those members of a pool whose connections are alike, so that they may share them:
 * the same TLS identity, the same proxy, the same addresses. Guarded by the pool's lock.
 */
final class RouteTable {
  /** What makes the connections alike. */
  final Object terms;

  final Map<Route, RoutePool> routes = new HashMap<>();

  /** How many members use it; without any, no connection of it is kept. */
  int members;

  RouteTable(Object terms) {
    this.terms = terms;
  }
}
