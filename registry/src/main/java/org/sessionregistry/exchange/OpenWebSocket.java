package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.SessionException;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketRequest;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.connector.Frame;
import org.sessionregistry.connector.FrameEvents;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.WebSocketConnection;

/**
 * A WebSocket from the answer to its opening handshake until its connection is gone: it hands what
 * comes to the listener, one call at a time, and sees to its end, of which there is exactly one.
 *
 * <p>It reads a frame only when the listener is ready for it. {@link #send}, {@link #close}, {@link
 * #abort}, {@link #goAway} and {@link #cutOff} may be called by any thread; all else is confined to
 * the connection's event loop.
 */
final class OpenWebSocket implements FrameEvents {
  private final SessionContext context;
  private final WebSocketConnection connection;
  private final Lease lease;
  private final WebSocketListener listener;
  private final Supplier<FailureDetail> detail;
  private final int maxMessage;
  private final @Nullable Inflation inflation;
  private final MessageReader reader;
  private final Outbox outbox;
  private final PingWatch pings;
  private final ClosingHandshake closing;
  private final WebSocketOutcome outcome;
  private volatile boolean over;
  private @Nullable WebSocketSession facade;

  // Confined to the event loop.
  private boolean listening;

  OpenWebSocket(
      SessionContext context,
      WebSocketConnection connection,
      Lease lease,
      WebSocketRequest request,
      WebSocketHandshake.Agreement agreement,
      WebSocketListener listener,
      Supplier<FailureDetail> detail) {
    this.context = context;
    this.connection = connection;
    this.lease = lease;
    this.listener = listener;
    this.detail = detail;
    this.maxMessage =
        request.maxMessageSize().orElse((int) context.settings.limits().bufferedBody().bytes());
    CompressionTerms terms = agreement.compression().orElse(null);
    this.inflation = terms == null ? null : new Inflation(terms.serverForgets());
    this.reader = new MessageReader(maxMessage, inflation);
    this.outbox =
        new Outbox(
            connection,
            context.counters,
            terms == null ? null : new Deflation(terms.clientForgets()),
            cause -> context.webSocketFailures.closed(detail.get(), cause));
    this.closing =
        new ClosingHandshake(
            connection, outbox, context.scheduler, request.closeTimeout(), this::unanswered);
    this.outcome = new WebSocketOutcome(context, listener);
    this.pings =
        new PingWatch(
            context.scheduler,
            request.pingInterval(),
            this::nextPing,
            this::ping,
            this::peerIsDead);
  }

  int maxMessage() {
    return maxMessage;
  }

  boolean isCompressed() {
    return inflation != null;
  }

  // ---- any thread ----------------------------------------------------------------------------

  /** Completes with its end; everybody gets a copy of his own. */
  CompletableFuture<WebSocketClose> closed() {
    return outcome.closed();
  }

  boolean isOutputClosed() {
    return over || closing.isBegun();
  }

  boolean isInputClosed() {
    return over;
  }

  CompletableFuture<Void> send(Frame frame, boolean whole) {
    if (isOutputClosed()) {
      return CompletableFuture.failedFuture(context.webSocketFailures.closed(detail.get(), null));
    }
    return outbox.send(frame, whole);
  }

  /** Sends a close frame, the first time. */
  void close(byte[] payload) {
    closing.begin(payload);
  }

  void goAway() {
    close(CloseCodes.payload(WebSocketClose.GOING_AWAY, "the session closes"));
  }

  void cutOff() {
    connection.execute(
        () -> {
          if (!over) {
            fail(context.failures.cutOff(detail.get()));
          }
          connection.close();
        });
  }

  void abort() {
    connection.execute(() -> endWithoutHandshake("aborted"));
  }

  // ---- reading -------------------------------------------------------------------------------

  /** Frames may come; the application hears of it first. */
  void start(WebSocketSession socket) {
    facade = socket;
    pings.start();
    if (ready(() -> listener.onOpen(socket))) {
      pump();
    }
  }

  /** Nobody wants it any more, and nobody was told of it. */
  void startUnwanted(WebSocketSession socket) {
    facade = socket;
    end();
    connection.close();
  }

  private WebSocketSession facade() {
    return Objects.requireNonNull(facade);
  }

  @Override
  public void frame(Frame frame) {
    if (over) {
      return;
    }
    pings.heard();
    byte[] payload = frame.payload();
    boolean goOn;
    switch (frame.opcode()) {
      case Frame.CLOSE -> {
        closedByPeer(payload);
        return;
      }
      case Frame.PING -> goOn = pinged(payload);
      case Frame.PONG -> goOn = ready(() -> listener.onPong(facade(), ByteBuffer.wrap(payload)));
      default -> goOn = taken(frame);
    }
    if (goOn) {
      pump();
    }
  }

