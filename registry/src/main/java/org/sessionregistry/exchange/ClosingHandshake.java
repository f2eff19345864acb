package org.sessionregistry.exchange;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.connector.WebSocketConnection;

/**
 * The closing handshake (RFC 6455 section 7.1.2): this side sends one close frame, of its own
 * accord or as an answer, and nothing after it; in the first case the peer has a limited time for
 * its own. {@link #begin} and {@link #isBegun} may be called by any thread; all else is confined to
 * the connection's event loop.
 */
final class ClosingHandshake {
  /** How long the peer may take to close the connection after both close frames. */
  private static final long LINGER_MILLIS = 1000;

  private final WebSocketConnection connection;
  private final Outbox outbox;
  private final Scheduler scheduler;
  private final Duration timeout;
  private final Runnable unanswered;
  private final AtomicBoolean begun = new AtomicBoolean();

  // Confined to the event loop.
  private boolean sent;
  private boolean stopped;
  private Scheduler.@Nullable Timer timer;

  /**
   * For one WebSocket.
   *
   * @param timeout how long the peer may take for its close frame
   * @param unanswered told on the event loop that it took longer, if the WebSocket is not over
   */
  ClosingHandshake(
      WebSocketConnection connection,
      Outbox outbox,
      Scheduler scheduler,
      Duration timeout,
      Runnable unanswered) {
    this.connection = connection;
    this.outbox = outbox;
    this.scheduler = scheduler;
    this.timeout = timeout;
    this.unanswered = unanswered;
  }

  Duration timeout() {
    return timeout;
  }

  /** Whether nothing else can be sent any more. */
  boolean isBegun() {
    return begun.get();
  }

  /** Whether this side's close frame is on its way. */
  boolean isSent() {
    return sent;
  }

  /** Sends a close frame, the first time. */
  void begin(byte[] payload) {
    if (begun.compareAndSet(false, true)) {
      connection.execute(() -> send(payload));
    }
  }

  private void send(byte[] payload) {
    if (!stopped && !sent) {
      sent = true;
      outbox.close(payload);
      timer = scheduler.schedule(timeout.toNanos(), () -> connection.execute(unanswered));
    }
  }

  /** The last frame, if it was not sent yet; then the peer has to close the connection. */
  void finish(byte[] payload) {
    begun.set(true);
    if (!sent) {
      sent = true;
      outbox.close(payload);
    }
    connection.finish(LINGER_MILLIS);
  }

  /** The WebSocket is over, and nobody waits for the peer's close frame. */
  void stop() {
    stopped = true;
    Scheduler.Timer running = timer;
    if (running != null) {
      running.cancel();
    }
  }
}
