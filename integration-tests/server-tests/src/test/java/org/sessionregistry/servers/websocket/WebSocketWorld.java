package org.sessionregistry.servers.websocket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.servers.http2.ServerIdentity;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * The servers and sessions of one test. After it nothing may be left: nothing in flight, no lease,
 * no connection at a server, no thread of the registry.
 */
final class WebSocketWorld implements AfterEachCallback {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final List<EchoServer> echoes = new ArrayList<>();
  private final List<RawServer> raws = new ArrayList<>();
  private final SessionRegistry registry =
      SessionRegistry.builder()
          .settings(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(2)))
          .build();
  private int sessions;

  EchoServer echo(EchoServer.Make make, boolean compression) throws Exception {
    EchoServer server = make.start(null, compression);
    echoes.add(server);
    return server;
  }

  EchoServer secureEcho(EchoServer.Make make, ServerIdentity identity) throws Exception {
    EchoServer server = make.start(identity.context(), true);
    echoes.add(server);
    return server;
  }

  RawServer raw(RawServer.Script script) throws Exception {
    RawServer server = new RawServer(script);
    raws.add(server);
    return server;
  }

  SessionRegistry registry() {
    return registry;
  }

  ClientSession session(UnaryOperator<SessionSettingsBuilder> change) {
    return registry.open(change.apply(SessionSettings.builder("ws-" + ++sessions)).build());
  }

  ClientSession session(UnaryOperator<SessionSettingsBuilder> change, SessionHooks hooks) {
    return registry.open(change.apply(SessionSettings.builder("ws-" + ++sessions)).build(), hooks);
  }

  ClientSession session() {
    return session(s -> s);
  }

  ClientSession trusting(Path pem) {
    return session(s -> s.tls(t -> t.withTrustPem(pem)));
  }

  static void until(String what, BooleanSupplier reached) {
    long deadline = System.nanoTime() + BOUND_NANOS;
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not reached in time: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    boolean passed = test.getExecutionException().isEmpty();
    try {
      if (passed) {
        for (String name : registry.names()) {
          ClientSession session = registry.session(name);
          until("nothing in flight: " + session.statistics(), () -> isQuiet(session.statistics()));
        }
      }
      registry.close();
      if (passed) {
        for (EchoServer server : echoes) {
          until("no connection at " + server.origin(), () -> server.openConnections() == 0);
        }
        until("no thread is left", () -> threads() == 0);
      }
    } finally {
      for (EchoServer server : echoes) {
        server.close();
      }
      for (RawServer server : raws) {
        server.close();
      }
    }
  }

  private static boolean isQuiet(SessionStatistics now) {
    return now.inFlight() == 0 && now.pool().leases() == 0 && now.pool().opening() == 0;
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("session-registry-"))
        .count();
  }
}
