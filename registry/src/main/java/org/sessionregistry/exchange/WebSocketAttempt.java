package org.sessionregistry.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.Headers;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Redirect;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.LeaseReceiver;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Refusal;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.connector.Waiter;
import org.sessionregistry.connector.WebSocketConnection;

/**
 * One lease, one opening handshake, one answer. The connection is always a new one, so nothing has
 * to be tried twice. The wire's events come on its event loop; {@link #abandon} may come from any
 * thread at any time, which is why the lease is looked at again after every step that could miss
 * it.
 */
final class WebSocketAttempt implements LeaseReceiver, ExchangeEvents {
  /** What is kept of the body of a refusal, and how long it is waited for. */
  private static final int BODY_BYTES = 2048;

  private static final long BODY_MILLIS = 500;

  private final WebSocketOpening opening;
  private final SessionContext context;
  private final Outgoing sent;
  private final WebSocketHandshake handshake;
  private volatile @Nullable Waiter waiter;
  private volatile @Nullable Lease lease;

  /** What the session's credentials say in it; null for nothing. */
  private volatile @Nullable String authorization;

  private volatile long leasedNanos;
  private volatile long sentNanos;
  private volatile long headNanos;
  private volatile Timing dialled = Timing.NONE;
  private volatile Deadlines.@Nullable Deadline attemptDeadline;
  private volatile Deadlines.@Nullable Deadline queueDeadline;
  private volatile Deadlines.@Nullable Deadline responseDeadline;

  // Confined to the event loop.
  private @Nullable Refused refused;
  private boolean over;

  /** An answer that is no 101, and what has come of its body. */
  private static final class Refused {
    final int status;
    final String reason;
    final Headers headers;
    final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    Scheduler.@Nullable Timer timer;

    Refused(int status, String reason, Headers headers) {
      this.status = status;
      this.reason = reason;
      this.headers = headers;
    }
  }

  WebSocketAttempt(WebSocketOpening opening) {
    this.opening = opening;
    this.context = opening.context();
    this.sent = opening.outgoing();
    this.handshake = new WebSocketHandshake(opening.request());
  }

  boolean wasLeased() {
    return leasedNanos != 0;
  }

  // ---- acquiring -------------------------------------------------------------------------------

  void start() {
    Deadlines whole = context.attempt;
    if (whole != null) {
      attemptDeadline = whole.add(() -> opening.failLater(d -> context.failures.attemptTimeout(d)));
    }
    Waiter waiting =
        context.pool.acquire(
            sent.target().route().forWebSocket(),
            opening.handshake().priority().orElse(context.settings.priority()),
            true,
            this);
    if (waiting == null) {
      return;
    }
    waiter = waiting;
    Deadlines limit = context.queue;
    if (limit != null) {
      queueDeadline = limit.add(() -> queueExpired(waiting));
      if (leasedNanos != 0) {
        cancel(queueDeadline); // served before there was a deadline to cancel
      }
    }
  }

  private void queueExpired(Waiter waiting) {
    boolean withoutPermit = waiting.isWithoutPermit();
    if (waiting.cancelIfQueued()) {
      opening.failLater(detail -> context.failures.queueTimeout(detail, withoutPermit));
    }
  }

  @Override
  public void leased(Lease given) {
    leasedNanos = context.scheduler.nanoTime();
    dialled = given.timing();
    cancel(queueDeadline);
    lease = given;
    if (opening.isEnded()) {
      returnUnused(given);
      return;
    }
    OutgoingRequest request;
    try {
      Credentials who = context.credentialsFor(sent);
      String said =
          who == null ? null : who.authorization(sent.method(), sent.target().requestTarget());
      authorization = said;
      request =
          new OutgoingRequest(
              sent.method(),
              sent.target().requestTarget(),
              handshake.fields(
                  context
                      .headers
                      .merge(sent, sent.target().cookies(context.cookies), said)
                      .fields()),
              null,
              null,
              0);
    } catch (RuntimeException | Error e) {
      returnUnused(given);
      opening.fail(context.failures.requestBody(opening.detail(), e));
      return;
    }
    given.connection().exchange(request, this);
    if (opening.isEnded() || given.isCutOff()) {
      given.connection().cancel(this); // it was given up before there was anything to cancel
    }
  }

  /** Not from within the pool's callback: the next receiver might return it as well, and so on. */
  private void returnUnused(Lease given) {
    context.callbacks.execute(given::discard);
  }

  @Override
  public void cutOff(Lease given) {
    given.connection().close();
  }

  @Override
  public void refused(Refusal refusal) {
    leave();
    if (refusal instanceof Refusal.QueueFull full) {
      FailureDetail detail = opening.detail().withPool(Snapshots.statistics(full.pool()));
      opening.fail(context.failures.queueFull(detail, full));
    } else if (refusal instanceof Refusal.DialFailed failed) {
      dialled = failed.timing();
      opening.fail(context.failures.dial(opening.detail(), failed.failure()));
    } else {
      opening.fail(context.failures.closed(opening.detail()));
    }
  }

  // ---- the wire --------------------------------------------------------------------------------

  @Override
  public void written(long bytes) {}

