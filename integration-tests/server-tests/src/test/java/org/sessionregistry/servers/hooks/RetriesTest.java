package org.sessionregistry.servers.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.Response;
import org.sessionregistry.servers.hooks.Behaviour.Answer;
import org.sessionregistry.settings.HttpVersionPreference;

/** Servers that are busy for a while, and others that say what is wrong. */
class RetriesTest {
  @RegisterExtension final HooksWorld world = new HooksWorld();

  /** Two answers of 503, then one of 200. */
  private Peer busyTwice(Peer.Make make, String retryAfter) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    return world.peer(
        make,
        Guard.NONE,
        call ->
            calls.incrementAndGet() <= 2
                ? new Answer(503, Map.of("Retry-After", retryAfter), "busy")
                : Answer.ok("done"));
  }

  @ParameterizedTest
  @MethodSource("org.sessionregistry.servers.hooks.CredentialsTest#ways")
  void aServerThatIsBusyIsAskedAgain(Peer.Make make, HttpVersionPreference version)
      throws Exception {
    Peer peer = busyTwice(make, "0");
    ClientSession session =
        world.session(
            peer, version, s -> s.retries(r -> r.withMax(2).withBackoff(Duration.ofMillis(1))));
    try (Response response = session.get("/x").send()) {
      assertThat(response.text()).isEqualTo("done");
      assertThat(response.failedAttempts()).hasSize(2);
    }
    assertThat(session.statistics().retries()).isEqualTo(2);
    assertThat(session.statistics().pool().opened()).as("one connection for all").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("org.sessionregistry.servers.hooks.CredentialsTest#ways")
  void retryAfterIsWaitedFor(Peer.Make make, HttpVersionPreference version) throws Exception {
    Peer peer = busyTwice(make, "1");
    ClientSession session =
        world.session(
            peer, version, s -> s.retries(r -> r.withMax(2).withBackoff(Duration.ofMillis(1))));
    long start = System.nanoTime();
    try (Response response = session.get("/x").send()) {
      assertThat(response.text()).isEqualTo("done");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @MethodSource("org.sessionregistry.servers.hooks.CredentialsTest#ways")
  void aPostIsNotRepeated(Peer.Make make, HttpVersionPreference version) throws Exception {
    Peer peer = busyTwice(make, "0");
    ClientSession session = world.session(peer, version, s -> s.retries(r -> r.withMax(2)));
    try (Response response = session.post("/x").body("b").send()) {
      assertThat(response.status()).isEqualTo(503);
    }
    assertThat(peer.calls).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("org.sessionregistry.servers.hooks.CredentialsTest#ways")
  void aStatusThatIsRaisedTellsWhatTheServerSaid(Peer.Make make, HttpVersionPreference version)
      throws Exception {
    Peer peer =
        world.peer(
            make,
            Guard.NONE,
            call ->
                call.path().equals("/long")
                    ? new Answer(500, Map.of("X", "y"), "long ".repeat(100_000))
                    : new Answer(404, Map.of("X", "y"), "no such customer"));
    ClientSession session = world.session(peer, version, s -> s.raiseForStatus(true));
    assertThatExceptionOfType(HttpStatusException.class)
        .isThrownBy(() -> session.get("/x").send())
        .withMessageContaining("404")
        .withMessageContaining("no such customer")
        .satisfies(e -> assertThat(e.headers().first("X")).contains("y"));
    assertThatExceptionOfType(HttpStatusException.class)
        .isThrownBy(() -> session.get("/long").send())
        .satisfies(e -> assertThat(e.bodyStart()).hasSize(8192));
    assertThat(session.statistics().failed()).isEqualTo(2);
  }
}
