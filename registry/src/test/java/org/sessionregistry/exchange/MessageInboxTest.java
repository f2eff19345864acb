package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.connector.Frame;

/** Messages that are fetched: one is kept, and the peer waits for the rest. */
class MessageInboxTest {
  private final World world = World.simple();
  private WebSocketSession socket;
  private FakeWebSocketConnection peer;

  @BeforeEach
  void open() {
    CompletableFuture<WebSocketSession> opening = world.webSocket("/x").connectAsync();
    peer = world.webSocket();
    peer.agree();
    socket = opening.join();
  }

  private static Optional<WebSocketMessage> text(String text) {
    return Optional.of(new WebSocketMessage.Text(text));
  }

  @Test
  void oneMessageIsKeptAndNoOtherIsRead() {
    peer.text("a");
    assertThat(peer.asked).isZero();

    assertThat(socket.receiveAsync()).isCompletedWithValue(text("a"));
    assertThat(peer.asked).isEqualTo(1);
  }

  @Test
  void whoWaitsGetsTheNext() {
    CompletableFuture<Optional<WebSocketMessage>> waiting = socket.receiveAsync();
    peer.text("a");
    assertThat(waiting).isCompletedWithValue(text("a"));
    assertThat(peer.asked).isEqualTo(1);
  }

  @Test
  void onlyOneMayWait() {
    socket.receiveAsync();
    assertThatIllegalStateException().isThrownBy(() -> socket.receiveAsync());
  }

  @Test
  void whoGaveUpTakesNothingAway() {
    socket.receiveAsync().cancel(true);
    peer.text("a");
    assertThat(socket.receiveAsync()).isCompletedWithValue(text("a"));
  }

  @Test
  void whatIsKeptSurvivesTheEnd() {
    peer.text("a");
    peer.finishClose();
    assertThat(socket.receiveAsync()).isCompletedWithValue(text("a"));
    World.failure(socket.receiveAsync(), ConnectionLostException.class);
    World.failure(socket.receiveAsync(), ConnectionLostException.class);
  }

  @Test
  void afterTheCloseThereIsNothing() {
    CompletableFuture<Optional<WebSocketMessage>> waiting = socket.receiveAsync();
    peer.frame(Frame.control(Frame.CLOSE, new byte[0]));
    assertThat(waiting).isCompletedWithValue(Optional.empty());
    assertThat(socket.receiveAsync()).isCompletedWithValue(Optional.empty());
  }

  @Test
  void aFailureIsToldToWhoWaits() {
    CompletableFuture<Optional<WebSocketMessage>> waiting = socket.receiveAsync();
    peer.finishClose();
    World.failure(waiting, ConnectionLostException.class);
  }

  @Test
  void whoeverClosesReadsAwayWhatStillComes() {
    peer.text("kept");
    CompletionStage<?> closed = socket.closeAsync(1000, "");
    assertThat(peer.asked).isEqualTo(1);
    peer.text("dropped");
    peer.text("dropped too");
    assertThat(socket.receiveAsync()).isCompletedWithValue(text("kept"));
    peer.frame(Frame.control(Frame.CLOSE, new byte[0]));

    assertThat(closed.toCompletableFuture()).isCompleted();
    assertThat(socket.receiveAsync()).isCompletedWithValue(Optional.empty());
    peer.finishClose();
    world.assertNothingIsLeft();
  }
}
