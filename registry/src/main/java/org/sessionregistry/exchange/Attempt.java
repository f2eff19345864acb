package org.sessionregistry.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.HeaderBlock;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.LeaseReceiver;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Refusal;
import org.sessionregistry.connector.Waiter;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.Priority;

/**
 * One lease, one sending, one answer. The wire's events come on the connection's event loop; {@link
 * #abandon} may come from any thread at any time, which is why the lease is looked at again after
 * every step that could miss it.
 *
 * <p>It is long because each event of the pool and of the wire is one method here, and what decides
 * whether it still counts has to be seen in one place.
 */
final class Attempt implements LeaseReceiver, ExchangeEvents {
  private enum Phase {
    ACQUIRING,
    SENDING,
    AWAITING,
    RECEIVING,
    OVER
  }

  private static final VarHandle SETTLED;

  static {
    try {
      SETTLED = MethodHandles.lookup().findVarHandle(Attempt.class, "settled", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Exchange exchange;
  private final SessionContext context;
  private final Outgoing sent;
  private final boolean fresh;
  private final @Nullable Transfer transfer;

  /** Whether interceptors get the answer in place of the exchange. */
  private final boolean intercepted;

  /** Where they get it; null when they have it, so that nothing here holds a response. */
  private volatile @Nullable CompletableFuture<Response> answer;

  /** Whether it has an answer, or a failure, or was given up: the first of them counts. */
  @SuppressWarnings("unused") // through SETTLED
  private volatile boolean settled;

  private volatile boolean givenUp;
  private @Nullable String authorization;
  private volatile Phase phase = Phase.ACQUIRING;
  private volatile @Nullable Waiter waiter;
  private volatile @Nullable Lease lease;
  private volatile @Nullable BodyBuffer body;

  /** Confined to the event loop. */
  private Headers trailers = Headers.empty();

  /** What the application has yet to be told; confined to the event loop. */
  private @Nullable StandardResponse untold;

  private volatile @Nullable Sequel sequel;

  private final AttemptTimes times;
  private final AttemptLimits limits = new AttemptLimits();

  private final ResponseWatch watch;

  Attempt(
      Exchange exchange,
      Outgoing sent,
      boolean fresh,
      @Nullable CompletableFuture<Response> answer) {
    this.exchange = exchange;
    this.context = exchange.context();
    this.sent = sent;
    this.fresh = fresh;
    this.transfer = Transfer.of(exchange, sent);
    this.answer = answer;
    this.intercepted = answer != null;
    this.times = new AttemptTimes(context.scheduler);
    this.watch = new ResponseWatch(context.leaks);
  }

  /** The same once more. */
  Attempt repeated() {
    return new Attempt(exchange, sent, false, answer);
  }

  /** The same on a fresh connection. */
  Attempt again() {
    return new Attempt(exchange, sent, true, answer);
  }

  /** What it sends. */
  Outgoing sent() {
    return sent;
  }

  private boolean settle() {
    return SETTLED.compareAndSet(this, false, true);
  }

  /** It failed before there was an answer. */
  void report(SessionException failure) {
    CompletableFuture<Response> interceptors = answer;
    if (interceptors == null) {
      exchange.attemptFailed(failure);
    } else {
      leave();
      interceptors.completeExceptionally(failure);
    }
  }

  /** Whether this is the second attempt, which takes no connection that was idle. */
  boolean isFresh() {
    return fresh;
  }

  /** Whether it has, or had, a connection. */
  boolean wasLeased() {
    return times.wasLeased();
  }

  // ---- acquiring ------------------------------------------------------------------------------

  void start() {
    limits.limitWhole(
        context.attempt, () -> expire(() -> phase != Phase.OVER, context.failures::attemptTimeout));
    Waiter waiting = context.pool.acquire(sent.target().route(), priority(), fresh, this);
    if (waiting == null) {
      return;
    }
    Notices notices = context.notices;
    if (notices != null && phase == Phase.ACQUIRING) {
      notices.tell(listener -> listener.queued(exchange));
    }
    waiter = waiting;
    limits.limitQueue(context.queue, () -> queueExpired(waiting));
    if (phase != Phase.ACQUIRING) {
      limits.endQueue(); // served before there was a deadline to cancel
    }
    if (exchange.isEnded() || givenUp) {
      giveBack(); // it ended before there was a waiter to cancel
    }
  }

  private Priority priority() {
    return exchange.request().priority().orElse(context.settings.priority());
  }

  private void queueExpired(Waiter waiting) {
    boolean withoutPermit = waiting.isWithoutPermit();
    if (waiting.cancelIfQueued()) {
      exchange.failLater(detail -> context.failures.queueTimeout(detail, withoutPermit));
    }
  }

  @Override
  public void leased(Lease given) {
    lease = given;
    times.leased(given);
    enter(Phase.SENDING);
    if (exchange.isEnded() || givenUp) {
      returnUnused(given);
      return;
    }
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.leased(exchange, times.connection(given)));
    }
    OutgoingRequest request;
    try {
      request = outgoing();
    } catch (RuntimeException | Error e) {
      // The application's body or its cookies failed; the connection is as good as it was.
      returnUnused(given);
      exchange.fail(context.failures.requestBody(exchange.detail(), e));
      return;
    }
    if (notices != null) {
      Headers sending = Headers.of(request.headers());
      notices.tell(listener -> listener.sending(exchange, sending));
    }
    if (request.continueNanos() == 0) {
      armWrite(); // else when the body begins, which is after a time of its own
    }
    given.connection().exchange(request, this);
    if (exchange.isEnded() || givenUp || given.isCutOff()) {
      given.connection().cancel(this); // it was given up before there was anything to cancel
    }
  }

  /** Not from within the pool's callback: the next receiver might return it as well, and so on. */
  private void returnUnused(Lease given) {
    lease = null; // so that nobody closes what is as good as it was
    context.callbacks.execute(given::returnUnused);
  }

  private OutgoingRequest outgoing() {
    RequestBody content = sent.body();
    HeaderBlock fields = sent.complete() ? HeaderBlock.of(context.headers.frame(sent)) : headers();
    byte[] bytes = content.inMemory().orElse(null);
    Flow.Publisher<ByteBuffer> stream = bytes == null ? content.open(context.blocking) : null;
    Transfer more = transfer;
    HeaderBlock head = more == null ? fields : HeaderBlock.of(more.fields(fields.fields()));
    return new OutgoingRequest(
        sent.method(),
        sent.target().requestTarget(),
        head,
        bytes,
        stream,
        content.contentLength().orElse(-1),
        more == null ? 0 : more.continueNanos(),
        more == null ? null : more.trailers());
  }

  private HeaderBlock headers() {
    Credentials who = exchange.course().credentials();
    if (who != null) {
      authorization = who.authorization(sent.method(), sent.target().requestTarget());
    }
    return context.headers.merge(
        sent, sent.target().cookies(exchange.course().cookies()), authorization);
  }

  @Override
  public void cutOff(Lease given) {
    given.connection().cancel(this);
  }

  @Override
  public void refused(Refusal refusal) {
    enter(Phase.OVER);
    if (!settle()) {
      return;
    }
    if (refusal instanceof Refusal.QueueFull full) {
      exchange.fail(context.failures.queueFull(exchange.detail(full.pool()), full));
    } else if (refusal instanceof Refusal.DialFailed failed) {
      times.dialled(failed.timing());
      report(context.failures.dial(exchange.detail(), failed.failure()));
    } else {
      exchange.fail(context.failures.closed(exchange.detail()));
    }
  }

  // ---- the wire -------------------------------------------------------------------------------

  @Override
  public void bodyBegun() {
    if (transfer != null) {
      transfer.bodyBegun();
    }
    if (phase == Phase.SENDING) {
      armWrite();
    }
  }

  @Override
  public void written(long bytes) {
    context.counters.sent(bytes);
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.bodySent(exchange, bytes));
    }
    if (phase == Phase.SENDING) {
      armWrite();
    }
    if (transfer != null) {
      transfer.written(bytes);
    }
  }

  @Override
  public void requestSent() {
    if (phase == Phase.SENDING) {
      times.sent();
      enter(Phase.AWAITING);
      limits.limitPhase(
          context.response, () -> expire(Phase.AWAITING, context.failures::responseTimeout));
    }
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.requestSent(exchange));
    }
  }

  private void armWrite() {
    limits.limitPhase(context.write, () -> expire(Phase.SENDING, context.failures::writeTimeout));
  }

  private void expire(Phase during, Exchange.FailureMaker failure) {
    expire(() -> phase == during, failure);
  }

  private void expire(BooleanSupplier still, Exchange.FailureMaker failure) {
    exchange.later(
        still,
        failure,
        made -> {
          if (settle()) {
            givenUp = true;
            giveBack();
            report(made);
          } else {
            exchange.fail(made);
          }
        });
  }

  @Override
  public void informational(int status, String[] fields) {
    if (transfer != null) {
      transfer.informational(status, fields);
    }
  }

  @Override
  public void head(String version, int status, String reason, String[] fields) {
    times.head();
    enter(Phase.RECEIVING);
    Lease held = lease;
    if (held == null) {
      throw new IllegalStateException("a response without a lease");
    }
    if (!settle()) {
      return; // given up in this very moment
    }
    Headers headers = Headers.of(fields);
    if (headers.contains("Set-Cookie") && !keepCookies(headers)) {
      return;
    }
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.responded(exchange, status, headers));
    }
    sequel = sequel(status, headers);
    if (sequel != null) {
      held.connection().discard(this); // what comes with it, nobody will read
      return;
    }
    BodyBuffer buffer = new BodyBuffer(exchange, held.connection(), this);
    body = buffer;
    StandardResponse response =
        new StandardResponse(exchange, sent, buffer, version, status, reason, headers);
    watch.begin(response, exchange, buffer);
    CompletableFuture<Response> interceptors = answer;
    answer = null;
    if (interceptors != null) {
      if (!interceptors.complete(response)) {
        response.close();
      }
    } else if (exchange.isRaised(status)) {
      exchange.respond(response);
    } else {
      untold = response;
    }
  }

  @Override
  public void readComplete() {
    tell();
  }

  /**
   * Not before all that came together is here: then the body of a small response is complete, and
   * whoever reads it need not wait for it, be woken, nor have a time limit.
   */
  private void tell() {
    StandardResponse response = untold;
    if (response != null) {
      untold = null;
      exchange.respond(response);
    }
  }

  /** What a jar of the application throws is its failure, and no fault of the connection. */
  private boolean keepCookies(Headers headers) {
    CookieJar jar = exchange.course().cookies();
    try {
      jar.store(sent.target().uri(), headers.all("Set-Cookie"));
      return true;
    } catch (RuntimeException | Error e) {
      exchange.fail(context.failures.cookieJar(exchange.detail(), jar, e));
      return false;
    }
  }

  private @Nullable Sequel sequel(int status, Headers headers) {
    if (status < 300 && context.credentials == null) {
      return null;
    }
    if (transfer != null && transfer.isExpectationRefused(status)) {
      return new Sequel.Unexpecting(this);
    }
    return intercepted
        ? null
        : exchange.course().after(status, headers, authorization, exchange.limit().left());
  }

  @Override
  public boolean data(byte[] bytes) {
    context.counters.received(bytes.length);
    Notices notices = context.notices;
    if (notices != null) {
      int length = bytes.length;
      notices.tell(listener -> listener.bodyReceived(exchange, length));
    }
    BodyBuffer buffer = body;
    if (buffer == null) {
      return true;
    }
    watch.partCame(exchange, buffer);
    boolean room = buffer.offer(bytes);
    if (room || untold == null) {
      return room;
    }
    tell();
    return buffer.hasRoom();
  }

  @Override
  public void trailers(String[] fields) {
    trailers = Headers.of(fields);
  }

  @Override
  public void ended(long keepAliveNanos) {
    watch.bodyEnded();
    leave();
    Lease held = lease;
    if (held != null) {
      held.release(keepAliveNanos); // first, so that whoever waits for the body can reuse it
      released(keepAliveNanos > 0);
    }
    Sequel next = sequel;
    BodyBuffer buffer = body;
    if (next != null) {
      exchange.proceed(next);
    } else if (buffer != null) {
      if (intercepted && !givenUp) {
        exchange.succeedIfOver();
      } else if (!givenUp) {
        exchange.succeed();
      }
      buffer.complete(trailers);
      tell();
    }
  }

  @Override
  public void failed(WireFailure failure) {
    tell(); // its head was well
    watch.bodyEnded();
    Lease held = lease;
    boolean stale = held != null && !held.fresh();
    if (held != null) {
      held.discard();
      released(held.connection().multiplexes());
    }
    Sequel next = sequel;
    if (next != null) {
      leave();
      exchange.proceed(next); // its body may have been cut short, its head was not
    } else if (settle()) {
      exchange.attemptFailed(this, failure, stale);
      enter(Phase.OVER);
    } else {
      leave();
      bodyFailed(failure);
    }
  }

  private void bodyFailed(WireFailure failure) {
    BodyBuffer buffer = body;
    if (givenUp || buffer == null) {
      return;
    }
    if (failure.kind() == WireFailure.Kind.DISCARDED && exchange.isAnswered()) {
      exchange.closeEarly();
      return;
    }
    SessionException made =
        context.stage() == SessionContext.Stage.CUT_OFF
            ? context.failures.cutOff(exchange.detail())
            : context.failures.wire(exchange.detail(), failure);
    if (exchange.isAnswered() || !intercepted) {
      exchange.fail(made);
    } else {
      buffer.fail(made); // for the interceptor to judge
    }
  }

  private void released(boolean reusable) {
    Notices notices = context.notices;
    if (notices != null) {
      notices.tell(listener -> listener.released(exchange, reusable));
    }
  }

  // ---- the end --------------------------------------------------------------------------------

  /** The attempt is over, whatever becomes of the exchange. */
  void leave() {
    enter(Phase.OVER);
  }

  /** The exchange goes on without it; what remains of its body concerns nobody. */
  void leaveBehind() {
    givenUp = true;
    leave();
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  /** The exchange has ended, and not because of this attempt: nothing may be left behind. */
  void abandon(Throwable why) {
    settle();
    giveBack();
    CompletableFuture<Response> interceptors = answer;
    if (interceptors != null) {
      interceptors.completeExceptionally(why);
    }
  }

  /** The exchange failed; so does what its reader waits for. */
  void failBody(SessionException failure) {
    BodyBuffer buffer = body;
    if (buffer != null) {
      buffer.fail(failure);
    }
  }

  private void giveBack() {
    enter(Phase.OVER);
    Waiter waiting = waiter;
    if (waiting != null && waiting.cancel()) {
      return;
    }
    Lease held = lease;
    if (held != null) {
      held.connection().cancel(this);
      held.discard();
    }
  }

  private void enter(Phase next) {
    phase = next;
    if (next == Phase.OVER) {
      limits.endAll();
      watch.end();
    } else {
      limits.endPhase();
      limits.endQueue();
    }
  }

  /** How long it was in the queue. */
  long queuedNanos() {
    Waiter waited = waiter;
    return waited == null ? 0 : waited.queuedNanos();
  }

  /** Where the time went until now. */
  PhaseTimes phases() {
    return times.phases(waiter);
  }
}