  /** Answered before the next frame is read, so that pongs do not pile up. */
  private boolean pinged(byte[] data) {
    CompletableFuture<Void> answered = closing.isSent() ? null : outbox.pong(data);
    return ready(
        () -> {
          CompletionStage<?> heard = listener.onPing(facade(), ByteBuffer.wrap(data.clone()));
          return answered == null || answered.isDone()
              ? heard
              : heard.thenCombine(answered.exceptionally(e -> null), (h, a) -> h);
        });
  }

  private boolean taken(Frame frame) {
    context.counters.received(frame.payload().length);
    try {
      reader.take(frame);
      return true;
    } catch (WebSocketViolation e) {
      violated(e.code, String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Tells what is there and asks for more, until the listener is not ready. */
  private void pump() {
    while (!over) {
      MessageReader.Part part;
      try {
        part = reader.next();
      } catch (WebSocketViolation e) {
        violated(e.code, String.valueOf(e.getMessage()));
        return;
      }
      if (part == null) {
        connection.read();
        return;
      }
      if (!ready(() -> tell(part))) {
        return;
      }
    }
  }

  private CompletionStage<?> tell(MessageReader.Part part) {
    String text = part.text();
    return text == null
        ? listener.onBinary(facade(), ByteBuffer.wrap(part.bytes()), part.last())
        : listener.onText(facade(), text, part.last());
  }

  /** Calls the listener; if it is not ready at once, all goes on when it is. */
  private boolean ready(Supplier<CompletionStage<?>> call) {
    CompletionStage<?> stage;
    try {
      stage = Objects.requireNonNull(call.get(), "the listener returned null in place of a stage");
    } catch (RuntimeException | Error e) {
      listenerFailed(e);
      return false;
    }
    if (stage == WebSocketListener.READY
        || (stage instanceof CompletableFuture<?> done
            && done.isDone()
            && !done.isCompletedExceptionally())) {
      return true;
    }
    listening = true;
    stage.whenComplete((done, e) -> connection.execute(() -> resume(e)));
    return false;
  }

  private void resume(@Nullable Throwable failure) {
    listening = false;
    pings.heard();
    if (over) {
      return;
    }
    if (failure == null) {
      pump();
    } else {
      listenerFailed(
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
    }
  }

  // ---- pings ---------------------------------------------------------------------------------

  private void nextPing() {
    connection.execute(() -> pings.tick(!listening));
  }

  private void ping() {
    if (!closing.isSent()) {
      outbox.send(Frame.control(Frame.PING, new byte[0]), true);
    }
  }

  private void peerIsDead() {
    SessionException failure = context.webSocketFailures.noPong(detail.get(), pings.interval());
    fail(failure);
    connection.close();
  }

  // ---- ending --------------------------------------------------------------------------------

  private void unanswered() {
    endWithoutHandshake("no close frame came within " + closing.timeout().toMillis() + " ms");
  }

  private void closedByPeer(byte[] payload) {
    WebSocketClose close;
    try {
      close = CloseCodes.read(payload);
    } catch (WebSocketViolation e) {
      violated(e.code, String.valueOf(e.getMessage()));
      return;
    }
    closing.finish(payload);
    if (end()) {
      outcome.succeeded(facade(), close);
    }
  }

  @Override
  public void violated(int code, String message) {
    failAndTell(
        code,
        code == CloseCodes.TOO_LARGE ? "message too large" : "",
        context.webSocketFailures.violation(detail.get(), code, message, maxMessage));
  }

  private void listenerFailed(Throwable cause) {
    failAndTell(
        CloseCodes.INTERNAL_ERROR, "", context.webSocketFailures.listener(detail.get(), cause));
  }

  private void failAndTell(int code, String reason, SessionException failure) {
    if (!over) {
      closing.finish(CloseCodes.payload(code, reason));
      fail(failure);
    }
  }

  private void endWithoutHandshake(String why) {
    if (end()) {
      connection.close();
      outcome.cancelled(facade(), new WebSocketClose(WebSocketClose.ABNORMAL, why));
    }
  }

  @Override
  public void ended(@Nullable Throwable cause) {
    lease.discard();
    context.webSockets.remove(this);
    if (over) {
      outbox.shut();
    } else if (context.stage() == SessionContext.Stage.CUT_OFF) {
      fail(context.failures.cutOff(detail.get()));
    } else if (closing.isSent()) {
      endWithoutHandshake("the connection was closed without a close frame");
    } else {
      fail(context.webSocketFailures.lost(detail.get(), cause));
    }
  }

  private void fail(SessionException failure) {
    if (end()) {
      outcome.failed(facade(), failure);
    }
  }

  /** True the first time: from now on the listener hears of the end and of nothing else. */
  private boolean end() {
    if (over) {
      return false;
    }
    over = true;
    pings.stop();
    closing.stop();
    outbox.shut();
    if (inflation != null) {
      inflation.close();
    }
    return true;
  }
}
