package org.sessionregistry.runtime;

import org.sessionregistry.SessionHooks;
import org.sessionregistry.connector.PoolSnapshot;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.egress.ProxyEnvironment;
import org.sessionregistry.exchange.Counters;
import org.sessionregistry.exchange.SessionBlueprint;
import org.sessionregistry.exchange.SessionContext;
import org.sessionregistry.exchange.SessionContext.Stage;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.transport.NettyDialer;

/**
 * A session as it is under one set of settings: its part in a pool, and the context of its
 * exchanges. The rule: what begins here ends here, whatever is configured meanwhile.
 *
 * <p>Thread-safe; {@link #close} once.
 */
final class Generation {
  private final Home home;
  private final SessionSettings settings;
  private final SessionCookies cookies;
  private final Pools.Membership membership;
  private final SessionContext context;

  private Generation(
      Home home, SessionBlueprint blueprint, SessionCookies cookies, Pools.Membership membership) {
    this.home = home;
    this.settings = blueprint.settings();
    this.cookies = cookies;
    this.membership = membership;
    this.context = new SessionContext(blueprint, membership.member(), cookies.jar());
  }

  /**
   * The first of a session.
   *
   * @param settings resolved, see {@link Pools#resolve}
   * @throws org.sessionregistry.settings.InvalidSettingException if settings and hooks contradict
   *     each other; then nothing is left behind
   */
  static Generation first(Home home, Pools pools, SessionSettings settings, SessionHooks hooks) {
    SessionBlueprint blueprint = home.blueprint(settings, hooks);
    // The pool is last: what refuses before leaves no member in it.
    SessionCookies cookies = new SessionCookies(settings, hooks, home.threads());
    Proxies proxies = Proxies.of(settings.proxy(), ProxyEnvironment.SYSTEM);
    Pools.Membership membership = pools.join(settings, proxies, dialer(home, settings, proxies));
    return new Generation(home, blueprint, cookies, membership);
  }

  /** One that may follow this one; until {@link #begin} it can be given up. */
  Generation next(Pools pools, SessionSettings changed, SessionHooks hooks) {
    SessionBlueprint blueprint = home.blueprint(changed, hooks);
    SessionCookies itsCookies =
        SessionCookies.areSame(settings, changed)
            ? cookies.shared()
            : new SessionCookies(changed, hooks, home.threads());
    Proxies proxies = Proxies.of(changed.proxy(), ProxyEnvironment.SYSTEM);
    Pools.Membership joined =
        pools.join(changed, proxies, dialer(home, changed, proxies), membership, settings);
    return new Generation(home, blueprint, itsCookies, joined);
  }

  private static NettyDialer dialer(Home home, SessionSettings settings, Proxies proxies) {
    RegistryThreads threads = home.threads();
    return new NettyDialer(
        threads.loops(),
        threads.resolver(),
        threads.blocking(),
        threads.timer(),
        settings,
        proxies);
  }

  SessionSettings settings() {
    return settings;
  }

  SessionContext context() {
    return context;
  }

  Counters counters() {
    return context.counters();
  }

  SessionCookies cookies() {
    return cookies;
  }

  PoolSnapshot pool() {
    return membership.member().snapshot();
  }

  /** From now on requests come here. */
  void begin() {
    cookies.start();
    context.warmUp();
  }

  /** From now on they go to another one. */
  void supersede(Generation next) {
    next.cookies.inherit(cookies);
    next.cookies.put(settings, next.settings);
    context.supersede(next.context);
  }

  /** Whether nobody would notice its end, once it was superseded. */
  boolean isIdle() {
    return context.isIdle();
  }

  /** No new exchanges, those in the queue are refused; the others run to their end. */
  void refuse() {
    context.enter(Stage.CLOSING);
  }

  /**
   * Leaves the pool when nothing runs any more.
   *
   * @param cutNanos until when cookies may be written
   * @param left told when nothing is left
   */
  void close(long cutNanos, Runnable left) {
    membership.member().close(() -> cookies.release(cutNanos, left));
    context.webSockets().goAway();
  }

  /** Ends what still runs. */
  void cutOff() {
    context.enter(Stage.CUT_OFF);
    context.webSockets().cutOff();
    membership.member().closeLeased();
  }
}
