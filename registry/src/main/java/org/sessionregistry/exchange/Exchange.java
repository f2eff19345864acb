package org.sessionregistry.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Redirect;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.PoolSnapshot;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;

/**
 * A request from the moment it is sent until the last byte of its response, as the application sees
 * it. It ends exactly once; {@link #end} is that one step. Thread-safe.
 */
public final class Exchange {
  private static final VarHandle ENDED;

  static {
    try {
      ENDED = MethodHandles.lookup().findVarHandle(Exchange.class, "ended", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final SessionContext context;
  private final Request request;
  private final Route home;
  private final long startNanos;
  private final ExchangeFuture future = new ExchangeFuture(this);

  @SuppressWarnings("unused") // through ENDED
  private volatile boolean ended;

  private volatile Outgoing outgoing;
  private volatile boolean withoutExpectation;
  private volatile List<Redirect> history = List.of();

  /** What redirects led to; only the event loops of the attempts, one after the other, touch it. */
  private Set<String> visited = Set.of();

  private volatile @Nullable Attempt attempt;
  private volatile @Nullable StandardResponse response;
  private volatile PhaseTimes earlier = PhaseTimes.NONE;
  private volatile Deadlines.@Nullable Deadline totalDeadline;
  private volatile Scheduler.@Nullable Timer ownTimer;

  private Exchange(SessionContext context, Request request, Target target) {
    this.context = context;
    this.request = request;
    this.home = target.route();
    this.outgoing = Outgoing.of(request, target);
    this.startNanos = context.scheduler.nanoTime();
  }

  /**
   * Starts an exchange.
   *
   * @param context the session's
   * @param request what to send
   * @return completes with status and headers
   * @throws IllegalArgumentException if the request's URI cannot be used
   */
  public static CompletableFuture<Response> start(SessionContext context, Request request) {
    Exchange exchange = new Exchange(context, request, context.targets.of(request.reference()));
    context.counters.started();
    if (context.stage() == SessionContext.Stage.OPEN) {
      exchange.limitTotal();
      exchange.attempt(false);
    } else {
      exchange.fail(context.failures.closed(exchange.detail()));
    }
    return exchange.future;
  }

  private void attempt(boolean fresh) {
    Attempt next = new Attempt(this, fresh);
    attempt = next;
    next.start();
  }

  private void limitTotal() {
    Duration own = request.timeout().orElse(null);
    if (own == null) {
      Deadlines session = context.total;
      totalDeadline = session == null ? null : session.add(() -> totalExpired(false));
    } else if (!own.isZero()) {
      ownTimer = context.scheduler.schedule(nanos(own), () -> totalExpired(true));
    }
  }

  private void totalExpired(boolean ofRequest) {
    Duration limit = request.timeout().orElse(context.settings.timeout().total());
    failLater(detail -> context.failures.totalTimeout(detail, limit, ofRequest));
  }

  // ---- what its parts ask ---------------------------------------------------------------------

  SessionContext context() {
    return context;
  }

  Request request() {
    return request;
  }

  /** What is sent now, and where. */
  Outgoing outgoing() {
    return outgoing;
  }

  /** Whether the server has refused {@code Expect}, so that the request does without. */
  boolean isWithoutExpectation() {
    return withoutExpectation;
  }

  /** The redirects so far. */
  List<Redirect> history() {
    return history;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isOwn(@Nullable Response candidate) {
    return candidate != null && candidate == response;
  }

  /** Shows the pool as it is now if no connection has come of it yet. */
  FailureDetail detail() {
    Attempt last = attempt;
    return last != null && last.wasLeased() ? plainDetail() : detail(context.pool.snapshot());
  }

  /** Shows the pool as it was. */
  FailureDetail detail(PoolSnapshot pool) {
    return plainDetail().withPool(Snapshots.statistics(pool));
  }

  private FailureDetail plainDetail() {
    Attempt last = attempt;
    PhaseTimes phases = last == null ? earlier : earlier.plus(last.phases());
    long elapsed = context.scheduler.nanoTime() - startNanos;
    Outgoing sent = outgoing;
    return context.failures.detail(sent.method(), sent.target().uri(), elapsed, phases);
  }

  // ---- what happens to it ---------------------------------------------------------------------

  /** Status and headers are here. */
  void respond(StandardResponse answer) {
    response = answer;
    if (!future.complete(answer)) {
      answer.close();
    }
  }

  /** The last byte of the response is here, and the lease is given back. */
  void succeed() {
    if (end()) {
      context.counters.succeeded();
    }
  }

  /** The application does not want it any more. */
  void cancel() {
    if (end()) {
      context.counters.cancelled();
      abandonAttempt();
    }
  }

  /** The application closed the response early, and what remained could not be read away. */
  void closeEarly() {
    if (end()) {
      context.counters.cancelled();
    }
  }

  void fail(SessionException failure) {
    if (end()) {
      context.counters.failed(failure.kind());
      abandonAttempt();
      StandardResponse answered = response;
      if (answered == null && !future.completeExceptionally(failure)) {
        answered = response; // the headers came in this very moment
      }
      if (answered != null) {
        answered.failed(failure);
      }
    }
  }

  /** What makes an exception out of the state of the exchange. */
  @FunctionalInterface
  interface FailureMaker {
    SessionException make(FailureDetail detail);
  }

  /** For the timer's thread: the state is read now, futures are completed elsewhere. */
  void failLater(FailureMaker failure) {
    failLater(() -> true, failure);
  }

  /** The same, if the condition still holds when it comes to it. */
  void failLater(BooleanSupplier still, FailureMaker failure) {
    if (!ended && still.getAsBoolean()) {
      SessionException made = failure.make(detail());
      context.callbacks.execute(
          () -> {
            if (still.getAsBoolean()) {
              fail(made);
            }
          });
    }
  }

  /**
   * The attempt failed on the wire: once, and only if nobody can have acted on the request, it is
   * made again on a fresh connection. A new connection is not tried twice, unless the peer itself
   * says that it did not take the request.
   */
  void attemptFailed(Attempt failed, WireFailure failure, boolean maybeStale) {
    if (ended) {
      return;
    }
    if (context.stage() == SessionContext.Stage.CUT_OFF) {
      fail(context.failures.cutOff(detail()));
      return;
    }
    try {
      if (!mayBeSentAgain(failed, failure, maybeStale)) {
        fail(context.failures.wire(detail(), failure));
        return;
      }
    } catch (RuntimeException | Error e) {
      fail(context.failures.requestBody(detail(), e)); // the body would not say
      return;
    }
    failed.leave();
    earlier = earlier.plus(failed.phases());
    context.counters.retried();
    attempt(true);
  }

  private boolean mayBeSentAgain(Attempt failed, WireFailure failure, boolean maybeStale) {
    return context.stage() == SessionContext.Stage.OPEN
        && !failed.isFresh()
        && (maybeStale || failure.kind() == WireFailure.Kind.REFUSED)
        && context.settings.retries().staleConnection()
        && Retry.allowed(outgoing, failure.kind());
  }

  /** The server knows no expectation, and its answer is over (RFC 9110 section 15.5.18). */
  void sendWithoutExpectation(Attempt answered) {
    if (ended) {
      return;
    }
    if (context.stage() == SessionContext.Stage.CUT_OFF) {
      fail(context.failures.cutOff(detail()));
      return;
    }
    withoutExpectation = true;
    earlier = earlier.plus(answered.phases());
    context.counters.retried();
    attempt(false);
  }

  /** The response leads elsewhere, and what came of it is over. */
  void follow(Attempt answered, Redirect redirect) {
    if (ended) {
      return;
    }
    List<Redirect> way = new ArrayList<>(history);
    way.add(redirect);
    history = List.copyOf(way);
    SessionException refusal;
    if (context.stage() == SessionContext.Stage.CUT_OFF) {
      refusal = context.failures.cutOff(detail());
    } else if (way.size() > context.redirects.max()) {
      refusal = context.failures.tooManyRedirects(detail(), history);
    } else {
      try {
        Outgoing next =
            context.redirects.follow(outgoing, redirect.status(), redirect.headers(), home);
        if (isNew(next)) {
          outgoing = next;
          earlier = earlier.plus(answered.phases());
          attempt(false);
          return;
        }
        refusal = context.failures.redirectCircle(detail(), history);
      } catch (RedirectPolicy.Refused e) {
        refusal = context.failures.redirectRefused(detail(), history, e);
      } catch (RuntimeException | Error e) {
        refusal = context.failures.requestBody(detail(), e); // the body would not say
      }
    }
    fail(refusal);
  }

  /** Sent again, the very same can only be answered in the same way; other cookies may help. */
  private boolean isNew(Outgoing next) {
    URI uri = next.target().uri();
    visited = new HashSet<>(visited);
    return visited.add(next.method() + ' ' + uri + ' ' + context.cookies.header(uri));
  }

  private boolean end() {
    if (!ENDED.compareAndSet(this, false, true)) {
      return false;
    }
    Deadlines.Deadline shared = totalDeadline;
    if (shared != null) {
      shared.cancel();
    }
    Scheduler.Timer own = ownTimer;
    if (own != null) {
      own.cancel();
    }
    Attempt last = attempt;
    if (last != null) {
      context.counters.waited(earlier.queue().toNanos() + last.queuedNanos());
    }
    return true;
  }

  private void abandonAttempt() {
    Attempt current = attempt;
    if (current != null) {
      current.abandon();
    }
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofDays(365)) > 0
        ? TimeUnit.DAYS.toNanos(365)
        : duration.toNanos();
  }
}
