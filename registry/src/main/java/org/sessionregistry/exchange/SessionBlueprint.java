package org.sessionregistry.exchange;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.LeakDetection;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TimeoutSettings;

/**
 * What a session's settings and hooks come to, prepared once. The rule: nothing in it is about one
 * session alone, so that the tenants of a session, which may be thousands, have it in common.
 * Thread-safe.
 */
public final class SessionBlueprint {
  final SessionSettings settings;
  final SessionHooks hooks;
  final Scheduler scheduler;
  final Executor callbacks;
  final Executor blocking;
  final JsonCodec json;
  final Failures failures;
  final WebSocketFailures webSocketFailures;
  final Targets targets;
  final HeaderMerge headers;
  final RedirectPolicy redirects;
  final @Nullable Notices notices;
  final LeakWatch leaks;
  final @Nullable Deadlines total;
  final @Nullable Deadlines attempt;
  final @Nullable Deadlines queue;
  final @Nullable Deadlines write;
  final @Nullable Deadlines response;
  final @Nullable Deadlines read;

  /**
   * Prepares sessions.
   *
   * @param settings what they were told
   * @param hooks what the application adds
   * @param leakDetection whether forgotten responses are found
   * @param scheduler the clock and the timer
   * @param callbacks where time-outs complete futures
   * @param blocking where request bodies may block while they are read
   * @throws org.sessionregistry.settings.InvalidSettingException if settings and hooks contradict
   *     each other
   */
  public SessionBlueprint(
      SessionSettings settings,
      SessionHooks hooks,
      LeakDetection leakDetection,
      Scheduler scheduler,
      Executor callbacks,
      Executor blocking) {
    CredentialsChoice.of(settings, hooks, Optional.empty()); // refuses what contradicts
    this.settings = settings;
    this.hooks = hooks;
    this.scheduler = scheduler;
    this.callbacks = callbacks;
    this.blocking = blocking;
    this.json = hooks.json().orElseGet(JsonCodec::ofJsonBinding);
    this.failures = new Failures(settings);
    this.webSocketFailures = new WebSocketFailures(settings);
    this.targets = new Targets(settings);
    this.headers = new HeaderMerge(settings);
    this.redirects = new RedirectPolicy(settings, targets);
    this.notices =
        Notices.of(settings.name(), ExchangeLog.with(settings, hooks.listeners(), scheduler));
    this.leaks = new LeakWatch(leakDetection, scheduler, callbacks);
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
   * What the sessions were told.
   *
   * @return the settings
   */
  public SessionSettings settings() {
    return settings;
  }

  /**
   * Lets the application's listeners hear of the end of connections, if there are any.
   *
   * @param dialer opens the connections
   * @return the same if nobody listens
   */
  public Dialer watched(Dialer dialer) {
    Notices told = Notices.of(settings.name(), hooks.listeners());
    return told == null ? dialer : new WatchedDialer(dialer, settings.name(), told, scheduler);
  }

  /** One session's, with a budget of its own. */
  RetryPolicy retries() {
    return new RetryPolicy(
        settings.retries(),
        InstantSource.system(),
        bound -> ThreadLocalRandom.current().nextLong(bound + 1));
  }

  /** One session's, with a token of its own. */
  @Nullable Credentials credentials(Optional<String> tenant) {
    return CredentialsChoice.of(settings, hooks, tenant);
  }
}
