package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Redirect;
import org.sessionregistry.RequestBody;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.LeaseReceiver;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Refusal;
import org.sessionregistry.connector.Waiter;
import org.sessionregistry.settings.Priority;

/**
 * One lease, one sending, one answer. The wire's events come on the connection's event loop; {@link
 * #abandon} may come from any thread at any time, which is why the lease is looked at again after
 * every step that could miss it.
 */
final class Attempt implements LeaseReceiver, ExchangeEvents {
  private enum Phase {
    ACQUIRING,
    SENDING,
    AWAITING,
    RECEIVING,
    OVER
  }

  private final Exchange exchange;
  private final SessionContext context;
  private final Outgoing sent;
  private final boolean fresh;
  private final @Nullable Transfer transfer;
  private volatile Phase phase = Phase.ACQUIRING;
  private volatile @Nullable Waiter waiter;
  private volatile @Nullable Lease lease;
  private volatile @Nullable BodyBuffer body;
  private volatile @Nullable Redirect redirect;
  private volatile boolean expectationRefused;

  /** Confined to the event loop. */
  private Headers trailers = Headers.empty();

  // When each phase ended, 0 while it has not; written by one thread at a time.
  private volatile long leasedNanos;
  private volatile long sentNanos;
  private volatile long headNanos;
  private volatile Timing dialled = Timing.NONE;

  private volatile Deadlines.@Nullable Deadline attemptDeadline;
  private volatile Deadlines.@Nullable Deadline queueDeadline;
  private volatile Deadlines.@Nullable Deadline phaseDeadline;

  Attempt(Exchange exchange, boolean fresh) {
    this.exchange = exchange;
    this.context = exchange.context();
    this.sent = exchange.outgoing();
    this.fresh = fresh;
    this.transfer = Transfer.of(exchange, sent);
  }

  /** Whether this is the second attempt, which takes no connection that was idle. */
  boolean isFresh() {
    return fresh;
  }

  /** Whether it has, or had, a connection. */
  boolean wasLeased() {
    return leasedNanos != 0;
  }

  // ---- acquiring ------------------------------------------------------------------------------

  void start() {
    Deadlines limit = context.attempt;
    if (limit != null) {
      attemptDeadline =
          limit.add(() -> exchange.failLater(d -> context.failures.attemptTimeout(d)));
    }
    Waiter waiting = context.pool.acquire(sent.target().route(), priority(), fresh, this);
    if (waiting == null) {
      return;
    }
    waiter = waiting;
    Deadlines queueLimit = context.queue;
    if (queueLimit != null) {
      Deadlines.Deadline added = queueLimit.add(() -> queueExpired(waiting));
      queueDeadline = added;
      if (phase != Phase.ACQUIRING) {
        added.cancel(); // served before there was a deadline to cancel
      }
    }
    if (exchange.isEnded()) {
      abandon(); // it ended before there was a waiter to cancel
    }
  }

  private Priority priority() {
    return exchange.request().priority().orElse(context.settings.priority());
  }

  private void queueExpired(Waiter waiting) {
    if (waiting.cancelIfQueued()) {
      exchange.failLater(detail -> context.failures.queueTimeout(detail));
    }
  }

