package org.sessionregistry.exchange;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Interceptor;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.SessionSettings;

/** What all exchanges of one session share, at hand for each request. Thread-safe. */
public final class SessionContext {
  /** How far the session is with closing. */
  public enum Stage {
    /** Requests are welcome. */
    OPEN,
    /** No new ones; those running may finish. */
    CLOSING,
    /** Those still running are cut off. */
    CUT_OFF
  }

  final SessionSettings settings;
  final Optional<String> tenant;
  final PoolMember pool;
  final CookieJar cookies;
  final Scheduler scheduler;
  final Executor callbacks;
  final Executor blocking;
  final JsonCodec json;
  final Counters counters = new Counters();
  final Failures failures;
  final WebSocketFailures webSocketFailures;
  final OpenWebSockets webSockets = new OpenWebSockets();
  final Targets targets;
  final HeaderMerge headers;
  final RedirectPolicy redirects;
  final RetryPolicy retries;
  final boolean raiseForStatus;

  /** Null where there is nothing of the kind, so that a request pays a look at a field. */
  final @Nullable Credentials credentials;

  final @Nullable Notices notices;
  final LeakWatch leaks;
  final List<Interceptor> aroundExchange;
  final List<Interceptor> aroundAttempt;

  final @Nullable Deadlines total;
  final @Nullable Deadlines attempt;
  final @Nullable Deadlines queue;
  final @Nullable Deadlines write;
  final @Nullable Deadlines response;
  final @Nullable Deadlines read;

  /** Told on whatever thread closes the session, so each of them only hands a task over. */
  private final Set<Runnable> whenClosing = ConcurrentHashMap.newKeySet();

  private volatile Stage stage = Stage.OPEN;

  /** What takes its place: new exchanges begin there, and those that began here end here. */
  private volatile @Nullable Supplier<@Nullable SessionContext> successor;

  /**
   * Opens a session.
   *
   * @param blueprint what its settings and hooks come to
   * @param tenant whose session it is; empty for one without tenants
   * @param pool its part in a pool of connections
   * @param cookies its cookies
   */
  public SessionContext(
      SessionBlueprint blueprint, Optional<String> tenant, PoolMember pool, CookieJar cookies) {
    this.tenant = tenant;
    this.settings = blueprint.settings;
    this.pool = pool;
    this.cookies = cookies;
    this.scheduler = blueprint.scheduler;
    this.callbacks = blueprint.callbacks;
    this.blocking = blueprint.blocking;
    this.json = blueprint.json;
    this.failures = tenant.map(blueprint.failures::of).orElse(blueprint.failures);
    this.webSocketFailures = blueprint.webSocketFailures;
    this.targets = blueprint.targets;
    this.headers = blueprint.headers;
    this.redirects = blueprint.redirects;
    this.retries = blueprint.retries();
    this.raiseForStatus = settings.raiseForStatus();
    this.credentials = blueprint.credentials(tenant);
    this.notices = blueprint.notices;
    this.leaks = blueprint.leaks;
    this.aroundExchange = blueprint.hooks.aroundExchange();
    this.aroundAttempt = blueprint.hooks.aroundAttempt();
    this.total = blueprint.total;
    this.attempt = blueprint.attempt;
    this.queue = blueprint.queue;
    this.write = blueprint.write;
    this.response = blueprint.response;
    this.read = blueprint.read;
  }

  /** Opens the connections that {@code pool.warm-up} asks for, in the background. */
  public void warmUp() {
    Route base = targets.baseRoute();
    int count = settings.pool().warmUp();
    if (base != null && count > 0) {
      pool.warmUp(base, count);
    }
  }

  /**
   * How far the session is with closing.
   *
   * @return the stage
   */
  public Stage stage() {
    return stage;
  }

  /**
   * Moves on towards the end.
   *
   * @param next the stage that begins
   */
  public void enter(Stage next) {
    stage = next;
    whenClosing.forEach(this::tell);
  }

  /** The session's credentials, if they are for this request. */
  @Nullable Credentials credentialsFor(Outgoing sent) {
    Credentials ours = credentials;
    boolean apply =
        ours != null && sent.target().ofBase() && !sent.headers().contains("Authorization");
    return apply ? ours : null;
  }

  /**
   * New exchanges begin in another context of the same session from now on.
   *
   * @param next gives the other one; null if they are to fail, because there is none any more
   */
  public void supersede(Supplier<@Nullable SessionContext> next) {
    successor = next;
  }

  /** Where exchanges begin; null as long as that is here. */
  @Nullable SessionContext successor() {
    Supplier<@Nullable SessionContext> next = successor;
    return next == null ? null : next.get();
  }

  /**
   * Whether nothing is left of what began here. Once this is so of a context that was superseded,
   * it remains so: whoever begins is counted before it looks for a successor.
   *
   * @return whether it can be closed without anybody noticing
   */
  public boolean isIdle() {
    return counters.inFlight() == 0 && whenClosing.isEmpty();
  }

  boolean isOpen() {
    return stage == Stage.OPEN;
  }

  /** Tells somebody once that the session begins to close; at once if it does already. */
  void onClosing(Runnable told) {
    whenClosing.add(told);
    SessionContext next = successor(); // after it was added, see isIdle
    if (next != null && whenClosing.remove(told)) {
      next.onClosing(told);
    } else if (!isOpen()) {
      tell(told);
    }
  }

  private void tell(Runnable told) {
    if (whenClosing.remove(told)) {
      told.run();
    }
  }

  /** It need not be told any more; whether it was not told before. */
  boolean forget(Runnable told) {
    if (whenClosing.remove(told)) {
      return true;
    }
    SessionContext next = successor();
    return next != null && next.forget(told);
  }

  /**
   * The WebSockets that are open.
   *
   * @return all of them
   */
  public OpenWebSockets webSockets() {
    return webSockets;
  }

  /**
   * What writes and reads JSON.
   *
   * @return the codec
   */
  public JsonCodec json() {
    return json;
  }

  /**
   * What the session has done so far.
   *
   * @return its counters
   */
  public Counters counters() {
    return counters;
  }
}
