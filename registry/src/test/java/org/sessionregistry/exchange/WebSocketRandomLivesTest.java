package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.WebSocketBuilder;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.Frame;
import org.sessionregistry.settings.QueueSettings;

/**
 * Sessions whose WebSockets live through random steps: whatever peer, clock, token supplier and
 * application do, in whatever order, every opening and every WebSocket ends once, every future is
 * completed, and nothing is left behind. A failure names its seed.
 */
class WebSocketRandomLivesTest {
  private static final int LIVES = 1000;

  @Test
  void everyWebSocketEndsOnceAndLeavesNothing() {
    int opened = 0;
    for (int seed = 0; seed < LIVES; seed++) {
      Life life = new Life(seed);
      try {
        life.live();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + life.steps, e);
      }
      opened += life.sockets.size();
    }
    assertThat(opened).as("WebSockets that were opened").isGreaterThan(LIVES);
  }

  /** Is ready now, later or never, and counts its ends. */
  private static final class Listening implements WebSocketListener {
    private final List<CompletableFuture<Void>> later;
    private final Random random;
    private int opens;
    private int ends;

    Listening(Random random, List<CompletableFuture<Void>> later) {
      this.random = random;
      this.later = later;
    }

    private CompletionStage<?> heard() {
      assertThat(ends).as("nothing comes after the end").isZero();
      int ready = random.nextInt(8);
      if (ready == 0) {
        throw new IllegalStateException("the listener throws");
      }
      if (ready > 2) {
        return READY;
      }
      CompletableFuture<Void> stage = new CompletableFuture<>();
      later.add(stage);
      return stage;
    }

    @Override
    public CompletionStage<?> onOpen(WebSocketSession socket) {
      opens++;
      return heard();
    }

    @Override
    public CompletionStage<?> onText(WebSocketSession socket, CharSequence part, boolean last) {
      return heard();
    }

    @Override
    public CompletionStage<?> onPing(WebSocketSession socket, ByteBuffer data) {
      return heard();
    }

    @Override
    public void onClose(WebSocketSession socket, WebSocketClose close) {
      ends++;
    }

    @Override
    public void onFailure(WebSocketSession socket, SessionException failure) {
      ends++;
    }
  }

  private static final class Life {
    private final Random random;
    private final World world;
    private final List<CompletableFuture<String>> tokens = new ArrayList<>();
    private final List<CompletableFuture<WebSocketSession>> openings = new ArrayList<>();
    private final List<CompletableFuture<?>> futures = new ArrayList<>();
    private final List<CompletableFuture<Void>> stages = new ArrayList<>();
    private final List<Listening> listeners = new ArrayList<>();
    private final List<WebSocketSession> sockets = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private int completions;
    private int awaited;
    private boolean closed;

    Life(int seed) {
      random = new Random(seed);
      Duration limit = Duration.ofMillis(100);
      SessionHooks.Builder hooks = SessionHooks.builder();
      if (random.nextBoolean()) {
        hooks.tokens(this::token);
      }
      world =
          World.with(
              s ->
                  s.pool(p -> p.withMaxConnections(random.nextInt(4)))
                      .queue(QueueSettings.ofMaxSize(random.nextInt(5)))
                      .timeout(
                          t ->
                              t.withTotal(some(limit.multipliedBy(9)))
                                  .withAttempt(some(limit.multipliedBy(5)))
                                  .withQueue(some(limit))
                                  .withResponse(some(limit))),
              hooks.build());
      world.dialer.opensAtOnce = random.nextBoolean();
    }

    private Duration some(Duration limit) {
      return random.nextBoolean() ? limit : Duration.ZERO;
    }

    private CompletionStage<String> token() {
      CompletableFuture<String> token = new CompletableFuture<>();
      tokens.add(token);
      if (random.nextBoolean()) {
        token.complete("t" + tokens.size());
      }
      return token;
    }

    void live() {
      for (int i = 20 + random.nextInt(100); i > 0; i--) {
        step();
        check();
      }
      settle();
      check();
      assertThat(openings).allSatisfy(future -> assertThat(future).isDone());
      assertThat(futures).allSatisfy(future -> assertThat(future).isDone());
      assertThat(completions).isEqualTo(awaited);
      assertThat(sockets).allSatisfy(socket -> assertThat(socket.closed()).isDone());
      assertThat(listeners).allSatisfy(one -> assertThat(one.ends).as("ends").isEqualTo(one.opens));
      world.assertNothingIsLeft();
    }

    private void step() {
      switch (random.nextInt(18)) {
        case 0, 1 -> connect();
        case 2, 3 -> dial();
        case 4, 5, 6, 7 -> wire();
        case 8 -> pass();
        case 9 -> cancel();
        case 10, 11, 12 -> use();
        case 13 -> decide();
        case 14 -> closeSession();
        case 15 -> callbacks();
        default -> wire();
      }
    }

    private <T> CompletableFuture<T> counted(CompletableFuture<T> future) {
      awaited++;
      future.whenComplete((value, failure) -> completions++);
      return future;
    }

    private void connect() {
      steps.add("connect");
      WebSocketBuilder builder = world.webSocket(random.nextInt(5) == 0 ? "ws://b/" : "/");
      if (random.nextInt(4) == 0) {
        builder.timeout(Duration.ofMillis(50));
      }
      if (random.nextInt(4) == 0) {
        builder.pingInterval(Duration.ofMillis(40));
      }
      builder.closeTimeout(Duration.ofMillis(30));
      CompletableFuture<WebSocketSession> opening;
      if (random.nextBoolean()) {
        Listening listener = new Listening(random, stages);
        listeners.add(listener);
        opening = builder.connectAsync(listener);
      } else {
        opening = builder.connectAsync();
      }
      openings.add(counted(opening));
      opening.thenAccept(sockets::add);
    }

    private void dial() {
      List<FakeDialer.FakeDial> undecided = new ArrayList<>();
      for (int i = 0; i < world.dialer.dials(); i++) {
        if (world.dialer.dial(i).isUndecided()) {
          undecided.add(world.dialer.dial(i));
        }
      }
      if (!undecided.isEmpty()) {
        FakeDialer.FakeDial dial = undecided.get(random.nextInt(undecided.size()));
        if (random.nextInt(4) == 0) {
          steps.add("dial fails");
          dial.fail(DialFailure.Kind.CONNECT_FAILED);
        } else {
          steps.add("dial opens");
          dial.open().closesLater = random.nextInt(3) == 0;
        }
      }
    }

    private List<FakeWebSocketConnection> open() {
      List<FakeWebSocketConnection> open = new ArrayList<>();
      for (int i = 0; i < world.dialer.dials(); i++) {
        if (world.dialer.connection(i) instanceof FakeWebSocketConnection one && !one.closed) {
          open.add(one);
        }
      }
      return open;
    }

    private void wire() {
      List<FakeWebSocketConnection> open = open();
      if (open.isEmpty()) {
        return;
      }
      FakeWebSocketConnection peer = open.get(random.nextInt(open.size()));
      if (random.nextInt(10) == 0) {
        steps.add("closed");
        peer.finishClose();
      } else if (peer.isWebSocket()) {
        frames(peer);
      } else if (peer.isBusy()) {
        answer(peer);
      }
    }

    private void answer(FakeWebSocketConnection peer) {
      int event = random.nextInt(10);
      if (peer.isHeadIn()) {
        steps.add("end");
        peer.end();
      } else if (event < 6) {
        steps.add("agree");
        peer.writesLater = random.nextInt(3) == 0;
        peer.agree();
      } else if (event == 6) {
        steps.add("401");
        peer.sent().head(401);
      } else if (event == 7) {
        steps.add("302");
        peer.sent().head(302, "Location", "/elsewhere");
      } else if (event == 8) {
        steps.add("404");
        peer.sent().head(404);
      } else {
        steps.add("fail");
        peer.fail(Kind.INVALID);
      }
    }

    private void frames(FakeWebSocketConnection peer) {
      int event = random.nextInt(12);
      if (event < 2) {
        steps.add("writes");
        peer.execute(peer::finishWrites);
      } else if (peer.asked == 0 || peer.finished) {
        return;
      } else if (event < 7) {
        steps.add("text");
        peer.text("x");
      } else if (event < 9) {
        steps.add("ping");
        peer.frame(Frame.control(Frame.PING, new byte[] {1}));
      } else if (event == 9) {
        steps.add("pong");
        peer.frame(Frame.control(Frame.PONG, new byte[0]));
      } else if (event == 10) {
        steps.add("close frame");
        peer.frame(Frame.control(Frame.CLOSE, new byte[0]));
      } else {
        steps.add("violation");
        peer.violate();
      }
    }

    private void pass() {
      Duration time = Duration.ofMillis(random.nextInt(60));
      steps.add("pass " + time);
      world.holdsCallbacks = random.nextBoolean();
      world.time.advance(time);
    }

    private void cancel() {
      if (!openings.isEmpty()) {
        steps.add("cancel");
        openings.get(random.nextInt(openings.size())).cancel(true);
      }
    }

    /** What the application does with a WebSocket. */
    private void use() {
      if (sockets.isEmpty()) {
        return;
      }
      WebSocketSession socket = sockets.get(random.nextInt(sockets.size()));
      switch (random.nextInt(7)) {
        case 0, 1 -> futures.add(counted(socket.sendTextAsync("y")));
        case 2 -> futures.add(counted(socket.sendTextAsync("y", random.nextBoolean())));
        case 3 -> futures.add(counted(socket.pingAsync(ByteBuffer.allocate(1))));
        case 4 -> futures.add(counted(socket.closeAsync(1000, "")));
        case 5 -> receive(socket);
        default -> {
          steps.add("abort");
          socket.abort();
        }
      }
    }

    private void receive(WebSocketSession socket) {
      steps.add("receive");
      try {
        futures.add(counted(socket.receiveAsync()));
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageMatching("another receive waits.*|the listener of .*");
      }
    }

    /** A token is there, or a listener is ready. */
    private void decide() {
      if (random.nextBoolean() && !tokens.isEmpty()) {
        CompletableFuture<String> token = tokens.get(random.nextInt(tokens.size()));
        if (random.nextInt(4) == 0) {
          steps.add("no token");
          token.completeExceptionally(new IllegalStateException("no token"));
        } else {
          steps.add("token");
          token.complete("t");
        }
      } else if (!stages.isEmpty()) {
        steps.add("ready");
        stages.get(random.nextInt(stages.size())).complete(null);
      }
    }

    private void closeSession() {
      if (random.nextInt(8) == 0) {
        if (closed) {
          steps.add("cut off");
          world.cutOff();
        } else {
          steps.add("session closes");
          closed = true;
          world.close();
        }
      }
    }

    private void callbacks() {
      steps.add("callbacks");
      world.holdsCallbacks = false;
      world.runCallbacks();
    }

    private void check() {
      SessionStatistics now = world.statistics();
      assertThat(now.inFlight()).isNotNegative();
      assertThat(now.requests())
          .isEqualTo(now.inFlight() + now.succeeded() + now.failed() + now.cancelled())
          .isEqualTo(openings.size());
      assertThat(completions).isLessThanOrEqualTo(awaited);
      assertThat(listeners.stream().noneMatch(one -> one.ends > 1)).as("one end").isTrue();
    }

    /** The peer, the network and the supplier of tokens end everything that is still under way. */
    private void settle() {
      steps.add("settle");
      callbacks();
      world.dialer.opensAtOnce = true;
      for (int i = 0; i < 20; i++) {
        List.copyOf(tokens).forEach(token -> token.complete("t"));
        world.dialer.openAll();
        open().forEach(FakeWebSocketConnection::finishClose);
        stages.forEach(stage -> stage.complete(null));
        world.runCallbacks();
      }
    }
  }
}
