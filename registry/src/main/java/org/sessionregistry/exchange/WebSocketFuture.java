package org.sessionregistry.exchange;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.WebSocketSession;

/**
 * The future that the application holds while a WebSocket is being opened. Ending it by any means
 * ends the opening.
 */
final class WebSocketFuture extends CompletableFuture<WebSocketSession> {
  private final Runnable cancelled;

  WebSocketFuture(Runnable cancelled) {
    this.cancelled = cancelled;
  }

  boolean opened(WebSocketSession socket) {
    return super.complete(socket);
  }

  boolean failed(Throwable failure) {
    return super.completeExceptionally(failure);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return ends(super.cancel(mayInterruptIfRunning));
  }

  /** Also the way of {@link CompletableFuture#orTimeout}. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    return ends(super.completeExceptionally(failure));
  }

  @Override
  public boolean complete(@Nullable WebSocketSession other) {
    return ends(super.complete(other));
  }

  private boolean ends(boolean changed) {
    if (changed) {
      cancelled.run();
    }
    return changed;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
