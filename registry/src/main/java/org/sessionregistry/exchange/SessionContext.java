package org.sessionregistry.exchange;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Interceptor;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.LeakDetection;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TimeoutSettings;

/**
 * What all exchanges of one session share, prepared once so that a request finds it ready.
 * Thread-safe.
 */
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

  /**
   * Prepares a session.
   *
   * @param settings what the session was told
   * @param hooks what the application adds
   * @param leakDetection whether forgotten responses are found
   * @param pool its part in a pool of connections
   * @param cookies its cookies
   * @param scheduler the clock and the timer
   * @param callbacks where time-outs complete futures
   * @param blocking where request bodies may block while they are read
   * @throws org.sessionregistry.settings.InvalidSettingException if settings and hooks contradict
   *     each other
   */
  public SessionContext(
      SessionSettings settings,
      SessionHooks hooks,
      LeakDetection leakDetection,
      PoolMember pool,
      CookieJar cookies,
      Scheduler scheduler,
      Executor callbacks,
      Executor blocking) {
    this.settings = settings;
    this.pool = pool;
    this.cookies = cookies;
    this.scheduler = scheduler;
    this.callbacks = callbacks;
    this.blocking = blocking;
    this.json = hooks.json().orElseGet(JsonCodec::ofJsonBinding);
    this.failures = new Failures(settings);
    this.webSocketFailures = new WebSocketFailures(settings);
    this.targets = new Targets(settings);
    this.headers = new HeaderMerge(settings);
    this.redirects = new RedirectPolicy(settings, targets);
    this.retries =
        new RetryPolicy(
            settings.retries(),
            InstantSource.system(),
            bound -> ThreadLocalRandom.current().nextLong(bound + 1));
    this.raiseForStatus = settings.raiseForStatus();
    this.credentials = CredentialsChoice.of(settings, hooks);
    this.notices = Notices.of(settings.name(), hooks.listeners());
    this.leaks = new LeakWatch(leakDetection, scheduler, callbacks);
    this.aroundExchange = hooks.aroundExchange();
    this.aroundAttempt = hooks.aroundAttempt();
    TimeoutSettings timeout = settings.timeout();
    this.total = deadlines(timeout.total().toNanos());
    this.attempt = deadlines(timeout.attempt().toNanos());
    this.queue = deadlines(timeout.queue().toNanos());
    this.write = deadlines(timeout.write().toNanos());
    this.response = deadlines(timeout.response().toNanos());
    this.read = deadlines(timeout.read().toNanos());
  }

  private @Nullable Deadlines deadlines(long nanos) {
    return nanos == 0 ? null : new Deadlines(nanos, scheduler);
  }

  /**
   * Checks what is known only of both together, before anything of the session is there.
   *
   * @param settings what the session was told
   * @param hooks what the application adds
   * @throws org.sessionregistry.settings.InvalidSettingException if they contradict each other
   */
  public static void refuseContradictions(SessionSettings settings, SessionHooks hooks) {
    CredentialsChoice.of(settings, hooks);
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

  /** Tells somebody once that the session begins to close; at once if it does already. */
  void onClosing(Runnable told) {
    whenClosing.add(told);
    if (stage != Stage.OPEN) {
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
    return whenClosing.remove(told);
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
