package org.sessionregistry.exchange;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Response;

/** The future that the application holds. Ending it by any means ends the exchange. */
final class ExchangeFuture extends CompletableFuture<Response> {
  private final Exchange exchange;

  ExchangeFuture(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      exchange.cancel();
    }
    return cancelled;
  }

  /** Also the way of {@link CompletableFuture#orTimeout}. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean completed = super.completeExceptionally(failure);
    if (completed) {
      exchange.cancel();
    }
    return completed;
  }

  @Override
  public boolean complete(@Nullable Response other) {
    boolean completed = super.complete(other);
    if (completed && !exchange.isOwn(other)) {
      exchange.cancel();
    }
    return completed;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
