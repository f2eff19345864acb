package org.sessionregistry.exchange;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.SessionException;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketSession;

/**
 * Tells everybody how a WebSocket that was open has ended: the session's statistics, those who wait
 * for it, and its listener. The rule: one of the three ends, once; what the listener throws is
 * logged. Confined to the connection's event loop, but for {@link #closed}.
 */
final class WebSocketOutcome {
  private static final Logger LOG = System.getLogger("org.sessionregistry.websocket");

  private final SessionContext context;
  private final WebSocketListener listener;
  private final CompletableFuture<WebSocketClose> closed = new CompletableFuture<>();

  WebSocketOutcome(SessionContext context, WebSocketListener listener) {
    this.context = context;
    this.listener = listener;
  }

  /** Completes with it, whatever it is; everybody gets a copy of his own. */
  CompletableFuture<WebSocketClose> closed() {
    return closed.copy();
  }

  /** Both sides have sent a close frame. */
  void succeeded(WebSocketSession socket, WebSocketClose close) {
    context.counters.succeeded();
    tell(socket, close);
  }

  /** The application gave it up, or the peer did not answer its close. */
  void cancelled(WebSocketSession socket, WebSocketClose close) {
    context.counters.cancelled();
    tell(socket, close);
  }

  private void tell(WebSocketSession socket, WebSocketClose close) {
    closed.complete(close);
    safely("onClose", () -> listener.onClose(socket, close));
  }

  void failed(WebSocketSession socket, SessionException failure) {
    context.counters.failed(failure.kind());
    closed.completeExceptionally(failure);
    safely("onFailure", () -> listener.onFailure(socket, failure));
  }

  private void safely(String method, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "the listener of a WebSocket of session '"
              + context.settings.name()
              + "' threw in "
              + method,
          e);
    }
  }
}
