package org.sessionregistry.runtime;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.PoolSnapshot;
import org.sessionregistry.connector.RateLimit;
import org.sessionregistry.exchange.Counters;
import org.sessionregistry.exchange.SessionContext;
import org.sessionregistry.exchange.SessionContext.Stage;
import org.sessionregistry.settings.SessionSettings;

/**
 * A session as it is under one set of settings: its part in a pool, and the context of its
 * exchanges. The rule: what begins here ends here, whatever is configured meanwhile.
 *
 * <p>Thread-safe; {@link #close} once.
 */
final class Generation {
  private final SessionSettings settings;
  private final SessionCookies cookies;
  private final ConnectionPool pool;
  private final @Nullable RateLimit limit;
  private final PoolMember member;
  private final SessionContext context;

  /**
   * One that nobody uses yet.
   *
   * @param tenant whose it is; empty for a session without tenants
   * @param limit on the requests that it starts; null without one
   */
  Generation(
      Foundation foundation,
      Optional<String> tenant,
      SessionCookies cookies,
      ConnectionPool pool,
      @Nullable RateLimit limit) {
    this.settings = foundation.settings();
    this.cookies = cookies;
    this.pool = pool;
    this.limit = limit;
    String name = tenant.map(whose -> settings.name() + " of " + whose).orElse(settings.name());
    this.member = pool.join(name, foundation.terms(), foundation.dialer(), limit);
    this.context = new SessionContext(foundation.blueprint(), tenant, member, cookies.jar());
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

  ConnectionPool pool() {
    return pool;
  }

  @Nullable RateLimit limit() {
    return limit;
  }

  PoolSnapshot snapshot() {
    return member.snapshot();
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
    context.supersede(() -> next.context);
    if (limit != null) {
      SessionLimits.change(limit, next.settings.rateLimit());
    }
  }

  /** From now on they go elsewhere; here if that is nowhere. */
  void supersede(Supplier<@Nullable SessionContext> elsewhere) {
    context.supersede(elsewhere);
  }

  /** Whether nothing runs in it. */
  boolean isIdle() {
    return context.isIdle();
  }

  /** Whether nobody would notice its end, once it was superseded. */
  boolean isForgettable() {
    return isIdle() && (limit == null || !limit.remembers());
  }

  /** No new exchanges; those in the queue are refused, the others run to their end. */
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
    member.close(() -> cookies.release(cutNanos, left));
    context.webSockets().goAway();
  }

  /** Ends what still runs. */
  void cutOff() {
    context.enter(Stage.CUT_OFF);
    context.webSockets().cutOff();
    member.closeLeased();
  }
}
