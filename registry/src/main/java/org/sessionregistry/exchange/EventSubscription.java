package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.FailureKind;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.Scheduler;

/**
 * One subscriber's part of an event stream: connecting, open, waiting to connect again, and over
 * once, by an answer that is no stream, a failure that time does not heal, cancelling, or the end
 * of the session.
 *
 * <p>Never broken: while a stream is open only it signals, so that signals never overlap; and when
 * it is over neither a timer nor an exchange is left. Any thread may call; nothing foreign is
 * called under the lock.
 */
final class EventSubscription implements Flow.Subscription, Flow.Subscriber<ServerSentEvent> {
  /** What may be better the next time. */
  private static final Set<FailureKind> TEMPORARY =
      EnumSet.of(
          FailureKind.QUEUE_FULL,
          FailureKind.QUEUE_TIMEOUT,
          FailureKind.HOST_NOT_FOUND,
          FailureKind.DNS_TIMEOUT,
          FailureKind.CONNECTION_FAILED,
          FailureKind.CONNECT_TIMEOUT,
          FailureKind.TLS_HANDSHAKE_TIMEOUT,
          FailureKind.WRITE_TIMEOUT,
          FailureKind.RESPONSE_TIMEOUT,
          FailureKind.READ_TIMEOUT,
          FailureKind.TRUNCATED_RESPONSE,
          FailureKind.CONNECTION_LOST,
          FailureKind.ATTEMPT_TIMEOUT,
          FailureKind.TOTAL_TIMEOUT);

  private final SessionContext context;
  private final EventStream stream;
  private final Flow.Subscriber<? super ServerSentEvent> subscriber;
  private final Runnable whenClosing;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final ReconnectTime time = new ReconnectTime();

  @GuardedBy("lock")
  private long demand;

  @GuardedBy("lock")
  private @Nullable CompletableFuture<Response> connecting;

  @GuardedBy("lock")
  private @Nullable Response response;

  @GuardedBy("lock")
  private @Nullable EventDecoding decoding;

  @GuardedBy("lock")
  private Flow.@Nullable Subscription open;

  @GuardedBy("lock")
  private Scheduler.@Nullable Timer waiting;

  @GuardedBy("lock")
  private String lastEventId = "";

  @GuardedBy("lock")
  private boolean closing;

  @GuardedBy("lock")
  private boolean over;

  EventSubscription(
      SessionContext context,
      EventStream stream,
      Flow.Subscriber<? super ServerSentEvent> subscriber) {
    this.context = context;
    this.stream = stream;
    this.subscriber = subscriber;
    this.startNanos = context.scheduler.nanoTime();
    this.whenClosing = () -> context.callbacks.execute(this::sessionCloses);
  }

  void begin() {
    subscriber.onSubscribe(this);
    context.onClosing(whenClosing);
    connect();
  }

  // ---- the subscriber -------------------------------------------------------------------------

  @Override
  public void request(long n) {
    Flow.Subscription from;
    lock.lock();
    try {
      from = open;
      if (n > 0) {
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      }
    } finally {
      lock.unlock();
    }
    if (from != null) {
      from.request(n);
    } else if (n <= 0) {
      fail(new IllegalArgumentException("a demand of " + n + " (Reactive Streams rule 3.9)"));
    }
  }

  @Override
  public void cancel() {
    end();
  }

  // ---- connecting -----------------------------------------------------------------------------

  private void connect() {
    String id;
    lock.lock();
    try {
      waiting = null;
      if (over) {
        return;
      }
      id = lastEventId;
    } finally {
      lock.unlock();
    }
    CompletableFuture<Response> sent;
    try {
      sent = stream.send(id);
    } catch (RuntimeException e) {
      fail(e); // the request cannot be sent by this session
      return;
    }
    boolean unwanted;
    lock.lock();
    try {
      unwanted = over;
      connecting = sent;
    } finally {
      lock.unlock();
    }
    if (unwanted) {
      sent.cancel(true);
    }
    sent.whenComplete(this::answered);
  }

  private void answered(@Nullable Response answer, @Nullable Throwable failure) {
    boolean unwanted;
    lock.lock();
    try {
      connecting = null;
      unwanted = over;
    } finally {
      lock.unlock();
    }
    if (unwanted) {
      if (answer != null) {
        answer.close();
      }
      return;
    }
    if (answer == null) {
      broken(
          failure instanceof CompletionException e && e.getCause() != null
              ? e.getCause()
              : failure);
    } else if (answer.status() == 204) { // section 9.2.3: the server wants no more
      answer.close();
      complete();
    } else if (!isStream(answer)) {
      answer.close();
      fail(context.failures.noEventStream(detail(answer), answer));
    } else {
      read(answer);
    }
  }

