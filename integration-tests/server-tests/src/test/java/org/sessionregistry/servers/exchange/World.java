package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * The peers, registries and sessions of one test. When the test is over nothing may be left of it:
 * no exchange, no lease, no connection that a peer still sees, no thread.
 */
final class World implements AfterEachCallback {
  private final List<Peer> peers = new ArrayList<>();
  private final List<SessionRegistry> registries = new ArrayList<>();
  private final List<CountDownLatch> gates = new ArrayList<>();
  private int sessions;

  /** A peer that keeps every request and echoes its body. */
  Peer echo(PeerKind kind) {
    return peer(kind, (peer, call) -> call.reply(peer.keep(call.see()).body()));
  }

  Peer peer(PeerKind kind, Behaviour behaviour) {
    return add(kind.start(behaviour, null));
  }

  Peer secure(PeerKind kind, SSLContext tls, Behaviour behaviour) {
    return add(kind.start(behaviour, tls));
  }

  /** What a peer does that knows itself. */
  interface KnowingBehaviour {
    void answer(Peer self, Call call) throws Exception;
  }

  Peer peer(PeerKind kind, KnowingBehaviour behaviour) {
    Peer[] self = new Peer[1];
    self[0] = kind.start(call -> behaviour.answer(self[0], call), null);
    return add(self[0]);
  }

  private Peer add(Peer peer) {
    peers.add(peer);
    return peer;
  }

  /** Closed until the test opens it, or ends. */
  CountDownLatch gate() {
    CountDownLatch gate = new CountDownLatch(1);
    gates.add(gate);
    return gate;
  }

  SessionRegistry registry() {
    return registry(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(2)));
  }

  SessionRegistry registry(RegistrySettings settings) {
    SessionRegistry registry = SessionRegistry.builder().settings(settings).build();
    registries.add(registry);
    return registry;
  }

  /** One that the test has built. */
  SessionRegistry registry(SessionRegistry built) {
    registries.add(built);
    return built;
  }

  /** A session in the first registry, without a base URL. */
  ClientSession session(UnaryOperator<SessionSettingsBuilder> change) {
    SessionRegistry registry = registries.isEmpty() ? registry() : registries.get(0);
    String name = "session-" + ++sessions;
    SessionSettingsBuilder plain = SessionSettings.builder(name);
    if (peers.stream().anyMatch(Peer::speaksHttp2)) {
      plain.httpVersion(HttpVersionPreference.HTTP_2);
    }
    return registry.open(change.apply(plain).build());
  }

  /** A session whose base URL is the peer. */
  ClientSession session(Peer peer) {
    return session(s -> s.baseUrl(peer.origin()));
  }

  ClientSession session(Peer peer, UnaryOperator<SessionSettingsBuilder> change) {
    return session(s -> change.apply(s.baseUrl(peer.origin())));
  }

  /** The registry that has a session. */
  SessionRegistry registryOf(ClientSession session) {
    return registries.stream()
        .filter(registry -> registry.find(session.name()).orElse(null) == session)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean passed = context.getExecutionException().isEmpty();
    List<AssertionError> left = new ArrayList<>();
    gates.forEach(CountDownLatch::countDown);
    for (SessionRegistry registry : registries) {
      check(passed, left, () -> assertQuiet(registry));
      registry.close();
    }
    check(passed, left, RegistryThreads::assertNone);
    for (Peer peer : peers) {
      check(
          passed,
          left,
          () -> Wait.until("no connection to the peer", () -> peer.openConnections() == 0));
      check(passed, left, () -> assertThat(peer.failures().stream().limit(3)).isEmpty());
      peer.close();
    }
    if (!left.isEmpty()) {
      AssertionError first = left.get(0);
      left.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  private static void check(boolean passed, List<AssertionError> left, Runnable assertion) {
    if (!passed) {
      return;
    }
    try {
      assertion.run();
    } catch (AssertionError e) {
      left.add(e);
    }
  }

  /** No session has anything in flight; what is under way to its end may get there. */
  static void assertQuiet(SessionRegistry registry) {
    if (!Wait.isReached(Wait.BOUND, () -> busy(registry).isEmpty())) {
      assertThat(busy(registry)).as("sessions that are not quiet").isEmpty();
    }
  }

  private static List<SessionStatistics> busy(SessionRegistry registry) {
    return registry.statistics().sessions().values().stream()
        .filter(
            s ->
                s.inFlight() != 0
                    || s.pool().inUse() != 0
                    || s.pool().opening() != 0
                    || s.pool().waiting() != 0)
        .toList();
  }
}
