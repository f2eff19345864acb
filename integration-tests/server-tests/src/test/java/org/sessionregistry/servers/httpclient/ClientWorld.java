package org.sessionregistry.servers.httpclient;

import java.net.URI;
import java.net.http.HttpRequest;
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
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * The servers and sessions of one test. After it nothing may be left: nothing in flight, no lease,
 * no connection at a server, no thread of the registry.
 */
final class ClientWorld implements AfterEachCallback {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final List<Upstream> upstreams = new ArrayList<>();
  private final List<AutoCloseable> raws = new ArrayList<>();
  private final List<ClientSession> sessions = new ArrayList<>();
  private final SessionRegistry registry =
      SessionRegistry.builder()
          .settings(
              RegistrySettings.DEFAULTS
                  .withEventLoops(1)
                  .withShutdownTimeout(Duration.ofSeconds(2)))
          .build();
  private boolean others;

  /** Clients that keep their connections come to the servers too. */
  void expectOthers() {
    others = true;
  }

  Upstream upstream(Upstream.Make make) throws Exception {
    Upstream upstream = make.start();
    upstreams.add(upstream);
    return upstream;
  }

  RawUpstream raw(String answer) throws Exception {
    RawUpstream upstream = new RawUpstream(answer);
    raws.add(upstream);
    return upstream;
  }

  ClientSession session() {
    return session(s -> s);
  }

  ClientSession session(UnaryOperator<SessionSettingsBuilder> change) {
    ClientSession session =
        registry.open(change.apply(SessionSettings.builder("client-" + sessions.size())).build());
    sessions.add(session);
    return session;
  }

  static HttpRequest get(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).build();
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
      for (Upstream upstream : upstreams) {
        upstream.routes().gate.countDown();
      }
      if (passed) {
        sessions.forEach(
            s -> until("nothing in flight: " + s.statistics(), () -> isQuiet(s.statistics())));
      }
      registry.close();
      if (passed) {
        for (Upstream upstream : upstreams) {
          until("no connection at the server", () -> others || upstream.openConnections() == 0);
        }
        until("no thread is left", () -> threads() == 0);
      }
    } finally {
      for (Upstream upstream : upstreams) {
        upstream.close();
      }
      for (AutoCloseable raw : raws) {
        raw.close();
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
