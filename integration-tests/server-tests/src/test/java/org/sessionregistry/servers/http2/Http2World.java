package org.sessionregistry.servers.http2;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * The servers and sessions of one test. After it nothing is in flight and no connection is left.
 */
final class Http2World implements AfterEachCallback {
  private final List<JettyServer> servers = new ArrayList<>();
  private final List<AutoCloseable> others = new ArrayList<>();
  private final SessionRegistry registry = SessionRegistry.builder().build();
  private final List<ClientSession> opened = new ArrayList<>();

  JettyServer jetty(JettyServer.Options options) throws Exception {
    JettyServer server = new JettyServer(options);
    servers.add(server);
    return server;
  }

  <T extends AutoCloseable> T closing(T other) {
    others.add(other);
    return other;
  }

  /** A session that speaks HTTP/2 and nothing else. */
  ClientSession session(String origin) {
    return session(origin, s -> s);
  }

  ClientSession session(String origin, UnaryOperator<SessionSettingsBuilder> change) {
    ClientSession session =
        registry.open(
            change
                .apply(
                    SessionSettings.builder("two-" + opened.size())
                        .baseUrl(origin)
                        .httpVersion(HttpVersionPreference.HTTP_2))
                .build());
    opened.add(session);
    return session;
  }

  static UnaryOperator<SessionSettingsBuilder> trusting(Path pem) {
    return s -> s.tls(t -> t.withTrustPem(pem));
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    try {
      if (test.getExecutionException().isEmpty()) {
        opened.forEach(Http2World::assertQuiet);
      }
      registry.close();
      for (JettyServer server : servers) {
        Until.is("no connection at the server", () -> server.openConnections() == 0);
      }
    } finally {
      for (JettyServer server : servers) {
        server.close();
      }
      for (AutoCloseable other : others) {
        other.close();
      }
    }
  }

  private static void assertQuiet(ClientSession session) {
    Until.is("nothing in flight", () -> session.statistics().inFlight() == 0);
  }
}
