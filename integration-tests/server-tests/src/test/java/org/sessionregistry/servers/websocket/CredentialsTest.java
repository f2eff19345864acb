package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.WebSocketHandshakeException;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.settings.AuthSettings;

/** Servers that want to know who opens a WebSocket. */
class CredentialsTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  private static String http(EchoServer server) {
    return server.origin().replace("ws:", "http:");
  }

  private ClientSession supplied(EchoServer server, TokenSupplier tokens) {
    return world.session(
        s -> s.baseUrl(http(server)), SessionHooks.builder().tokens(tokens).build());
  }

  private static void echoes(WebSocketSession socket) throws Exception {
    socket.sendText("hello");
    assertThat(socket.receive()).isEqualTo(Optional.of(new WebSocketMessage.Text("hello")));
  }

  @Test
  void aTokenThatIsTooOldIsReplaced() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, true);
    Deque<String> tokens = new ConcurrentLinkedDeque<>(List.of("old", "right"));
    ClientSession session =
        supplied(server, () -> CompletableFuture.supplyAsync(() -> tokens.remove()));

    try (WebSocketSession socket = session.webSocket("/bearer").connect()) {
      echoes(socket);
    }
    try (WebSocketSession socket = session.webSocket("/bearer").connect()) {
      echoes(socket); // with the same token
    }
    assertThat(tokens).isEmpty();
    assertThat(session.statistics().succeeded()).isEqualTo(2);
  }

  @Test
  void aTokenThatNeverSuitsIsRefused() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, true);
    AtomicInteger asked = new AtomicInteger();
    ClientSession session =
        supplied(
            server, () -> CompletableFuture.completedStage("wrong-" + asked.incrementAndGet()));

    assertThatExceptionOfType(WebSocketHandshakeException.class)
        .isThrownBy(() -> session.webSocket("/bearer").connect())
        .withMessageNotContaining("wrong-")
        .satisfies(e -> assertThat(e.status()).hasValue(401));
    assertThat(asked).hasValue(2);
  }

  @Test
  void aDigestProvesWhoItIs() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.UNDERTOW, true);
    ClientSession session =
        world.session(s -> s.baseUrl(http(server)).auth(AuthSettings.digest("user", "right")));

    for (int i = 0; i < 3; i++) {
      try (WebSocketSession socket = session.webSocket("/digest").query("i", i).connect()) {
        echoes(socket);
      }
    }
    // One challenge for all of them.
    assertThat(server.seen("upgrade")).hasSize(4);
    assertThat(server.seen("authorization"))
        .hasSize(3)
        .allSatisfy(said -> assertThat(said).startsWith("Digest ").doesNotContain("right"));
  }

  @Test
  void aWrongPasswordIsTriedOnce() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.UNDERTOW, true);
    ClientSession session =
        world.session(s -> s.baseUrl(http(server)).auth(AuthSettings.digest("user", "wrong")));

    assertThatExceptionOfType(WebSocketHandshakeException.class)
        .isThrownBy(() -> session.webSocket("/digest").connect())
        .satisfies(e -> assertThat(e.status()).hasValue(401));
    assertThat(server.seen("authorization")).hasSize(1);
  }

  @Test
  void whoWaitsForATokenHoldsNoConnectionAndIsToldWhenTheSessionCloses() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, true);
    CompletableFuture<String> never = new CompletableFuture<>();
    ClientSession session = supplied(server, () -> never);
    CompletableFuture<WebSocketSession> cancelled = session.webSocket("/bearer").connectAsync();
    CompletableFuture<WebSocketSession> tooLate =
        session.webSocket("/bearer").timeout(Duration.ofMillis(20)).connectAsync();
    CompletableFuture<WebSocketSession> waiting = session.webSocket("/bearer").connectAsync();

    cancelled.cancel(true);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> tooLate.get(20, TimeUnit.SECONDS))
        .withCauseInstanceOf(TotalTimeoutException.class);
    assertThat(session.statistics().inFlight()).isEqualTo(1);
    assertThat(session.statistics().pool().leases()).isZero();
    session.close();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .withCauseInstanceOf(SessionClosedException.class);

    never.complete("right");
    assertThat(session.statistics().inFlight()).isZero();
    assertThat(server.openConnections()).isZero();
  }
}
