package org.sessionregistry.servers.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * The servers of one test and a registry for its sessions. When the test is over nothing may be
 * left of it: no exchange, no lease, no thread.
 */
final class World implements AfterEachCallback {
  private final List<Peer.Running> peers = new ArrayList<>();
  private final List<CountDownLatch> gates = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final SessionRegistry registry =
      SessionRegistry.builder()
          .settings(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(2)))
          .build();
  private int sessions;

  /** A session whose base URL is a server that answers like this. */
  ClientSession session(Peer peer, Call.Answer answer) throws Exception {
    return session(peer, s -> s, answer);
  }

  ClientSession session(Peer peer, UnaryOperator<SessionSettingsBuilder> change, Call.Answer answer)
      throws Exception {
    Peer.Running running = peer.start(answer, failures);
    peers.add(running);
    return open(peer, running.port(), change);
  }

  private ClientSession open(Peer peer, int port, UnaryOperator<SessionSettingsBuilder> change) {
    SessionSettingsBuilder settings =
        SessionSettings.builder("session-" + ++sessions).baseUrl("http://127.0.0.1:" + port + "/");
    if (peer == Peer.JETTY_HTTP_2) {
      settings.httpVersion(HttpVersionPreference.HTTP_2);
    }
    return registry.open(change.apply(settings).build());
  }

  SessionRegistry registry() {
    return registry;
  }

  /** Closed until the test opens it, or ends. */
  CountDownLatch gate() {
    CountDownLatch gate = new CountDownLatch(1);
    gates.add(gate);
    return gate;
  }

  static void pass(CountDownLatch gate) throws InterruptedException {
    if (!gate.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the gate was not opened");
    }
  }

  static void until(String what, BooleanSupplier reached) {
    long begin = System.nanoTime();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(20)) {
        throw new AssertionError("not reached: " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  /** What a number is once it has begun and then changes no more. */
  static long untilStill(LongSupplier number) {
    long last = 0;
    long begin = System.nanoTime();
    until("it begins", () -> number.getAsLong() > 0);
    while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(200)) {
      LockSupport.parkNanos(1_000_000);
      long now = number.getAsLong();
      begin = now == last ? begin : System.nanoTime();
      last = now;
    }
    return last;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    gates.forEach(CountDownLatch::countDown);
    boolean passed = context.getExecutionException().isEmpty();
    if (passed) {
      until("all sessions are quiet", this::isQuiet);
    }
    registry.close();
    for (Peer.Running peer : peers) {
      peer.close();
    }
    if (passed) {
      assertThat(failures).isEmpty();
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("session-registry-"));
    }
  }

  private boolean isQuiet() {
    return registry.statistics().sessions().values().stream()
        .allMatch(s -> s.inFlight() == 0 && s.pool().leases() == 0 && s.pool().waiting() == 0);
  }
}
