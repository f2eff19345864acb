package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * The registry, the sessions and the servers of one test. After the test it makes sure that nothing
 * is left: no exchange in flight, no lease, no waiter, every exchange counted once, and after the
 * registry is closed no socket at a server and no thread.
 */
final class Sessions implements BeforeEachCallback, AfterEachCallback {
  private static boolean warm;

  private final List<ScriptedServer> servers = new ArrayList<>();
  private final List<ClientSession> opened = new ArrayList<>();
  private Set<Thread> before = Set.of();
  private RegistrySettings settings =
      RegistrySettings.DEFAULTS.withEventLoops(2).withShutdownTimeout(Duration.ofSeconds(5));
  private SessionRegistry registry;

  // ---- before and during a test ---------------------------------------------------------------

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    warmUp();
    before = registryThreads();
  }

  /** The first exchange of a JVM loads so many classes that it would exceed the limits of tests. */
  private static void warmUp() throws Exception {
    if (!warm) {
      warm = true;
      try (ScriptedServer server = ScriptedServer.playing(peer -> peer.answerAll(Answers.OK));
          SessionRegistry any = SessionRegistry.builder().build()) {
        whole(get(any.open(settings("any", "http://" + server.authority()).build()))).get();
      }
    }
  }

  /** How long exchanges in flight may take when a session closes. */
  void shutdownTimeout(Duration timeout) {
    settings = settings.withShutdownTimeout(timeout);
  }

  ScriptedServer server(ScriptedServer.Script... scripts) {
    ScriptedServer server = ScriptedServer.playing(scripts);
    servers.add(server);
    return server;
  }

  /** A session named {@code faulty} with its base URL at the server. */
  ClientSession to(ScriptedServer server) {
    return to(server, s -> s);
  }

  ClientSession to(ScriptedServer server, UnaryOperator<SessionSettingsBuilder> change) {
    return open("http://" + server.authority(), change);
  }

  ClientSession open(String baseUrl, UnaryOperator<SessionSettingsBuilder> change) {
    ClientSession session = registry().open(change.apply(settings("faulty", baseUrl)).build());
    opened.add(session);
    return session;
  }

  private static SessionSettingsBuilder settings(String name, String baseUrl) {
    return SessionSettings.builder(name).baseUrl(baseUrl);
  }

  SessionRegistry registry() {
    if (registry == null) {
      registry = SessionRegistry.builder().settings(settings).build();
    }
    return registry;
  }

  /** A GET whose query must never show up in a message. */
  static RequestBuilder get(ClientSession session) {
    return request(session, "GET");
  }

  static RequestBuilder request(ClientSession session, String method) {
    return session.request(method, "/orders").query("token", "secret");
  }

  /** The whole exchange, body included. */
  static CompletableFuture<String> whole(RequestBuilder request) {
    return request.sendAsync().thenCompose(Response::textAsync);
  }

  // ---- after it -------------------------------------------------------------------------------

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    try {
      opened.forEach(Sessions::assertSettled);
      if (registry != null) {
        registry.closeAsync().toCompletableFuture().get(10, TimeUnit.SECONDS);
      }
      opened.forEach(Sessions::assertClosed);
      servers.forEach(ScriptedServer::release);
      for (ScriptedServer server : servers) {
        Await.until("no connection open at the server", () -> server.open() == 0);
      }
      Await.until("no thread of the registry is left", () -> before.containsAll(registryThreads()));
    } finally {
      servers.forEach(ScriptedServer::close);
    }
  }

  private static void assertSettled(ClientSession session) {
    try {
      Await.until("nothing in flight", () -> isSettled(session.statistics()));
    } catch (AssertionError e) {
      throw new AssertionError("left behind: " + session.statistics(), e);
    }
    assertCountedOnce(session.statistics());
  }

  private static boolean isSettled(SessionStatistics now) {
    return now.inFlight() == 0
        && now.pool().inUse() == 0
        && now.pool().opening() == 0
        && now.pool().closing() == 0
        && now.pool().waiting() == 0;
  }

  private static void assertCountedOnce(SessionStatistics now) {
    assertThat(now.succeeded() + now.failed() + now.cancelled())
        .as("every exchange is counted once: " + now)
        .isEqualTo(now.requests());
  }

  private static void assertClosed(ClientSession session) {
    SessionStatistics now = session.statistics();
    assertThat(isSettled(now) && now.pool().idle() == 0).as("closed: " + now).isTrue();
  }

  private static Set<Thread> registryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("session-registry-"))
        .collect(Collectors.toSet());
  }
}
