package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.WebSocketBuilder;
import org.sessionregistry.connector.ConnectionBudget;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.PoolSnapshot;
import org.sessionregistry.connector.RateLimit;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.CookieJarSettings;
import org.sessionregistry.settings.LeakDetection;
import org.sessionregistry.settings.RateLimitSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * A session named {@code s} for {@code http://a/} with a fake network and virtual time. For one
 * thread.
 */
final class World {
  static final Duration TICK = Duration.ofNanos(1);

  final VirtualTime time = new VirtualTime();
  final FakeDialer dialer = new FakeDialer();
  final PoolMember pool;
  final CookieJar cookies;
  final SessionContext context;

  /** What time-outs have to complete, while {@link #holdsCallbacks}. */
  final Deque<Runnable> callbacks = new ArrayDeque<>();

  boolean holdsCallbacks;

  private World(SessionSettings settings, SessionHooks hooks) {
    pool =
        new ConnectionPool(settings.pool(), settings.queue(), new ConnectionBudget(0), time)
            .join("s", "terms", dialer, limit(settings.rateLimit()));
    cookies = CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.fixed(Instant.EPOCH));
    context =
        new SessionContext(
            new SessionBlueprint(
                settings, hooks, LeakDetection.FULL, time, this::callBack, Runnable::run),
            Optional.empty(),
            pool,
            cookies);
  }

  private @Nullable RateLimit limit(RateLimitSettings limit) {
    return limit.isLimited()
        ? new RateLimit(
            limit.permits().getAsInt(), limit.period().get().toNanos(), time, Runnable::run)
        : null;
  }

  private void callBack(Runnable task) {
    if (holdsCallbacks) {
      callbacks.add(task);
    } else {
      task.run();
    }
  }

  void runCallbacks() {
    for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
      task.run();
    }
  }

  /** Without a limit of time. */
  static World simple() {
    return with(settings -> settings);
  }

  static World with(UnaryOperator<SessionSettingsBuilder> change) {
    return with(change, SessionHooks.NONE);
  }

  static World with(UnaryOperator<SessionSettingsBuilder> change, SessionHooks hooks) {
    SessionSettingsBuilder plain =
        SessionSettings.builder("s").baseUrl("http://a/").timeout(Duration.ZERO);
    return new World(change.apply(plain).build(), hooks);
  }

  static World withoutBase(UnaryOperator<SessionSettingsBuilder> change) {
    return new World(
        change.apply(SessionSettings.builder("s").timeout(Duration.ZERO)).build(),
        SessionHooks.NONE);
  }

  // ---- requests -------------------------------------------------------------------------------

  RequestBuilder request(String method, String reference) {
    return new RequestBuilder(new WorldSession(this), method, reference);
  }

  RequestBuilder get(String reference) {
    return request("GET", reference);
  }

  CompletableFuture<Response> send(RequestBuilder request) {
    return send(request.build());
  }

  CompletableFuture<Response> send(Request request) {
    return Exchange.start(context, request);
  }

  /** A GET on its way. */
  CompletableFuture<Response> send() {
    return send(get("/x"));
  }

  /** A WebSocket that is not asked for yet. */
  WebSocketBuilder webSocket(String reference) {
    return new WebSocketBuilder(new WorldSession(this), reference);
  }

  /** The connection opened last, which is for a WebSocket. */
  FakeWebSocketConnection webSocket() {
    return (FakeWebSocketConnection) connection();
  }

  /** A response whose body is still to come, on the only connection so far. */
  Response respondedHead(String... fields) {
    CompletableFuture<Response> future = send();
    connection().sent().head(200, fields);
    return future.join();
  }

  /** The connection opened last. */
  FakeConnection connection() {
    return dialer.connection(dialer.dials() - 1);
  }

  // ---- the end of the session ------------------------------------------------------------------

  /** The session begins to close. */
  void close() {
    context.enter(SessionContext.Stage.CLOSING);
    pool.close(() -> {});
    context.webSockets().goAway();
  }

  /** Its time to close is over. */
  void cutOff() {
    context.enter(SessionContext.Stage.CUT_OFF);
    context.webSockets().cutOff();
    pool.closeLeased();
  }

  // ---- what is left ---------------------------------------------------------------------------

  PoolSnapshot pool() {
    return pool.snapshot();
  }

  SessionStatistics statistics() {
    return context.counters().snapshot("s", Optional.empty(), Snapshots.statistics(pool()));
  }

  /** No exchange, no lease, no waiter; and no timer once the pool's idle connections are gone. */
  void assertNothingIsLeft() {
    dialer.openAll(); // what is being opened for nobody
    assertThat(statistics().inFlight()).as("exchanges in flight").isZero();
    assertThat(pool().inUse()).as("connections in use").isZero();
    assertThat(pool().opening()).as("connections being opened").isZero();
    assertThat(pool().waiting()).as("requests waiting").isZero();
    time.advance(Duration.ofDays(366));
    assertThat(time.pending()).as("timers").isZero();
    assertThat(callbacks).as("callbacks").isEmpty();
  }

  /** What the future failed with. */
  static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    Throwable failure = future.handle((value, thrown) -> thrown).join();
    return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
  }

  /** What the future failed with, which is of this very type. */
  static <T extends SessionException> T failure(CompletableFuture<?> future, Class<T> type) {
    Throwable failure = failure(future);
    assertThat(failure).isExactlyInstanceOf(type);
    return type.cast(failure);
  }
}
