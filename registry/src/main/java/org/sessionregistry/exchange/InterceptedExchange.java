package org.sessionregistry.exchange;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.Scheduler;

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
  private final Runnable whileClosing = this::closing;

  private InterceptedExchange(SessionContext context, Request request) {
    this.context = context;
    this.request = request;
    this.target = context.targets.of(request.reference());
    this.startNanos = context.scheduler.nanoTime();
  }

  static CompletableFuture<Response> start(SessionContext context, Request request) {
    InterceptedExchange exchange = new InterceptedExchange(context, request);
    exchange.limit();
    Interception.call(context.aroundExchange, request, exchange::send)
        .whenComplete(exchange::answered);
    return exchange;
  }

  /** What the interceptors do counts as well; what is sent within has the same limits again. */
  private void limit() {
    Duration total = request.timeout().orElse(context.settings.timeout().total());
    if (!total.isZero()) {
      Scheduler.Timer timer = context.scheduler.schedule(nanos(total), () -> expire(total));
      super.whenComplete((response, failure) -> timer.cancel());
    }
    context.onClosing(whileClosing);
    super.whenComplete((response, failure) -> context.forget(whileClosing));
  }

  private void expire(Duration total) {
    SessionException late =
        context.failures.totalTimeout(detail(), total, request.timeout().isPresent());
    context.callbacks.execute(() -> completeExceptionally(late));
  }

  private static long nanos(Duration limit) {
    return TimeUnit.NANOSECONDS.convert(limit); // no more than there is room for
  }

  /** What was sent is told by itself; who has sent nothing would never hear. */
  private void closing() {
    if (running == null) {
      completeExceptionally(context.failures.closed(detail()));
    }
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
    completeExceptionally( // and nothing goes on within
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
