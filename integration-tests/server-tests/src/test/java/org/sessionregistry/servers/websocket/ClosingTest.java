package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.FailureKind;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketClosedException;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketListenerException;
import org.sessionregistry.WebSocketSession;

/** The end of a WebSocket, from either side and by accident. */
class ClosingTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  @Test
  void theCloseFrameCarriesCodeAndReason() throws Exception {
    CompletableFuture<RawServer.Seen> seen = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              seen.complete(peer.readClose());
              peer.frame(0x88, RawServer.Connection.hex("0FA1 6279 65"));
            });
    WebSocketSession socket = world.session().webSocket(server.origin()).connect();
    assertThat(socket.close(3001, "é")).isEqualTo(new WebSocketClose(4001, "bye"));
    assertThat(seen.get().code()).isEqualTo(3001);
    assertThat(seen.get().masked()).isTrue();
    assertThat(seen.get().text()).endsWith("é");
    assertThat(socket.close(1000, "")).as("closing again").isEqualTo(socket.closed().get());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 70000})
  void codesThatAreNeverSentAreRefused(int code) throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, false);
    try (WebSocketSession socket = world.session().webSocket(server.origin() + "/echo").connect()) {
      assertThatIllegalArgumentException().isThrownBy(() -> socket.closeAsync(code, ""));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> socket.closeAsync(1000, "x".repeat(124)));
    }
  }

  @Test
  void aCloseFrameWithoutACodeIsAnsweredInKind() throws Exception {
    CompletableFuture<RawServer.Seen> seen = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              peer.sendHex("8800");
              seen.complete(peer.readClose());
            });
    Recorder recorder = new Recorder(false);
    world.session().webSocket(server.origin()).connect(recorder);
    assertThat(recorder.awaitEnd()).isEqualTo("close 1005");
    assertThat(seen.get().payload()).isEmpty();
  }

  @Test
  void whatThePeerSentBeforeItsCloseIsHeard() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              peer.sendHex("8101 41 8101 42 8802 03E8");
              peer.socket.shutdownOutput();
            });
    Recorder recorder = new Recorder(false);
    world.session().webSocket(server.origin()).connect(recorder);
    recorder.awaitEnd();
    assertThat(recorder.heard).containsExactly("open", "text A", "text B", "close 1000");
  }

  @Test
  void aPeerThatDoesNotAnswerTheCloseIsCutOff() throws Exception {
    RawServer server = world.raw(RawServer.Connection::handshake);
    ClientSession session = world.session();
    WebSocketSession socket =
        session.webSocket(server.origin()).closeTimeout(Duration.ofMillis(50)).connect();
    assertThat(socket.close(1000, "").code()).isEqualTo(WebSocketClose.ABNORMAL);
    assertThat(session.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void aLostConnectionIsAFailure() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              peer.socket.close();
            });
    ClientSession session = world.session();
    WebSocketSession socket = session.webSocket(server.origin()).connect();
    assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(socket::receive);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> socket.closed().get())
        .withCauseInstanceOf(ConnectionLostException.class);
    assertThatExceptionOfType(WebSocketClosedException.class)
        .isThrownBy(() -> socket.sendText("late"));
    assertThat(session.statistics().failures()).containsOnlyKeys(FailureKind.CONNECTION_LOST);
    socket.close();
  }

  @Test
  void afterTheCloseNothingIsSent() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, true);
    WebSocketSession socket = world.session().webSocket(server.origin() + "/echo").connect();
    socket.closeAsync(1000, "");
    assertThat(socket.isOutputClosed()).isTrue();
    assertThatExceptionOfType(WebSocketClosedException.class)
        .isThrownBy(() -> socket.sendText("late"));
    socket.closed().get(20, TimeUnit.SECONDS);
    assertThat(socket.receive()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void theSessionsEndClosesItsWebSockets(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    ClientSession session = world.session();
    List<WebSocketSession> sockets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sockets.add(session.webSocket(server.origin() + "/echo").connect());
    }
    long before = System.nanoTime();
    session.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    for (WebSocketSession socket : sockets) {
      assertThat(socket.closed().get().code()).isEqualTo(WebSocketClose.GOING_AWAY);
    }
    assertThatExceptionOfType(SessionClosedException.class)
        .isThrownBy(() -> session.webSocket(server.origin() + "/echo").connect());
  }

  @Test
  void theSessionsEndCutsOffWhoDoesNotAnswer() throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              code.complete(peer.readClose().code());
            });
    ClientSession session = world.session();
    WebSocketSession socket = session.webSocket(server.origin()).connect();
    session.close();
    assertThat(code.get()).isEqualTo(1001);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> socket.closed().get())
        .withCauseInstanceOf(SessionClosedException.class);
  }

  @Test
  void anAbortSaysNothingToThePeer() throws Exception {
    CompletableFuture<Integer> next = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              next.complete(peer.in.read());
            });
    WebSocketSession socket = world.session().webSocket(server.origin()).connect();
    socket.abort();
    assertThat(socket.closed().get().code()).isEqualTo(WebSocketClose.ABNORMAL);
    assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aListenerThatFailsClosesWith1011(boolean throwing) throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              peer.text("boo");
              code.complete(peer.readClose().code());
            });
    IllegalStateException mistake = new IllegalStateException("mistake");
    WebSocketListener listener =
        new WebSocketListener() {
          @Override
          public CompletionStage<?> onText(
              WebSocketSession socket, CharSequence part, boolean last) {
            if (throwing) {
              throw mistake;
            }
            return CompletableFuture.failedFuture(mistake);
          }
        };
    WebSocketSession socket = world.session().webSocket(server.origin()).connect(listener);
    assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1011);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> socket.closed().get())
        .withCauseInstanceOf(WebSocketListenerException.class)
        .withRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void bothSidesMayCloseAtOnce() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              peer.close(1001);
              peer.readClose();
            });
    for (int i = 0; i < 200; i++) {
      WebSocketSession socket = world.session().webSocket(server.origin()).connect();
      assertThat(socket.close(1000, "").code()).isEqualTo(1001);
    }
  }

  @Test
  void aDeadPeerIsNoticed() throws Exception {
    RawServer server = world.raw(RawServer.Connection::handshake);
    ClientSession session = world.session();
    Recorder recorder = new Recorder(false);
    session.webSocket(server.origin()).pingInterval(Duration.ofMillis(50)).connect(recorder);
    assertThat(recorder.awaitEnd()).isEqualTo("failure WEB_SOCKET_PING_TIMEOUT");
  }

  @Test
  void aPeerThatAnswersPingsLives() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, true);
    Recorder recorder = new Recorder(false);
    try (WebSocketSession socket =
        world
            .session()
            .webSocket(server.origin() + "/echo")
            .pingInterval(Duration.ofMillis(20))
            .connect(recorder)) {
      WebSocketWorld.until(
          "ten pongs", () -> recorder.heard.stream().filter("pong 0"::equals).count() >= 10);
      assertThat(socket.isInputClosed()).isFalse();
    }
  }
}
