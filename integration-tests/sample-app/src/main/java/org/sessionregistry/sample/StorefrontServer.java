package org.sessionregistry.sample;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The demonstration server: plays the three services, each on a free loopback port of its own as if
 * on a host of its own, and counts what it sees of each.
 */
public final class StorefrontServer implements AutoCloseable {
  private final Server server;
  private final Map<String, ServerConnector> connectors = new LinkedHashMap<>();
  private final Map<String, ServiceCounter> counters = new LinkedHashMap<>();

  private StorefrontServer(Map<String, Service> services) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("storefront-server");
    threads.setDaemon(true);
    server = new Server(threads);
    for (String name : services.keySet()) {
      ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory());
      ServiceCounter counter = new ServiceCounter();
      connector.setName(name);
      connector.setHost("127.0.0.1");
      connector.addBean(counter);
      server.addConnector(connector);
      connectors.put(name, connector);
      counters.put(name, counter);
    }
    server.setHandler(new ServiceHandler(services, counters));
  }

  /** Starts the services {@code payments}, {@code reports} and {@code catalog}. */
  public static StorefrontServer start() {
    StorefrontServer server =
        new StorefrontServer(
            Map.of(
                Payments.SESSION, new PaymentsService(),
                Reports.SESSION, new ReportsService(),
                Catalog.SESSION, new CatalogService()));
    try {
      server.server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the demonstration server cannot be started", e);
    }
    return server;
  }

  /** Where each service listens. */
  public Map<String, URI> addresses() {
    Map<String, URI> addresses = new LinkedHashMap<>();
    connectors.forEach(
        (name, connector) ->
            addresses.put(name, URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/")));
    return addresses;
  }

  /** What was counted so far, by service. */
  public Map<String, ServiceCount> counts() {
    Map<String, ServiceCount> counts = new LinkedHashMap<>();
    counters.forEach((name, counter) -> counts.put(name, counter.snapshot()));
    return counts;
  }

  /** Waits until every client has closed its connections, but not longer than the time given. */
  public void awaitNoConnections(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (ServiceCounter counter : counters.values()) {
      counter.awaitNoneOpen(deadline);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the demonstration server cannot be stopped", e);
    }
  }
}
