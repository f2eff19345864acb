package org.sessionregistry.exchange;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;

/**
 * An exchange with the application's interceptors around it, as the application sees it. Ending the
 * future by any means ends what runs within. Thread-safe.
 */
final class InterceptedExchange extends CompletableFuture<Response> {
  private final SessionContext context;
  private final Request request;
  private final Target target;
  private final long startNanos;
  private volatile @Nullable CompletableFuture<Response> running;

  private InterceptedExchange(SessionContext context, Request request) {
    this.context = context;
    this.request = request;
    this.target = context.targets.of(request.reference());
    this.startNanos = context.scheduler.nanoTime();
  }

  static CompletableFuture<Response> start(SessionContext context, Request request) {
    InterceptedExchange exchange = new InterceptedExchange(context, request);
    Interception.call(context.aroundExchange, request, exchange::send)
        .whenComplete(exchange::answered);
    return exchange;
  }

  private CompletionStage<Response> send(Request changed) {
    if (isDone()) {
      return CompletableFuture.failedStage(new CancellationException("the exchange has ended"));
    }
    CompletableFuture<Response> sent = Exchange.begin(context, changed);
    running = sent;
    if (isDone()) {
      sent.cancel(false); // it ended before there was anything to cancel
    }
    return sent.minimalCompletionStage();
  }

  private void answered(@Nullable Response response, @Nullable Throwable thrown) {
    if (response != null) {
      if (!super.complete(response)) {
        response.close();
      }
      return;
    }
    Throwable cause =
        thrown == null
            ? new NullPointerException("an interceptor gave null")
            : Interception.cause(thrown);
    super.completeExceptionally(
        cause instanceof SessionException ? cause : context.failures.interceptor(detail(), cause));
  }

  private FailureDetail detail() {
    long elapsed = context.scheduler.nanoTime() - startNanos;
    return context.failures.detail(request.method(), target.uri(), elapsed, PhaseTimes.NONE);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      cancelRunning();
    }
    return cancelled;
  }

  /** Also the way of {@link CompletableFuture#orTimeout}. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean completed = super.completeExceptionally(failure);
    if (completed) {
      cancelRunning();
    }
    return completed;
  }

  @Override
  public boolean complete(Response other) {
    boolean completed = super.complete(other);
    if (completed) {
      cancelRunning();
    }
    return completed;
  }

  private void cancelRunning() {
    CompletableFuture<Response> sent = running;
    if (sent != null && !sent.cancel(false)) {
      sent.whenComplete(InterceptedExchange::close);
    }
  }

  private static void close(@Nullable Response unwanted, @Nullable Throwable failure) {
    if (unwanted != null) {
      unwanted.close();
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
