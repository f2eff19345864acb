package org.sessionregistry.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.Headers;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.Redirect;
import org.sessionregistry.Request;
import org.sessionregistry.SessionException;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketRequest;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.connector.WebSocketConnection;
import org.sessionregistry.settings.HttpVersionPreference;

/**
 * The opening of a WebSocket as the application sees it: one future, one time limit, one outcome,
 * and an attempt for each redirect and for other credentials. It ends exactly once; what was opened
 * by then counts as in flight until the WebSocket itself has ended. Thread-safe.
 */
public final class WebSocketOpening {
  private final SessionContext context;
  private final WebSocketRequest request;
  private final @Nullable MessageInbox inbox;
  private final WebSocketListener listener;
  private final Route home;
  private final long startNanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final WebSocketFuture future = new WebSocketFuture(this::cancel);

  /** Whether the connection belongs to a WebSocket now, which gives it back. */
  private volatile boolean opened;

  private volatile Outgoing outgoing;
  private volatile List<Redirect> history = List.of();
  private volatile PhaseTimes earlier = PhaseTimes.NONE;

  /** How often the answer was 401. Confined to its attempts, which come one after the other. */
  private int refusals;

  /** While it waits for a token. */
  private volatile @Nullable Pause pause;

  private volatile @Nullable WebSocketAttempt attempt;
  private volatile Scheduler.@Nullable Timer timer;

  private WebSocketOpening(
      SessionContext context,
      WebSocketRequest request,
      Optional<WebSocketListener> listener,
      Target target) {
    this.context = context;
    this.request = request;
    this.inbox = listener.isPresent() ? null : new MessageInbox();
    this.listener = listener.orElseGet(() -> WebSocketListener.ofMessages(inbox()));
    this.home = target.route();
    this.outgoing = Outgoing.of(request.handshake(), target);
    this.startNanos = context.scheduler.nanoTime();
  }

  private MessageInbox inbox() {
    MessageInbox mine = inbox;
    if (mine == null) {
      throw new IllegalStateException("there is a listener");
    }
    return mine;
  }

  /**
   * Opens a WebSocket.
   *
   * @param context the session's
   * @param request what it is opened with
   * @param listener hears what comes; without one, messages are fetched
   * @return completes when it is open
   * @throws IllegalArgumentException if the URI cannot be used
   */
  public static CompletableFuture<WebSocketSession> start(
      SessionContext context, WebSocketRequest request, Optional<WebSocketListener> listener) {
    Target target = context.targets.of(asHttp(request.handshake().reference()));
    if (target.uri().getRawFragment() != null) {
      throw new IllegalArgumentException("a WebSocket's URI has no fragment (RFC 6455 section 3)");
    }
    WebSocketOpening opening = new WebSocketOpening(context, request, listener, target);
    context.counters.started();
    SessionContext successor = context.successor(); // after it was counted, see isIdle
    if (successor != null) {
      context.counters.begunElsewhere();
      return start(successor, request, listener);
    }
    if (!context.isOpen()) {
      opening.fail(context.failures.closed(opening.detail()));
    } else if (context.settings.httpVersion() == HttpVersionPreference.HTTP_2) {
      opening.fail(context.webSocketFailures.needsHttp1(opening.detail()));
    } else {
      opening.limitTotal();
      opening.next();
    }
    return opening.future;
  }

  /** The same place as the rest of the session knows it. */
  static String asHttp(String reference) {
    String lower = reference.substring(0, Math.min(4, reference.length())).toLowerCase(Locale.ROOT);
    if (lower.startsWith("ws:")) {
      return "http" + reference.substring(2);
    }
    return lower.equals("wss:") ? "https" + reference.substring(3) : reference;
  }

  private static URI asWebSocket(URI uri) {
    return URI.create("ws" + uri.toString().substring("http".length()));
  }

  /** Attempts it, once it is known who is asking. */
  private void next() {
    Credentials who = context.credentialsFor(outgoing);
    if (who == null || who.ready()) {
      attempt();
      return;
    }
    Pause asking = Pause.begin(context, () -> fail(context.failures.closed(detail())));
    pause = asking;
    if (ended.get()) {
      asking.end(); // it ended before there was a pause to end
    }
    who.prepare().whenComplete((ready, failure) -> prepared(asking, failure));
  }

  private void prepared(Pause asking, @Nullable Throwable failure) {
    pause = null;
    if (!asking.end() || ended.get()) {
      return;
    }
    if (failure == null) {
      attempt();
    } else {
      fail(context.failures.credentials(detail(), Interception.cause(failure)));
    }
  }

  private void attempt() {
    WebSocketAttempt next = new WebSocketAttempt(this);
    attempt = next;
    next.start();
    if (ended.get() && !opened) {
      next.abandon(); // it ended before there was an attempt to give up
    }
  }

  private void limitTotal() {
    Optional<Duration> own = request.handshake().timeout();
    Duration limit = own.orElse(context.settings.timeout().total());
    if (!limit.isZero()) {
      long nanos = Math.min(limit.toSeconds(), TimeUnit.DAYS.toSeconds(365));
      timer =
          context.scheduler.schedule(
              nanos < TimeUnit.DAYS.toSeconds(365)
                  ? limit.toNanos()
                  : TimeUnit.SECONDS.toNanos(nanos),
              () -> failLater(d -> context.failures.totalTimeout(d, limit, own.isPresent())));
    }
  }

