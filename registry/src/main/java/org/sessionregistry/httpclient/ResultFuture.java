package org.sessionregistry.httpclient;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The future that the application holds. Cancelling it, or any future derived from it, ends what it
 * stands for, as with the JDK's own client.
 */
final class ResultFuture<T> extends CompletableFuture<T> {
  private final Runnable cancellation;

  ResultFuture(Runnable cancellation) {
    this.cancellation = cancellation;
  }

  /** In the JDK's way: whatever is attached to the future sees a {@link CompletionException}. */
  boolean fail(Throwable failure) {
    return completeExceptionally(
        failure instanceof CompletionException ? failure : new CompletionException(failure));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      cancellation.run();
    }
    return cancelled;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new ResultFuture<>(cancellation);
  }
}
