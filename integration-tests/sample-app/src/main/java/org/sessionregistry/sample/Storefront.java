package org.sessionregistry.sample;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;

/**
 * The program: starts a container, handles the orders of {@code orders.csv}, shows what the
 * sessions did, stops the container and shows that nothing of them is left.
 */
public final class Storefront {
  private static final List<String> SESSIONS =
      List.of(Payments.SESSION, Reports.SESSION, Catalog.SESSION);

  private final PrintStream out;
  private final Printout printout;
  private final long start = System.nanoTime();

  private Storefront(PrintStream out) {
    this.out = out;
    this.printout = new Printout(out);
  }

  /** Runs the storefront; fails if an order failed or anything is left open. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Weld and SmallRye then say what Jetty says: nothing. Failures come as exceptions anyway.
    System.getProperties().putIfAbsent("org.jboss.logging.provider", "slf4j");
    if (!run(System.out).clean()) {
      throw new IllegalStateException("the storefront did not end clean; see its output");
    }
  }

  /** Runs the storefront with the orders of {@code orders.csv}. */
  public static StorefrontResult run(PrintStream out) throws IOException, InterruptedException {
    return run(out, CsvResource.orders());
  }

  /** Runs the storefront with some orders. */
  public static StorefrontResult run(PrintStream out, List<Order> orders)
      throws IOException, InterruptedException {
    try (Upstreams upstreams = Upstreams.open(SESSIONS)) {
      return new Storefront(out).run(orders, upstreams);
    }
  }

  private StorefrontResult run(List<Order> orders, Upstreams upstreams)
      throws IOException, InterruptedException {
    List<ClientSession> sessions;
    OrderSummary summary;
    Map<String, SessionFigures> figures;
    Map<String, ServiceCount> counted;
    int threads;
    try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
      SessionRegistry registry = container.select(SessionRegistry.class).get();
      sessions = SESSIONS.stream().map(registry::session).toList();
      printout.opening(orders.size(), sessions, upstreams);

      summary = OrderSummary.of(handle(orders, sessions, container));
      figures = figures(sessions, container.select(Latencies.class).get());
      counted = upstreams.counts();
      printout.sessions(figures);
      printout.server(counted, figures);
      printout.orders(summary);

      container.select(DayEnd.class).get().plan(summary, out);
      threads = RegistryThreads.alive().size();
      printout.stopping();
    }
    upstreams.awaitNoConnections();
    StorefrontResult result =
        new StorefrontResult(
            summary,
            figures,
            counted,
            statistics(sessions),
            upstreams.counts(),
            refused(sessions),
            RegistryThreads.left());
    printout.closed(result, threads, Units.time(Duration.ofNanos(System.nanoTime() - start)));
    return result;
  }

  private List<Handled> handle(
      List<Order> orders, List<ClientSession> sessions, SeContainer container)
      throws IOException, InterruptedException {
    printout.working(container.select(Catalog.class).get().enter());
    Progress progress =
        new Progress(
            out, orders.size(), Progress.isTerminal(out), () -> Printout.situation(sessions));
    return container.select(OrderDesk.class).get().handle(orders, progress::show);
  }

  private static Map<String, SessionFigures> figures(
      List<ClientSession> sessions, Latencies latencies) {
    Map<String, SessionFigures> figures = new LinkedHashMap<>();
    statistics(sessions)
        .forEach((name, s) -> figures.put(name, new SessionFigures(s, latencies.sorted(name))));
    return figures;
  }

  private static Map<String, SessionStatistics> statistics(List<ClientSession> sessions) {
    Map<String, SessionStatistics> statistics = new LinkedHashMap<>();
    sessions.forEach(session -> statistics.put(session.name(), session.statistics()));
    return statistics;
  }

  /** The sessions that refuse a request, because they are closed. */
  private static List<String> refused(List<ClientSession> sessions)
      throws IOException, InterruptedException {
    List<String> refused = new ArrayList<>();
    for (ClientSession session : sessions) {
      try {
        session.get("/").send().close();
      } catch (SessionClosedException asItShouldBe) {
        refused.add(session.name());
      }
    }
    return refused;
  }
}
