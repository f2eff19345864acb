package org.sessionregistry.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Redirect;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.PoolSnapshot;

/**
 * A request from the moment it is sent until the last byte of its response, as the application sees
 * it. It ends exactly once; {@link #end} is that one step. Its {@link Course} says what it sends,
 * and one {@link Attempt} after the other sends it. Thread-safe.
 *
 * <p>It is long because every way in which it goes on or ends is one method here: that it ends
 * exactly once, and that nothing of it is left then, has to be seen in one place.
 */
public final class Exchange implements ExchangeView {
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
  private final TotalLimit limit;
  private final Course course;
  private final @Nullable Throwable origin;

  /** Null when it is done, so that nothing here holds the response, which could be forgotten. */
  private volatile @Nullable ExchangeFuture future;

  @SuppressWarnings("unused") // through ENDED
  private volatile boolean ended;

  private volatile boolean withoutExpectation;

  /** Seen by others through {@link #attempt}. */
  private int attempts;

  private volatile @Nullable Attempt attempt;
  private volatile boolean answered;
  private volatile @Nullable Response answering;

  /** The answer that becomes an exception as soon as the start of its body is here. */
  private volatile @Nullable Response raised;

  private volatile PhaseTimes earlier = PhaseTimes.NONE;
  private volatile @Nullable Pause pause;

  private Exchange(SessionContext context, Request request, Target target) {
    this.context = context;
    this.request = request;
    this.course = new Course(context, request, target);
    this.limit = new TotalLimit(context, request);
    this.origin = context.leaks.origin();
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
    return context.aroundExchange.isEmpty()
        ? begin(context, request)
        : InterceptedExchange.start(context, request);
  }

