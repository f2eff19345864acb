package org.sessionregistry.httpclient;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketListenerException;
import org.sessionregistry.WebSocketSession;

/**
 * Calls a {@code WebSocket.Listener}: one call after the other, where it may block, and none that
 * it has not asked for, save that the WebSocket is open and how it ended. The session's socket is
 * read only when the listener wants a call.
 */
final class ListenerCalls implements WebSocketListener {
  private final WebSocket.Listener listener;
  private final Executor tasks;
  private final Demand demand = new Demand();
  private final AtomicReference<@Nullable SessionWebSocket> shown = new AtomicReference<>();

  ListenerCalls(WebSocket.Listener listener, Executor tasks) {
    this.listener = listener;
    this.tasks = tasks;
  }

  /** The WebSocket as the application sees it; always the same. */
  SessionWebSocket shown(WebSocketSession socket) {
    SessionWebSocket known = shown.get();
    if (known != null) {
      return known;
    }
    SessionWebSocket made = new SessionWebSocket(socket, demand, tasks);
    SessionWebSocket before = shown.compareAndExchange(null, made);
    return before == null ? made : before;
  }

  @Override
  public CompletionStage<?> onOpen(WebSocketSession socket) {
    return call(shown(socket), listener::onOpen);
  }

  @Override
  public CompletionStage<?> onText(WebSocketSession socket, CharSequence part, boolean last) {
    return asked(socket, known -> listener.onText(known, part, last));
  }

  @Override
  public CompletionStage<?> onBinary(WebSocketSession socket, ByteBuffer part, boolean last) {
    return asked(socket, known -> listener.onBinary(known, part, last));
  }

  @Override
  public CompletionStage<?> onPing(WebSocketSession socket, ByteBuffer data) {
    return asked(socket, known -> listener.onPing(known, data));
  }

  @Override
  public CompletionStage<?> onPong(WebSocketSession socket, ByteBuffer data) {
    return asked(socket, known -> listener.onPong(known, data));
  }

  @Override
  public void onClose(WebSocketSession socket, WebSocketClose close) {
    SessionWebSocket known = shown(socket);
    tasks.execute(
        () -> {
          if (!known.isAborted()) {
            listener.onClose(known, close.code(), close.reason());
          }
        });
  }

  @Override
  public void onFailure(WebSocketSession socket, SessionException failure) {
    SessionWebSocket known = shown(socket);
    Throwable cause = failure.getCause();
    Throwable told =
        failure instanceof WebSocketListenerException && cause != null
            ? cause
            : JdkFailures.of(failure);
    tasks.execute(
        () -> {
          if (!known.isAborted()) {
            listener.onError(known, told);
          }
        });
  }

  private CompletionStage<?> asked(WebSocketSession socket, Consumer<SessionWebSocket> call) {
    demand.take();
    return call(shown(socket), call);
  }

  /** Completes when the call has returned and the next one is welcome. */
  private CompletionStage<?> call(SessionWebSocket known, Consumer<SessionWebSocket> call) {
    CompletableFuture<@Nullable Void> welcome = new CompletableFuture<>();
    tasks.execute(
        () -> {
          try {
            if (!known.isAborted()) {
              call.accept(known);
            }
          } catch (RuntimeException | Error e) {
            welcome.completeExceptionally(e);
            return;
          }
          demand.present().whenComplete((there, failure) -> welcome.complete(null));
        });
    return welcome;
  }
}
