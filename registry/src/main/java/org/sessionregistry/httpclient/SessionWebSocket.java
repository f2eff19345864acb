package org.sessionregistry.httpclient;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.sessionregistry.WebSocketSession;

/**
 * A session's WebSocket with the JDK's rules: one message and one ping or pong is on its way at
 * most, and further ones are refused, not queued. Thread-safe.
 */
final class SessionWebSocket implements WebSocket {
  private final WebSocketSession socket;
  private final Demand demand;
  private final Executor tasks;
  private final AtomicBoolean sendingMessage = new AtomicBoolean();
  private final AtomicBoolean sendingControl = new AtomicBoolean();
  private volatile boolean aborted;

  SessionWebSocket(WebSocketSession socket, Demand demand, Executor tasks) {
    this.socket = socket;
    this.demand = demand;
    this.tasks = tasks;
  }

  @Override
  public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
    return send(sendingMessage, () -> socket.sendTextAsync(data, last));
  }

  @Override
  public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
    return send(sendingMessage, () -> socket.sendBinaryAsync(data, last));
  }

  @Override
  public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
    return send(sendingControl, () -> socket.pingAsync(message));
  }

  @Override
  public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
    return send(sendingControl, () -> socket.pongAsync(message));
  }

  private CompletableFuture<WebSocket> send(
      AtomicBoolean busy, Supplier<CompletableFuture<Void>> how) {
    if (!busy.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "another one is being sent to "
                  + socket.uri().getHost()
                  + "; wait until its future completes"));
    }
    CompletableFuture<Void> sent;
    try {
      sent = how.get();
    } catch (RuntimeException e) {
      busy.set(false);
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<WebSocket> result = new CompletableFuture<>();
    sent.whenComplete(
        (done, failure) -> {
          busy.set(false);
          tasks.execute(
              () -> {
                if (failure == null) {
                  result.complete(this);
                } else {
                  result.completeExceptionally(JdkFailures.of(failure));
                }
              });
        });
    return result;
  }

  /** Completes when the close frame stands behind what was sent before; nothing can follow it. */
  @Override
  public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
    if (socket.isOutputClosed()) {
      return CompletableFuture.failedFuture(
          new IOException("nothing more can be sent to " + socket.uri().getHost()));
    }
    try {
      socket.closeAsync(statusCode, reason);
      return CompletableFuture.completedFuture(this);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void request(long n) {
    demand.add(n);
  }

  @Override
  public String getSubprotocol() {
    return socket.subprotocol().orElse("");
  }

  @Override
  public boolean isOutputClosed() {
    return aborted || socket.isOutputClosed();
  }

  @Override
  public boolean isInputClosed() {
    return aborted || socket.isInputClosed();
  }

  /** The listener hears nothing more. */
  @Override
  public void abort() {
    aborted = true;
    socket.abort();
  }

  boolean isAborted() {
    return aborted;
  }
}