  // ---- what its attempts ask -------------------------------------------------------------------

  SessionContext context() {
    return context;
  }

  WebSocketRequest request() {
    return request;
  }

  Request handshake() {
    return request.handshake();
  }

  Outgoing outgoing() {
    return outgoing;
  }

  boolean isEnded() {
    return ended.get();
  }

  FailureDetail detail() {
    WebSocketAttempt last = attempt;
    FailureDetail plain = plainDetail();
    return last != null && last.wasLeased()
        ? plain
        : plain.withPool(Snapshots.statistics(context.pool.snapshot()));
  }

  private FailureDetail plainDetail() {
    WebSocketAttempt last = attempt;
    PhaseTimes phases = last == null ? earlier : earlier.plus(last.phases());
    long elapsed = context.scheduler.nanoTime() - startNanos;
    return context.failures.detail(
        outgoing.method(), asWebSocket(outgoing.target().uri()), elapsed, phases);
  }

  // ---- what happens to it ----------------------------------------------------------------------

  /** The peer agreed: called on the connection's event loop, within the head of its answer. */
  void open(
      WebSocketConnection connection,
      Lease lease,
      Headers headers,
      WebSocketHandshake.Agreement agreement) {
    PhaseTimes phases = plainDetail().phases();
    URI uri = asWebSocket(outgoing.target().uri());
    OpenWebSocket socket =
        new OpenWebSocket(
            context,
            connection,
            lease,
            request,
            agreement,
            listener,
            () ->
                context.failures.detail(
                    "GET", uri, context.scheduler.nanoTime() - startNanos, phases));
    int maxFrame = Math.max(1024, Math.min(socket.maxMessage(), Integer.MAX_VALUE - 1024) + 1024);
    connection.switchToFrames(socket, maxFrame, agreement.compression().isPresent());
    context.webSockets.add(socket);
    StandardWebSocketSession session =
        new StandardWebSocketSession(socket, uri, headers, agreement.subprotocol(), inbox);
    opened = true;
    if (!end()) {
      socket.startUnwanted(session);
      return;
    }
    socket.start(session);
    if (!future.opened(session)) {
      socket.abort();
    }
    if (!context.isOpen()) {
      socket.goAway();
    }
  }

  /**
   * The answer was 401. So often for each opening, so that credentials that never suit do not go
   * round in a circle.
   *
   * @param authorization what the session's credentials had said
   * @return whether there is something else to say, with {@link #again}
   */
  boolean canAuthenticate(Headers headers, @Nullable String authorization) {
    Credentials who = context.credentialsFor(outgoing);
    return who != null && refusals++ < who.mostRefusals() && who.refused(authorization, headers);
  }

  /** The same once more, with other credentials. */
  void again(WebSocketAttempt answered) {
    if (!ended.get()) {
      leave(answered);
      next();
    }
  }

  /** The time that the attempt took counts; the attempt itself does not any more. */
  private void leave(WebSocketAttempt answered) {
    earlier = earlier.plus(answered.phases());
    attempt = null;
  }

  /** The answer leads elsewhere. */
  void follow(WebSocketAttempt answered, Redirect redirect) {
    if (ended.get()) {
      return;
    }
    List<Redirect> way = new ArrayList<>(history);
    way.add(redirect);
    history = List.copyOf(way);
    if (way.size() > context.redirects.max()) {
      fail(context.failures.tooManyRedirects(detail(), history));
      return;
    }
    try {
      Headers headers =
          Headers.of("Location", asHttp(redirect.headers().first("Location").orElse("").strip()));
      Outgoing next = context.redirects.follow(outgoing, redirect.status(), headers, home);
      outgoing = next;
      leave(answered);
      next();
    } catch (RedirectPolicy.Refused e) {
      fail(context.failures.redirectRefused(detail(), history, e));
    }
  }

  void fail(SessionException failure) {
    if (end()) {
      context.counters.failed(failure.kind());
      abandonAttempt();
      future.failed(failure);
    }
  }

  private void cancel() {
    if (end()) {
      context.counters.cancelled();
      abandonAttempt();
    }
  }

  /** For the timer's thread: the state is read now, futures are completed elsewhere. */
  void failLater(Exchange.FailureMaker failure) {
    if (!ended.get()) {
      SessionException made = failure.make(detail());
      context.callbacks.execute(() -> fail(made));
    }
  }

  private boolean end() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    Scheduler.Timer running = timer;
    if (running != null) {
      running.cancel();
    }
    Pause asking = pause;
    if (asking != null) {
      asking.end();
    }
    WebSocketAttempt last = attempt;
    long queued = last == null ? 0 : last.queuedNanos();
    context.counters.waited(earlier.queue().toNanos() + queued);
    return true;
  }

  private void abandonAttempt() {
    WebSocketAttempt current = attempt;
    if (current != null) {
      current.abandon();
    }
  }
}
