package org.sessionregistry.sample;

import java.util.List;
import java.util.Map;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.sample.Handled.Outcome;

/**
 * Everything that a run of the storefront printed, as numbers.
 *
 * @param orders what became of the orders
 * @param sessions each session, by name, when the last order was done
 * @param server what the demonstration server had counted for each at that time; empty without it
 * @param closed each session, by name, after the container had stopped
 * @param serverAtEnd what the demonstration server had counted by then; empty without it
 * @param refused sessions that refused a request then, as closed sessions should
 * @param threadsLeft names of the registry's threads that were alive then
 */
public record StorefrontResult(
    OrderSummary orders,
    Map<String, SessionFigures> sessions,
    Map<String, ServiceCount> server,
    Map<String, SessionStatistics> closed,
    Map<String, ServiceCount> serverAtEnd,
    List<String> refused,
    List<String> threadsLeft) {

  /** Whether each order came to a proper end and nothing was left open. */
  public boolean clean() {
    return orders.count(Outcome.FAILED) == 0
        && openConnections() == 0
        && refused.size() == closed.size()
        && threadsLeft.isEmpty();
  }

  /**
   * Connections that are open after all: as the sessions see it, or the server, if that is more.
   */
  public int openConnections() {
    int ours = closed.values().stream().mapToInt(StorefrontResult::open).sum();
    int server = serverAtEnd.values().stream().mapToInt(ServiceCount::open).sum();
    return Math.max(ours, server);
  }

  /** A session's connections in any state. */
  static int open(SessionStatistics session) {
    return session.pool().inUse()
        + session.pool().idle()
        + session.pool().opening()
        + session.pool().closing();
  }
}
