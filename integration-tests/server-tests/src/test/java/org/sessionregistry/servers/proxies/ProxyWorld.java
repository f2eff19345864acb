package org.sessionregistry.servers.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;
import org.sessionregistry.settings.SharedPoolSettings;

/** Origins, proxies and sessions of one test; when it is over no lease and no thread is left. */
final class ProxyWorld implements BeforeEachCallback, AfterEachCallback {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private SessionRegistry registry;
  private Path directory;
  private Identity identity;
  private Path trusted;
  private int sessions;

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    directory = Files.createTempDirectory("proxies");
    identity = new Identity("localhost", "127.0.0.1");
    trusted = identity.certificateFile(directory);
    registry =
        SessionRegistry.builder()
            .settings(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(2)))
            .pool(SharedPoolSettings.named("shared"))
            .build();
  }

  SessionRegistry registry() {
    return registry;
  }

  Path directory() {
    return directory;
  }

  Origin origin() throws Exception {
    return keep(new Origin(null));
  }

  Origin secureOrigin() throws Exception {
    return keep(new Origin(identity));
  }

  Proxy proxy(ProxyKind kind) throws Exception {
    return proxy(kind, identity, false);
  }

  /** One that wants credentials. */
  Proxy closedProxy(ProxyKind kind) throws Exception {
    return proxy(kind, identity, true);
  }

  Proxy proxy(ProxyKind kind, Identity shown, boolean closed) throws Exception {
    Proxy proxy = kind.start(directory, shown, closed);
    keep(proxy.running());
    return proxy;
  }

  <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }

  /** What Jetty, being the proxy, was asked. */
  static List<JettyProxy.Seen> seen(Proxy proxy) {
    return ((JettyProxy) proxy.running()).seen();
  }

  /**
   * A session that would find {@code localhost} at an address that nobody has: only a proxy can
   * reach it by name.
   */
  ClientSession session(Proxy proxy, UnaryOperator<SessionSettingsBuilder> change) {
    return direct(
        s -> change.apply(s.proxy(proxy.url()).dns(d -> d.withHost("localhost", "192.0.2.1"))));
  }

  ClientSession session(Proxy proxy) {
    return session(proxy, s -> s);
  }

  /** A session that trusts the servers and proxies of the test. */
  ClientSession direct(UnaryOperator<SessionSettingsBuilder> change) {
    return registry.open(
        change
            .apply(
                SessionSettings.builder("session-" + ++sessions)
                    .tls(t -> t.withTrustPem(trusted))
                    .timeout(Duration.ofSeconds(20)))
            .build());
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    if (test.getExecutionException().isEmpty()) {
      Until.is(
          "no exchange and no lease is left",
          () ->
              registry.statistics().sessions().values().stream()
                  .allMatch(s -> s.inFlight() == 0 && s.pool().inUse() == 0));
    }
    registry.close();
    for (AutoCloseable part : opened) {
      part.close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
    Until.is(
        "no thread of the registry is left",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("session-registry-")));
    assertThat(registry.statistics().sessions().values())
        .allMatch(s -> s.pool().inUse() == 0 && s.pool().idle() == 0);
  }
}
