package org.sessionregistry.sample;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.sample.Handled.Outcome;

/** What the storefront tells its user, section by section. */
final class Printout {
  private final PrintStream out;

  Printout(PrintStream out) {
    this.out = out;
  }

  void opening(int orders, List<ClientSession> sessions, Upstreams upstreams) {
    out.printf("Storefront: %d orders through three named HTTP client sessions%n%n", orders);
    TextTable table = new TextTable("<session", "connections", "queue", "<talks to");
    for (ClientSession session : sessions) {
      String uri = session.settings().baseUrl().map(URI::toString).orElse("nobody");
      table.row(
          session.name(),
          limit(session.settings().pool().maxConnections(), "no limit"),
          session.settings().queue().maxSize().isEmpty()
              ? "no limit"
              : "at most " + session.settings().queue().maxSize().getAsInt(),
          uri + (upstreams.isOurs(session.name(), uri) ? " (demonstration)" : ""));
    }
    table.printTo(out);
    out.println("  -Dclient-session.<session>.base-url=http://... sends one of them elsewhere.");
  }

  void working(String greeting) {
    out.printf("%nThe catalog says: %s%n", greeting);
    out.printf(
        "%d orders at a time; beside each session: connections in use + requests waiting%n",
        OrderDesk.AT_A_TIME);
  }

  /** Where each session's requests are right now, on one line. */
  static String situation(List<ClientSession> sessions) {
    StringBuilder text = new StringBuilder();
    for (ClientSession session : sessions) {
      PoolStatistics pool = session.statistics().pool();
      text.append(
          String.format(Locale.ROOT, " %s %2d+%-2d", session.name(), pool.inUse(), pool.waiting()));
    }
    return text.substring(1);
  }

  void sessions(Map<String, SessionFigures> sessions) {
    out.printf("%nWhat each session did%n");
    TextTable table =
        new TextTable(
            "<session",
            "requests",
            "failed",
            "opened",
            "reused",
            "peak",
            "limit",
            "max wait",
            "median",
            "99 %",
            "sent",
            "received");
    sessions.forEach(
        (name, figures) -> {
          SessionStatistics session = figures.statistics();
          PoolStatistics pool = session.pool();
          table.row(
              name,
              session.requests(),
              session.failed(),
              pool.opened(),
              pool.reused(),
              pool.peakInUse(),
              limit(pool.maxConnections(), "none"),
              Units.time(pool.longestWait()),
              percentile(figures, 50),
              percentile(figures, 99),
              Units.size(session.bytesSent()),
              Units.size(session.bytesReceived()));
        });
    table.printTo(out);
    out.println("  opened: connections; reused: requests on a connection that had served another.");
    out.println(
        "  A request takes what comes first, a connection that is freed or the one opened for");
    out.println("  it; the other stays for later. So opened + reused can be more than requests.");
    out.println("  peak: connections in use at once; max wait: the longest time in the queue.");
    out.println("  median, 99 %: from the call to the last byte of the answer, queue included.");
    out.println("  sent, received: bytes of bodies.");
  }

  void server(Map<String, ServiceCount> services, Map<String, SessionFigures> sessions) {
    if (services.isEmpty()) {
      return;
    }
    out.printf("%nWhat the demonstration server counted, for comparison%n");
    TextTable table =
        new TextTable(
            "<service",
            "requests",
            "accepted",
            "peak",
            "received",
            "sent",
            "<requests with cookies");
    for (String name : sessions.keySet()) {
      ServiceCount count = services.get(name);
      if (count != null && count.accepted() > 0) {
        table.row(
            name,
            count.requests(),
            count.accepted(),
            count.peak(),
            Units.size(count.bytesReceived()),
            Units.size(count.bytesSent()),
            count.cookies().isEmpty() ? "none" : cookies(count));
      }
    }
    table.printTo(out);
    out.println("  accepted: connections; peak: requests being answered at once.");
  }

  void orders(OrderSummary orders) {
    out.printf("%nWhat became of the orders%n");
    TextTable table = new TextTable("<outcome", "orders", "amount");
    for (Outcome outcome : Outcome.values()) {
      table.row(outcome, orders.count(outcome), orders.amount(outcome));
    }
    table.printTo(out);
    orders.reasons().forEach((reason, count) -> out.printf("  %3d x %s%n", count, reason));
    orders
        .examples()
        .forEach((reason, example) -> out.printf("  the first '%s': %s%n", reason, example));
  }

  void stopping() {
    out.printf("%nStopping the container%n");
  }

  void closed(StorefrontResult result, int threads, String elapsed) {
    result
        .sessions()
        .forEach(
            (name, before) -> {
              SessionStatistics after = requireNonNull(result.closed().get(name));
              ServiceCount seen = result.serverAtEnd().get(name);
              out.printf(
                  "  %-8s is closed: connections %d -> %d%s; a request now is %s%n",
                  name,
                  StorefrontResult.open(before.statistics()),
                  StorefrontResult.open(after),
                  seen == null || seen.accepted() == 0
                      ? ""
                      : " (the server still sees " + seen.open() + ")",
                  result.refused().contains(name) ? "refused" : "NOT REFUSED");
            });
    out.printf(
        "  Threads named session-registry-*: %d -> %d%n", threads, result.threadsLeft().size());
    out.printf(
        "%n%s (%s in all)%n",
        result.clean()
            ? "Everything was handled, and nothing is left open."
            : "NOT CLEAN: an order failed, or something is left open; see above.",
        elapsed);
  }

  private static String percentile(SessionFigures figures, int percent) {
    return figures.latencies().isEmpty() ? "-" : Units.time(figures.percentile(percent));
  }

  private static String cookies(ServiceCount count) {
    return new TreeMap<>(count.cookies()).toString().replaceAll("[{}]", "");
  }

  private static String limit(int connections, String unlimited) {
    return connections == 0 ? unlimited : Integer.toString(connections);
  }
}
