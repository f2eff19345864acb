package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Frame;

/** The order of what is sent, and what becomes of what cannot be. */
class OutboxTest {
  private static final Dialer.Listener NOBODY =
      new Dialer.Listener() {
        @Override
        public void opened(Connection connection, int capacity) {}

        @Override
        public void failed(DialFailure failure) {}

        @Override
        public void capacity(int capacity) {}

        @Override
        public void closed() {}
      };

  private final FakeWebSocketConnection connection = new FakeWebSocketConnection(NOBODY);
  private final Counters counters = new Counters();
  private final Outbox outbox = new Outbox(connection, counters, null, Closed::new);

  private static final class Closed extends Exception {
    private static final long serialVersionUID = 1L;

    Closed(Throwable cause) {
      super(cause);
    }
  }

  private static Frame text(String text, boolean last) {
    return new Frame(Frame.TEXT, last, false, text.getBytes(UTF_8));
  }

  private CompletableFuture<Void> message(String text) {
    return outbox.send(text(text, true), true);
  }

  private CompletableFuture<Void> part(String text, boolean last) {
    return outbox.send(text(text, last), false);
  }

  /** Opcode, a plus unless it is the last fragment, and text of each frame. */
  private List<String> sent() {
    return connection.sent.stream()
        .map(f -> f.opcode() + (f.last() ? "" : "+") + new String(f.payload(), UTF_8))
        .toList();
  }

  @Test
  void messagesGoOutInTheOrderOfTheCalls() {
    message("a");
    outbox.send(new Frame(Frame.BINARY, true, false, "b".getBytes(UTF_8)), true);
    message("c");
    assertThat(sent()).containsExactly("1a", "2b", "1c");
  }

  @Test
  void theFutureCompletesWhenTheSocketTookIt() {
    connection.writesLater = true;
    CompletableFuture<Void> sending = message("a");
    assertThat(sending).isNotDone();
    connection.finishWrites();
    assertThat(sending).isCompleted();
  }

  @Test
  void wholeMessagesWaitForTheLastFragment() { // RFC 6455 section 5.4
    part("a", false);
    CompletableFuture<Void> waits = message("whole");
    part("b", false);
    assertThat(waits).isNotDone();
    part("c", true);
    assertThat(waits).isCompleted();
    assertThat(sent()).containsExactly("1+a", "0+b", "0c", "1whole");
  }

  @Test
  void controlFramesDoNot() { // RFC 6455 section 5.5
    part("a", false);
    outbox.send(Frame.control(Frame.PING, new byte[0]), true);
    connection.execute(() -> outbox.pong("p".getBytes(UTF_8)));
    part("b", true);
    assertThat(sent()).containsExactly("1+a", "9", "10p", "0b");
  }

  @Test
  void aFragmentOfAnotherKindIsRefused() {
    part("a", false);
    CompletableFuture<Void> bytes =
        outbox.send(new Frame(Frame.BINARY, true, false, new byte[1]), false);
    assertThat(World.failure(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bytes within a message");
    part("b", true);
    assertThat(sent()).containsExactly("1+a", "0b");
  }

  @Test
  void nothingFollowsTheCloseFrame() { // RFC 6455 section 5.5.1
    part("a", false);
    CompletableFuture<Void> waits = message("whole");
    connection.execute(() -> outbox.close(new byte[0]));
    CompletableFuture<Void> late = message("late");
    connection.execute(() -> outbox.close(new byte[0]));

    assertThat(World.failure(waits)).isInstanceOf(Closed.class);
    assertThat(World.failure(late)).isInstanceOf(Closed.class);
    assertThat(sent()).containsExactly("1+a", "8");
  }

  @Test
  void whatTheSocketDoesNotTakeFails() {
    connection.writesLater = true;
    CompletableFuture<Void> sending = message("a");
    connection.finishClose();
    assertThat(World.failure(sending))
        .isInstanceOf(Closed.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void everySendFailsWhenTheEventLoopHasEnded() {
    connection.loopEnded = true;
    for (int i = 0; i < 3; i++) {
      assertThat(World.failure(message("a"))).isInstanceOf(Closed.class);
    }
  }

  @Test
  void onlyDataIsCounted() {
    message("four");
    outbox.send(Frame.control(Frame.PING, new byte[100]), true);
    World world = World.simple();
    assertThat(counters.snapshot("s", Optional.empty(), world.statistics().pool()).bytesSent())
        .isEqualTo(4);
  }
}