  @Override
  public void requestSent() {
    sentNanos = context.scheduler.nanoTime();
    Deadlines limit = context.response;
    if (limit != null && headNanos == 0) {
      responseDeadline =
          limit.add(() -> opening.failLater(d -> context.failures.responseTimeout(d)));
    }
  }

  @Override
  public void head(String version, int status, String reason, String[] fields) {
    headNanos = context.scheduler.nanoTime();
    leave();
    Lease held = lease;
    if (held == null) {
      throw new IllegalStateException("an answer without a lease");
    }
    Headers headers = Headers.of(fields);
    if (headers.contains("Set-Cookie")) {
      context.cookies.store(sent.target().uri(), headers.all("Set-Cookie"));
    }
    Credentials who = context.credentialsFor(sent);
    if (who != null && status != 401) {
      who.accepted(headers);
    }
    if (status == 101) {
      agree(held, headers);
    } else if (status == 401 && opening.canAuthenticate(headers, authorization)) {
      over = true;
      drop(held);
      opening.again(this);
    } else if (context.redirects.applies(status, headers)) {
      over = true;
      drop(held);
      opening.follow(this, new Redirect(sent.target().uri(), status, headers));
    } else {
      Refused answer = new Refused(status, reason, headers);
      refused = answer;
      answer.timer =
          context.scheduler.schedule(
              TimeUnit.MILLISECONDS.toNanos(BODY_MILLIS),
              () -> context.callbacks.execute(() -> held.connection().cancel(this)));
    }
  }

  private void agree(Lease held, Headers headers) {
    over = true;
    WebSocketHandshake.Agreement agreement;
    try {
      agreement = handshake.agreed(headers);
    } catch (IllegalArgumentException e) {
      drop(held);
      opening.fail(
          context.webSocketFailures.notAgreed(
              opening.detail(), headers, String.valueOf(e.getMessage())));
      return;
    }
    if (held.connection() instanceof WebSocketConnection connection) {
      opening.open(connection, held, headers, agreement);
    } else {
      throw new IllegalStateException("the connection cannot become a WebSocket");
    }
  }

  @Override
  public boolean data(byte[] bytes) {
    Refused answer = refused;
    if (answer != null && !over) {
      int room = BODY_BYTES - answer.body.size();
      answer.body.write(bytes, 0, Math.min(room, bytes.length));
      if (bytes.length >= room) {
        failRefused(answer);
      }
    }
    return true;
  }

  @Override
  public void ended(long keepAliveNanos) {
    Refused answer = refused;
    if (answer != null) {
      failRefused(answer);
    }
  }

  @Override
  public void failed(WireFailure failure) {
    leave();
    Lease held = lease;
    if (held != null) {
      held.discard();
    }
    Refused answer = refused;
    if (over) {
      return;
    }
    if (answer != null) {
      failRefused(answer); // its body may have been cut short, its head was not
      return;
    }
    over = true;
    SessionException why =
        context.stage() == SessionContext.Stage.CUT_OFF
            ? context.failures.cutOff(opening.detail())
            : context.failures.wire(opening.detail(), failure);
    opening.fail(why);
  }

  private void failRefused(Refused answer) {
    if (over) {
      return;
    }
    over = true;
    Scheduler.Timer timer = answer.timer;
    if (timer != null) {
      timer.cancel();
    }
    Lease held = lease;
    if (held != null) {
      drop(held);
    }
    opening.fail(
        context.webSocketFailures.refused(
            opening.detail(),
            answer.status,
            answer.reason,
            answer.headers,
            answer.body.toString(StandardCharsets.UTF_8)));
  }

  private void drop(Lease held) {
    held.connection().close();
    held.discard();
  }

  // ---- the end ---------------------------------------------------------------------------------

  /** The opening has ended, and not because of this attempt: nothing may be left behind. */
  void abandon() {
    leave();
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

  private void leave() {
    cancel(attemptDeadline);
    cancel(queueDeadline);
    cancel(responseDeadline);
  }

  private static void cancel(Deadlines.@Nullable Deadline deadline) {
    if (deadline != null) {
      deadline.cancel();
    }
  }

  long queuedNanos() {
    Waiter waited = waiter;
    return waited == null ? 0 : waited.queuedNanos();
  }

  PhaseTimes phases() {
    long now = context.scheduler.nanoTime();
    Waiter waited = waiter;
    Timing dial = dialled;
    if (leasedNanos == 0 && waited != null && dial.equals(Timing.NONE)) {
      dial = waited.openingTiming();
    }
    return new PhaseTimes(
        Duration.ofNanos(queuedNanos()),
        Duration.ofNanos(dial.dnsNanos()),
        Duration.ofNanos(dial.connectNanos()),
        Duration.ofNanos(dial.tlsNanos()),
        between(leasedNanos, sentNanos == 0 ? headNanos : sentNanos, now),
        between(sentNanos, headNanos, now),
        Duration.ZERO);
  }

  private static Duration between(long begun, long ended, long now) {
    return begun == 0 ? Duration.ZERO : Duration.ofNanos((ended == 0 ? now : ended) - begun);
  }
}