  static CompletableFuture<Response> begin(SessionContext context, Request request) {
    Exchange exchange = new Exchange(context, request, context.targets.of(request.reference()));
    ExchangeFuture future = new ExchangeFuture(exchange);
    exchange.future = future;
    context.counters.started();
    SessionContext successor = context.successor(); // after it was counted, see isIdle
    if (successor != null) {
      context.counters.begunElsewhere();
      return begin(successor, request);
    }
    context.retries.begins();
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.started(exchange));
    }
    if (context.isOpen()) {
      exchange.limit.begin(exchange::expired);
      exchange.send();
    } else {
      exchange.fail(context.failures.closed(exchange.detail()));
    }
    return future;
  }

  private void expired(Duration total, boolean ofRequest) {
    failLater(detail -> context.failures.totalTimeout(detail, total, ofRequest));
  }

  TotalLimit limit() {
    return limit;
  }

  /** Where it was sent, if that is known. */
  @Nullable Throwable origin() {
    return origin;
  }

  // ---- sending --------------------------------------------------------------------------------

  /** Sends what the course says, once it is known who is asking. */
  private void send() {
    Credentials who = course.credentials();
    if (who == null || who.ready()) {
      attempt(false);
      return;
    }
    Pause asking = pause();
    who.prepare().whenComplete((ready, failure) -> prepared(asking, failure));
  }

  private void prepared(Pause asking, @Nullable Throwable failure) {
    if (!asking.end() || ended) {
      return;
    }
    if (failure == null) {
      attempt(false);
    } else {
      fail(context.failures.credentials(detail(), Interception.cause(failure)));
    }
  }

  private void attempt(boolean fresh) {
    attempts++;
    if (context.aroundAttempt.isEmpty()) {
      attempt(new Attempt(this, course.outgoing(), fresh, null));
    } else {
      new InterceptedAttempt(this).start();
    }
  }

  void attempt(Attempt next) {
    attempt = next;
    next.start();
  }

  private void sendAfter(Duration wait) {
    if (wait.isZero()) {
      send();
      return;
    }
    Pause backingOff = pause();
    backingOff.goOnAfter(wait.toNanos(), this::send);
    if (ended) {
      backingOff.end();
    }
  }

  /** From now on it has neither a connection nor a place in the queue. */
  Pause pause() {
    Pause begun = Pause.begin(context, () -> fail(context.failures.closed(detail())));
    pause = begun;
    if (ended) {
      begun.end(); // it ended before there was anything to end
    }
    return begun;
  }

  // ---- what its parts ask ---------------------------------------------------------------------

  SessionContext context() {
    return context;
  }

  @Override
  public Request request() {
    return request;
  }

  /** Whether the server has refused {@code Expect}, so that the request does without. */
  boolean isWithoutExpectation() {
    return withoutExpectation;
  }

  Course course() {
    return course;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isOwn(@Nullable Response candidate) {
    return candidate != null && candidate == answering;
  }

  @Override
  public String session() {
    return context.settings.name();
  }

  @Override
  public Optional<String> tenant() {
    return context.tenant;
  }

  @Override
  public String method() {
    return course.outgoing().method();
  }

  @Override
  public URI uri() {
    return course.outgoing().target().uri();
  }

  @Override
  public int attempt() {
    return attempts;
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
    return context.failures.detail(method(), uri(), limit.elapsedNanos(), phases);
  }

  // ---- what happens to it ---------------------------------------------------------------------

  /** Status and headers are here, and the application gets them. */
  void respond(Response answer) {
    if (isRaised(answer.status())) {
      raise(answer);
      return;
    }
    ExchangeFuture waiting = future;
    answering = answer;
    answered = true;
    if (waiting == null || !waiting.complete(answer)) {
      answer.close();
    }
    answering = null;
    future = null;
  }

  /** Whether a response with this status becomes an exception. */
  boolean isRaised(int status) {
    return context.raiseForStatus && status >= 400;
  }

  private void raise(Response answer) {
    raised = answer; // from now on neither the end of its body nor its failure ends the exchange
    BodyStart.of(answer)
        .thenAccept(start -> raise(context.failures.status(detail(), answer, start)));
  }

  /** The answer is a failure; its connection is as good as it was. */
  private void raise(HttpStatusException failure) {
    if (end()) {
      failed(failure);
      failFuture(failure);
    }
  }

  /** The last byte of the response is here, and the lease is given back. */
  void succeed() {
    if (raised == null && end()) {
      context.counters.succeeded();
      Notices notices = context.notices;
      if (notices != null) {
        notices.tell(listener -> listener.succeeded(this));
      }
    }
  }

  /** The same, where the application's interceptors may have read the body before it was given. */
  void succeedIfOver() {
    Attempt last = attempt;
    if (answered && (last == null || last.isOver())) {
      succeed();
    }
  }

  /** Whether the application has got its response. */
  boolean isAnswered() {
    return answered;
  }

  /** The application does not want it any more. */
  void cancel() {
    if (end()) {
      cancelled();
      abandonAttempt(new CancellationException("the exchange was cancelled"));
    }
  }

  /** The application closed the response early, and what remained could not be read away. */
  void closeEarly() {
    if (raised == null && end()) {
      cancelled();
    }
  }

  private void cancelled() {
    context.counters.cancelled();
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.cancelled(this));
    }
  }

  void fail(SessionException failure) {
    Response answer = raised;
    if (answer != null) {
      raiseNow(answer, failure);
    } else if (end()) {
      failed(failure);
      Attempt last = attempt;
      abandonAttempt(failure);
      if (!answered) {
        failFuture(failure); // unless the headers came in this very moment
      }
      if (last != null) {
        last.failBody(failure);
      }
    }
  }

  private void failFuture(SessionException failure) {
    ExchangeFuture waiting = future;
    if (waiting != null) {
      waiting.completeExceptionally(failure);
    }
  }

  /** The status matters more than why the rest of its text does not come. */
  private void raiseNow(Response answer, SessionException why) {
    Attempt last = attempt;
    if (last != null && !ended) {
      last.abandon(why);
      last.failBody(why); // which completes what was read so far
    }
    raise(context.failures.status(detail(), answer, new byte[0]));
  }

  private void failed(SessionException failure) {
    context.counters.failed(failure.kind());
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.failed(this, failure));
    }
  }

  /** What makes an exception out of the state of the exchange. */
  @FunctionalInterface
  interface FailureMaker {
    SessionException make(FailureDetail detail);
  }

  /** For the timer's thread: the state is read now, futures are completed elsewhere. */
  void failLater(FailureMaker failure) {
    later(() -> true, failure, this::fail);
  }

  /** The same, if the condition still holds when it comes to it. */
  void later(BooleanSupplier still, FailureMaker failure, Consumer<SessionException> then) {
    if (!ended && still.getAsBoolean()) {
      SessionException made = failure.make(detail());
      context.callbacks.execute(
          () -> {
            if (still.getAsBoolean()) {
              then.accept(made);
            }
          });
    }
  }

  // ---- what follows an attempt ----------------------------------------------------------------

  /**
   * The attempt failed on the wire before there was an answer: once, and only if nobody can have
   * acted on the request, it is made again at once on a fresh connection. A new connection is not
   * tried twice, unless the peer itself says that it did not take the request.
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
        failed.report(context.failures.wire(detail(), failure));
        return;
      }
    } catch (RuntimeException | Error e) {
      failed.report(context.failures.requestBody(detail(), e)); // the body would not say
      return;
    }
    leave(failed);
    context.counters.retried();
    attempts++;
    attempt(failed.again());
  }

  private boolean mayBeSentAgain(Attempt failed, WireFailure failure, boolean maybeStale) {
    return context.isOpen()
        && !failed.isFresh()
        && (maybeStale || failure.kind() == WireFailure.Kind.REFUSED)
        && context.settings.retries().staleConnection()
        && Retry.allowed(failed.sent(), failure.kind());
  }

  /** The attempt failed before there was an answer, and nobody holds anything of it any more. */
  void attemptFailed(SessionException failure) {
    Sequel next = ended ? null : course.after(failure, limit.left());
    if (next == null) {
      fail(failure);
    } else {
      proceed(next);
    }
  }

  /** The attempt is over and was not the last one. */
  void proceed(Sequel next) {
    if (ended) {
      return;
    }
    if (context.stage() == SessionContext.Stage.CUT_OFF) {
      fail(context.failures.cutOff(detail()));
    } else if (next instanceof Sequel.Elsewhere elsewhere) {
      follow(elsewhere.redirect());
    } else if (next instanceof Sequel.Again again) {
      context.counters.retried();
      course.note(again.failed());
      Notices notices = context.notices;
      if (notices != null) {
        notices.tell(listener -> listener.retrying(this, again.failed()));
      }
      leave(attempt);
      sendAfter(again.failed().backoff());
    } else if (next instanceof Sequel.Unexpecting refused) {
      withoutExpectation = true;
      context.counters.retried();
      leave(refused.refused());
      attempts++;
      attempt(refused.refused().repeated());
    } else if (next instanceof Sequel.Broken broken) {
      fail(context.failures.requestBody(detail(), broken.cause()));
    } else {
      leave(attempt);
      send();
    }
  }

  private void follow(Redirect redirect) {
    course.note(redirect);
    SessionException refusal;
    try {
      if (course.redirects().size() > context.redirects.max()) {
        refusal = context.failures.tooManyRedirects(detail(), course.redirects());
      } else {
        Notices notices = context.notices;
        if (notices != null) {
          notices.tell(listener -> listener.redirected(this, redirect));
        }
        if (course.follow(redirect)) {
          leave(attempt);
          send();
          return;
        }
        refusal = context.failures.redirectCircle(detail(), course.redirects());
      }
    } catch (RedirectPolicy.Refused e) {
      refusal = context.failures.redirectRefused(detail(), course.redirects(), e);
    } catch (RuntimeException | Error e) {
      refusal = context.failures.requestBody(detail(), e); // the body would not say
    }
    fail(refusal);
  }

  /** The time that the attempt took counts; the attempt itself does not any more. */
  private void leave(@Nullable Attempt over) {
    if (over != null) {
      over.leaveBehind();
      earlier = earlier.plus(over.phases());
      attempt = null;
    }
  }

  private boolean end() {
    if (!ENDED.compareAndSet(this, false, true)) {
      return false;
    }
    limit.end();
    Pause waiting = pause;
    if (waiting != null) {
      waiting.end();
    }
    Attempt last = attempt;
    long queued = last == null ? 0 : last.queuedNanos();
    context.counters.waited(earlier.queue().toNanos() + queued);
    return true;
  }

  private void abandonAttempt(Throwable why) {
    Attempt current = attempt;
    if (current != null) {
      current.abandon(why);
    }
  }
}