  private static boolean isStream(Response answer) {
    String type = answer.contentType().orElse("").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    return answer.status() == 200
        && (end < 0 ? type : type.substring(0, end)).strip().equals("text/event-stream");
  }

  // ---- reading --------------------------------------------------------------------------------

  private void read(Response answer) {
    EventDecoding events;
    lock.lock();
    try {
      long limit = context.settings.limits().bufferedBody().bytes();
      events =
          new EventDecoding(
              lastEventId, limit, () -> context.failures.pieceTooLarge(detail(answer), "an event"));
      decoding = events;
      response = answer;
      time.opened();
    } finally {
      lock.unlock();
    }
    new DecodedPublisher<>(answer.body(), events).subscribe(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean unwanted;
    long wanted;
    lock.lock();
    try {
      unwanted = over;
      open = unwanted ? null : given;
      wanted = demand;
    } finally {
      lock.unlock();
    }
    if (unwanted) {
      given.cancel();
    } else if (wanted > 0) {
      given.request(wanted);
    }
  }

  @Override
  public void onNext(ServerSentEvent event) {
    lock.lock();
    try {
      demand -= demand == Long.MAX_VALUE ? 0 : 1;
    } finally {
      lock.unlock();
    }
    subscriber.onNext(event);
  }

  @Override
  public void onComplete() {
    again(null);
  }

  @Override
  public void onError(Throwable failure) {
    broken(failure);
  }

  // ---- again or over --------------------------------------------------------------------------

  private void broken(@Nullable Throwable failure) {
    if (isClosing()) {
      fail(context.failures.closed(detail()));
    } else if (failure instanceof SessionException e && TEMPORARY.contains(e.kind())) {
      again(e);
    } else {
      fail(
          failure == null ? new IllegalStateException("neither an answer nor a failure") : failure);
    }
  }

  /** The stream is over, well or badly: after a while it is asked for again. */
  private void again(@Nullable SessionException failure) {
    lock.lock();
    try {
      if (decoding != null) {
        lastEventId = decoding.lastEventId();
        time.told(decoding.retryMillis());
      }
      decoding = null;
      open = null;
      response = null;
      if (!over && !closing) {
        long nanos = failure == null ? time.nanosAfterEnd() : time.nanosAfterFailure();
        waiting = context.scheduler.schedule(nanos, () -> context.callbacks.execute(this::connect));
        return;
      }
    } finally {
      lock.unlock();
    }
    fail(context.failures.closed(detail())); // nothing if it is over
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * An open stream is cut off, and signals that itself; what is not open has nothing to wait for.
   */
  private void sessionCloses() {
    Response cut;
    lock.lock();
    try {
      closing = true;
      cut = response;
    } finally {
      lock.unlock();
    }
    if (cut != null) {
      cut.close();
    } else {
      fail(context.failures.closed(detail()));
    }
  }

  private FailureDetail detail() {
    return detail(context.targets.of(stream.request().reference()).uri());
  }

  private FailureDetail detail(Response answer) {
    return detail(answer.uri());
  }

  private FailureDetail detail(URI uri) {
    long elapsed = context.scheduler.nanoTime() - startNanos;
    return context.failures.detail(stream.request().method(), uri, elapsed, PhaseTimes.NONE);
  }

  private void complete() {
    if (end()) {
      subscriber.onComplete();
    }
  }

  private void fail(Throwable failure) {
    if (end()) {
      subscriber.onError(failure);
    }
  }

  /** Ends it, once, and whatever is under way. */
  private boolean end() {
    CompletableFuture<Response> sent;
    Flow.Subscription from;
    lock.lock();
    try {
      if (over) {
        return false;
      }
      over = true;
      sent = connecting;
      from = open;
      open = null;
      response = null;
      if (waiting != null) {
        waiting.cancel();
        waiting = null;
      }
    } finally {
      lock.unlock();
    }
    context.forget(whenClosing);
    if (sent != null) {
      sent.cancel(true);
    }
    if (from != null) {
      from.cancel();
    }
    return true;
  }
}
