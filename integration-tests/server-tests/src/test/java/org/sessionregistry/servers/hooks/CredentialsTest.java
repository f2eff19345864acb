package org.sessionregistry.servers.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.servers.hooks.Behaviour.Answer;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.HttpVersionPreference;

/** Who a session says it is, to servers that check it. */
class CredentialsTest {
  @RegisterExtension final HooksWorld world = new HooksWorld();

  static Stream<Arguments> ways() {
    return Stream.of(Peer.Make.values())
        .flatMap(
            make ->
                Stream.of(HttpVersionPreference.HTTP_1_1, HttpVersionPreference.HTTP_2)
                    .map(version -> Arguments.of(make, version)));
  }

  private static Answer hello(Behaviour.Call call) {
    return Answer.ok("hello " + call.path());
  }

  private static AuthSettings right(Guard guard) {
    return guard == Guard.BASIC
        ? AuthSettings.basic(Guard.USER, Guard.PASSWORD)
        : AuthSettings.digest(Guard.USER, Guard.PASSWORD);
  }

  private static String get(ClientSession session, String path) throws Exception {
    try (Response response = session.get(path).send()) {
      return response.status() == 200 ? response.text() : Integer.toString(response.status());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void basicOpensTheDoor(Peer.Make make, HttpVersionPreference version) throws Exception {
    Peer peer = world.peer(make, Guard.BASIC, CredentialsTest::hello);
    ClientSession session = world.session(peer, version, s -> s.auth(right(Guard.BASIC)));
    assertThat(get(session, "/a")).isEqualTo("hello /a");
    assertThat(session.statistics().requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void digestOpensTheDoorAndKeepsItOpen(Peer.Make make, HttpVersionPreference version)
      throws Exception {
    Peer peer = world.peer(make, Guard.DIGEST, CredentialsTest::hello);
    ClientSession session = world.session(peer, version, s -> s.auth(right(Guard.DIGEST)));
    for (int i = 0; i < 20; i++) {
      assertThat(get(session, "/a?q=" + i)).isEqualTo("hello /a");
    }
    assertThat(peer.calls)
        .hasSize(20)
        .allSatisfy(call -> assertThat(call.authorization()).startsWith("Digest "));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void digestServesManyAtOnce(Peer.Make make, HttpVersionPreference version) throws Exception {
    Peer peer = world.peer(make, Guard.DIGEST, CredentialsTest::hello);
    ClientSession session = world.session(peer, version, s -> s.auth(right(Guard.DIGEST)));
    get(session, "/first");
    List<CompletableFuture<String>> bodies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      bodies.add(session.post("/p").body("text " + i).sendAsync().thenCompose(Response::textAsync));
    }
    for (CompletableFuture<String> body : bodies) {
      assertThat(body.get(20, TimeUnit.SECONDS)).isEqualTo("hello /p");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aWrongPasswordIsAnsweredWith401(Peer.Make make, HttpVersionPreference version)
      throws Exception {
    Peer peer = world.peer(make, Guard.DIGEST, CredentialsTest::hello);
    ClientSession session =
        world.session(peer, version, s -> s.auth(AuthSettings.digest(Guard.USER, "wrong")));
    assertThat(get(session, "/a")).isEqualTo("401");
    assertThat(peer.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5", "SHA-256"})
  void jettysAlgorithmsAreAnswered(String algorithm) throws Exception {
    Peer peer =
        world.peer(
            new JettyPeer(
                Guard.DIGEST, CredentialsTest::hello, digest -> digest.setAlgorithm(algorithm)));
    ClientSession session =
        world.session(peer, HttpVersionPreference.HTTP_1_1, s -> s.auth(right(Guard.DIGEST)));
    assertThat(get(session, "/a")).isEqualTo("hello /a");
    assertThat(get(session, "/b")).isEqualTo("hello /b");
  }

  @Test
  void aNonceThatIsUsedUpIsReplaced() throws Exception {
    Peer peer =
        world.peer(
            new JettyPeer(
                Guard.DIGEST, CredentialsTest::hello, digest -> digest.setMaxNonceCount(3)));
    ClientSession session =
        world.session(peer, HttpVersionPreference.HTTP_1_1, s -> s.auth(right(Guard.DIGEST)));
    for (int i = 0; i < 10; i++) {
      assertThat(get(session, "/" + i)).isEqualTo("hello /" + i);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aTokenComesFromAnotherSession(Peer.Make make, HttpVersionPreference version)
      throws Exception {
    AtomicInteger issued = new AtomicInteger();
    Peer issuer = world.peer(make, Guard.NONE, call -> Answer.ok("t-" + issued.incrementAndGet()));
    Peer peer =
        world.peer(
            make,
            Guard.NONE,
            call ->
                call.authorization().equals("Bearer t-" + issued.get())
                    ? hello(call)
                    : new Answer(401, Map.of("WWW-Authenticate", "Bearer"), ""));
    ClientSession tokens = world.session("tokens", issuer, version, s -> s, SessionHooks.NONE);
    ClientSession session =
        world.session(
            "s",
            peer,
            version,
            s -> s,
            SessionHooks.builder()
                .tokens(() -> tokens.post("/token").sendAsync().thenCompose(Response::textAsync))
                .build());

    List<CompletableFuture<Response>> first = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      first.add(session.get("/a").sendAsync());
    }
    for (CompletableFuture<Response> future : first) {
      try (Response response = future.get(20, TimeUnit.SECONDS)) {
        assertThat(response.status()).isEqualTo(200);
      }
    }
    assertThat(issued).as("asked once for all").hasValue(1);

    issued.set(7); // t-1 has run out
    assertThat(get(session, "/b")).isEqualTo("hello /b");
    assertThat(issued).as("asked once more").hasValue(8);
  }

  @ParameterizedTest
  @EnumSource(
      value = Guard.class,
      names = {"BASIC", "DIGEST"})
  void noCredentialsReachAnotherOriginByRedirect(Guard guard) throws Exception {
    Peer other = world.peer(Peer.Make.JETTY, Guard.NONE, CredentialsTest::hello);
    Peer peer =
        world.peer(
            Peer.Make.UNDERTOW,
            guard,
            call -> new Answer(307, Map.of("Location", other.origin() + "/there"), ""));
    ClientSession session =
        world.session(peer, HttpVersionPreference.HTTP_1_1, s -> s.auth(right(guard)));
    assertThat(get(session, "/away")).isEqualTo("hello /there");
    assertThat(other.calls).containsExactly(new Behaviour.Call("/there", ""));
  }

  @Test
  void anotherOriginThatAsksGetsNoAnswer() throws Exception {
    Peer other = world.peer(Peer.Make.JETTY, Guard.DIGEST, CredentialsTest::hello);
    Peer peer =
        world.peer(
            Peer.Make.UNDERTOW,
            Guard.DIGEST,
            call -> new Answer(302, Map.of("Location", other.origin() + "/there"), ""));
    ClientSession session =
        world.session(peer, HttpVersionPreference.HTTP_1_1, s -> s.auth(right(Guard.DIGEST)));
    assertThat(get(session, "/away")).isEqualTo("401");
    assertThat(other.calls).isEmpty();
  }
}
