package org.sessionregistry.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Where the sessions' requests go. A session whose base URL is configured goes there; for the
 * others, whose base URL is an expression without a value yet, the demonstration server is started
 * and its addresses become system properties that give the expressions one. To be opened before the
 * container and closed after it, by one thread.
 */
final class Upstreams implements AutoCloseable {
  private static final String ADDRESS = "storefront.server.";

  private final Optional<StorefrontServer> server;

  private Upstreams(Optional<StorefrontServer> server) {
    this.server = server;
  }

  static Upstreams open(List<String> sessions) {
    Config config = ConfigProvider.getConfig();
    boolean allElsewhere =
        sessions.stream()
            .map(name -> "client-session." + name + ".base-url")
            .allMatch(key -> config.getOptionalValue(key, String.class).isPresent());
    if (allElsewhere) {
      return new Upstreams(Optional.empty());
    }
    StorefrontServer server = StorefrontServer.start();
    server.addresses().forEach((name, uri) -> System.setProperty(ADDRESS + name, uri.toString()));
    return new Upstreams(Optional.of(server));
  }

  /** Whether a session talks to the demonstration server. */
  boolean isOurs(String session, String baseUrl) {
    return server
        .map(s -> s.addresses().get(session))
        .filter(address -> address.toString().equals(baseUrl))
        .isPresent();
  }

  /** What the demonstration server has counted, empty when it does not run. */
  Map<String, ServiceCount> counts() {
    return server.map(StorefrontServer::counts).orElse(Map.of());
  }

  /** Waits a moment for the demonstration server to notice that its clients are gone. */
  void awaitNoConnections() throws InterruptedException {
    if (server.isPresent()) {
      server.get().awaitNoConnections(Duration.ofSeconds(5));
    }
  }

  @Override
  public void close() {
    server.ifPresent(
        s -> {
          s.addresses().keySet().forEach(name -> System.clearProperty(ADDRESS + name));
          s.close();
        });
  }
}