  @Override
  public void leased(Lease given) {
    lease = given;
    leasedNanos = context.scheduler.nanoTime();
    if (given.fresh()) {
      dialled = given.timing();
    }
    enter(Phase.SENDING);
    if (exchange.isEnded()) {
      returnUnused(given);
      return;
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
    if (request.continueNanos() == 0) {
      armWrite(); // else when the body begins, which is after a time of its own
    }
    given.connection().exchange(request, this);
    if (exchange.isEnded() || given.isCutOff()) {
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
    String[] fields = context.headers.merge(sent, context.cookies.header(sent.target().uri()));
    byte[] bytes = content.inMemory().orElse(null);
    Flow.Publisher<ByteBuffer> stream = bytes == null ? content.open(context.blocking) : null;
    Transfer more = transfer;
    String[] head = more == null ? fields : more.fields(fields);
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

  @Override
  public void cutOff(Lease given) {
    given.connection().cancel(this);
  }

  @Override
  public void refused(Refusal refusal) {
    enter(Phase.OVER);
    if (refusal instanceof Refusal.QueueFull full) {
      exchange.fail(context.failures.queueFull(exchange.detail(full.pool()), full));
    } else if (refusal instanceof Refusal.DialFailed failed) {
      dialled = failed.timing();
      exchange.fail(context.failures.dial(exchange.detail(), failed.failure()));
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
      sentNanos = context.scheduler.nanoTime();
      enter(Phase.AWAITING);
      Deadlines limit = context.response;
      if (limit != null) {
        phaseDeadline =
            limit.add(() -> expire(Phase.AWAITING, d -> context.failures.responseTimeout(d)));
      }
    }
  }

  private void armWrite() {
    Deadlines limit = context.write;
    if (limit != null) {
      cancelPhaseDeadline();
      phaseDeadline = limit.add(() -> expire(Phase.SENDING, d -> context.failures.writeTimeout(d)));
    }
  }

  private void expire(Phase during, Exchange.FailureMaker failure) {
    exchange.failLater(() -> phase == during, failure);
  }

  @Override
  public void informational(int status, String[] fields) {
    if (transfer != null) {
      transfer.informational(status, fields);
    }
  }

  @Override
  public void head(String version, int status, String reason, String[] fields) {
    headNanos = context.scheduler.nanoTime();
    enter(Phase.RECEIVING);
    Headers headers = Headers.of(fields);
    if (headers.contains("Set-Cookie")) {
      context.cookies.store(sent.target().uri(), headers.all("Set-Cookie"));
    }
    Lease held = lease;
    if (held == null) {
      throw new IllegalStateException("a response without a lease");
    }
    if (context.redirects.applies(status, headers)) {
      redirect = new Redirect(sent.target().uri(), status, headers);
      held.connection().discard(this); // what comes with it, nobody will read
      return;
    }
    if (transfer != null && transfer.isExpectationRefused(status)) {
      expectationRefused = true;
      held.connection().discard(this);
      return;
    }
    BodyBuffer buffer = new BodyBuffer(exchange, held.connection(), this);
    body = buffer;
    exchange.respond(new StandardResponse(exchange, buffer, version, status, reason, headers));
  }

  @Override
  public boolean data(byte[] bytes) {
    context.counters.received(bytes.length);
    BodyBuffer buffer = body;
    return buffer == null || buffer.offer(bytes);
  }

  @Override
  public void trailers(String[] fields) {
    trailers = Headers.of(fields);
  }

  @Override
  public void ended(long keepAliveNanos) {
    leave();
    Lease held = lease;
    if (held != null) {
      held.release(keepAliveNanos); // first, so that whoever waits for the body can reuse it
    }
    Redirect elsewhere = redirect;
    if (elsewhere != null) {
      exchange.follow(this, elsewhere);
      return;
    }
    if (expectationRefused) {
      exchange.sendWithoutExpectation(this);
      return;
    }
    exchange.succeed();
    BodyBuffer buffer = body;
    if (buffer != null) {
      buffer.complete(trailers);
    }
  }

  @Override
  public void failed(WireFailure failure) {
    Lease held = lease;
    boolean stale = held != null && !held.fresh();
    if (held != null) {
      held.discard();
    }
    Redirect elsewhere = redirect;
    if (elsewhere != null) {
      leave();
      exchange.follow(this, elsewhere); // its body may have been cut short, its head was not
    } else if (expectationRefused) {
      leave();
      exchange.sendWithoutExpectation(this);
    } else if (failure.kind() == WireFailure.Kind.DISCARDED) {
      leave();
      exchange.closeEarly();
    } else {
      exchange.attemptFailed(this, failure, stale);
      enter(Phase.OVER);
    }
  }

  // ---- the end --------------------------------------------------------------------------------

  /** The attempt is over, whatever becomes of the exchange. */
  void leave() {
    enter(Phase.OVER);
  }

  /** The exchange has ended, and not because of this attempt: nothing may be left behind. */
  void abandon() {
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
    cancelPhaseDeadline();
    Deadlines.Deadline queued = queueDeadline;
    if (queued != null) {
      queued.cancel();
    }
    Deadlines.Deadline whole = attemptDeadline;
    if (next == Phase.OVER && whole != null) {
      whole.cancel();
    }
  }

  private void cancelPhaseDeadline() {
    Deadlines.Deadline current = phaseDeadline;
    if (current != null) {
      phaseDeadline = null;
      current.cancel();
    }
  }

  /** How long it was in the queue. */
  long queuedNanos() {
    Waiter waited = waiter;
    return waited == null ? 0 : waited.queuedNanos();
  }

  /** Where the time went until now. */
  PhaseTimes phases() {
    long now = context.scheduler.nanoTime();
    Waiter waited = waiter;
    long queued = queuedNanos();
    Timing dial = dialled;
    if (leasedNanos == 0 && waited != null && dial.equals(Timing.NONE)) {
      dial = waited.openingTiming();
    }
    return new PhaseTimes(
        Duration.ofNanos(queued),
        Duration.ofNanos(dial.dnsNanos()),
        Duration.ofNanos(dial.connectNanos()),
        Duration.ofNanos(dial.tlsNanos()),
        between(leasedNanos, sentNanos == 0 ? headNanos : sentNanos, now),
        between(sentNanos, headNanos, now),
        between(headNanos, 0, now));
  }

  private static Duration between(long begun, long ended, long now) {
    if (begun == 0) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((ended == 0 ? now : ended) - begun);
  }
}
