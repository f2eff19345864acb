package org.sessionregistry.connector;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts sockets as the operating system would: from the beginning of a dial until the transport
 * says that nothing is left of it. Remembers the peaks, so that a limit that was exceeded for a
 * moment is noticed. Thread-safe.
 */
final class Sockets {
  private final Map<Route, Integer> byRoute = new HashMap<>();
  private int open;
  private int peak;
  private int peakOfOneRoute;

  synchronized void begin(Route route) {
    peak = Math.max(peak, ++open);
    peakOfOneRoute = Math.max(peakOfOneRoute, byRoute.merge(route, 1, Integer::sum));
  }

  synchronized void end(Route route) {
    open--;
    byRoute.merge(route, -1, Integer::sum);
  }

  synchronized int open() {
    return open;
  }

  synchronized int open(Route route) {
    return byRoute.getOrDefault(route, 0);
  }

  /** The most that were ever open at once. */
  synchronized int peak() {
    return peak;
  }

  /** The most that one route ever had open at once. */
  synchronized int peakOfOneRoute() {
    return peakOfOneRoute;
  }
}
