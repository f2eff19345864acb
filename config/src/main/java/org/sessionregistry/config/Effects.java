package org.sessionregistry.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sessionregistry.settings.AuthType;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TenancyType;
import org.sessionregistry.settings.TimeoutSettings;

/**
 * Finds what a session sets itself without any effect, which nobody means. The rule: what comes
 * from elsewhere, and what a stronger source has made useless, is not a mistake: defaults are for
 * many sessions, and a variable may switch off what a file has set up. Confined to the thread that
 * reads.
 */
final class Effects {
  /**
   * A reason why settings have no effect.
   *
   * @param keys the settings
   * @param cause the setting that makes them useless
   * @param mayBeOff whether somebody who sets the cause knows what he does to the others
   * @param expected what would be right, of the settings for which it is useless
   */
  private record Reason(
      Set<String> keys,
      String cause,
      boolean mayBeOff,
      Function<SessionSettings, Optional<String>> expected) {}

  /** One time limit within that of the whole exchange. */
  private record Limit(String key, Function<TimeoutSettings, Duration> value) {}

  private static final List<Limit> LIMITS =
      List.of(
          new Limit("timeout.attempt", TimeoutSettings::attempt),
          new Limit("timeout.queue", TimeoutSettings::queue),
          new Limit("timeout.dns", TimeoutSettings::dns),
          new Limit("timeout.connect", TimeoutSettings::connect),
          new Limit("timeout.tls-handshake", TimeoutSettings::tlsHandshake),
          new Limit("timeout.write", TimeoutSettings::write),
          new Limit("timeout.response", TimeoutSettings::response),
          new Limit("timeout.read", TimeoutSettings::read));

  private static final List<Reason> REASONS =
      List.of(
          reason(
              Set.of("retries.backoff"),
              "retries.max-backoff",
              false,
              s -> s.retries().backoff().compareTo(s.retries().maxBackoff()) > 0,
              "at most retries.max-backoff, which is the longest wait of all"),
          reason(
              Set.of(
                  "retries.on-status", "retries.backoff", "retries.max-backoff", "retries.budget"),
              "retries.max",
              true,
              s -> s.retries().max() == 0,
              "retries.max=1 or more beside it, without which nothing is tried again"),
          reason(
              Set.of("tenancy.pool", "tenancy.max-tenants", "tenancy.idle-timeout"),
              "tenancy",
              true,
              s -> s.tenancy().type() == TenancyType.NONE,
              "tenancy=required or tenancy=optional beside it, without which there are no tenants"),
          reason(
              Set.of("rate-limit.period"),
              "rate-limit.permits",
              true,
              s -> !s.rateLimit().isLimited(),
              "rate-limit.permits beside it, without which nothing is limited"),
          reason(
              Set.of("auth.username", "auth.password", "auth.token"),
              "auth.type",
              true,
              s -> s.auth().type() == AuthType.NONE,
              "auth.type beside it, without which no credentials are sent"),
          reason(
              Set.of("cookie-jar.cache"),
              "cookie-jar",
              true,
              s -> s.cookieJar().type() != CookieJarType.SHARED,
              "cookie-jar=shared beside it, without which there is no cache"),
          reason(
              Set.of("proxy.exclude"),
              "proxy.from-environment",
              true,
              s -> s.proxy().url().isEmpty() && !s.proxy().fromEnvironment(),
              "a proxy.url beside it, from which hosts can be excluded"),
          reason(
              Set.of("tls.trust-store.password", "tls.trust-store.type"),
              "tls.trust-store.path",
              false,
              s -> hasNoFile(s.tls().trustStore()),
              "tls.trust-store.path beside it"),
          reason(
              Set.of("tls.key-store.password", "tls.key-store.type"),
              "tls.key-store.path",
              false,
              s -> hasNoFile(s.tls().keyStore()),
              "tls.key-store.path beside it"),
          reason(
              Set.of("dns.ttl", "dns.prefer", "dns.race-delay", "timeout.dns"),
              "unix-socket",
              false,
              s -> s.unixSocket().isPresent(),
              "either this or unix-socket, for which no host is looked up"));

  private static final Reason NOBODY_WAITS =
      reason(
          Set.of("queue.max-size", "queue.max-size-per-tenant", "queue.order", "timeout.queue"),
          "pool.max-connections",
          false,
          s -> isUnlimited(s.pool()) && !s.rateLimit().isLimited(),
          "a limit of connections beside it: with pool.max-connections=0 (unlimited) no request"
              + " ever waits");

  private final Findings findings;
  private final boolean budget;

  /**
   * A search.
   *
   * @param budget whether the connections of all pools together are limited
   */
  Effects(Findings findings, boolean budget) {
    this.findings = findings;
    this.budget = budget;
  }

  /**
   * Reports what has no effect.
   *
   * @param all what is set, that of the session itself first
   * @param settings what came of it
   */
  void check(List<Generation> all, SessionSettings settings) {
    for (Limit limit : LIMITS) {
      report(within(limit), all, settings);
    }
    REASONS.forEach(reason -> report(reason, all, settings));
    if (!budget) {
      report(NOBODY_WAITS, all, settings);
    }
  }

  private void report(Reason reason, List<Generation> all, SessionSettings settings) {
    Optional<String> expected = reason.expected.apply(settings);
    if (expected.isEmpty()) {
      return;
    }
    Optional<Assignment> cause = Generation.nearest(all, reason.cause);
    if (reason.mayBeOff && cause.isPresent()) {
      return;
    }
    for (Assignment own : all.get(0).assignments()) {
      boolean overridden =
          cause.filter(c -> c.found().ordinal() > own.found().ordinal()).isPresent();
      if (reason.keys.contains(own.name()) && !overridden) {
        findings.add(own.refused(expected.get(), Optional.empty()));
      }
    }
  }

  private static Reason within(Limit limit) {
    return new Reason(
        Set.of(limit.key),
        "timeout.total",
        false,
        s -> {
          Duration total = s.timeout().total();
          boolean useless = !total.isZero() && limit.value.apply(s.timeout()).compareTo(total) > 0;
          return useless
              ? Optional.of(ConfigMessages.withinTotal(new Durations().format(total)))
              : Optional.empty();
        });
  }

  private static Reason reason(
      Set<String> keys,
      String cause,
      boolean mayBeOff,
      Predicate<SessionSettings> useless,
      String expected) {
    return new Reason(
        keys, cause, mayBeOff, s -> useless.test(s) ? Optional.of(expected) : Optional.empty());
  }

  private static boolean hasNoFile(KeyStoreSettings store) {
    return store.path().isEmpty();
  }

  private static boolean isUnlimited(PoolSettings pool) {
    return pool.name().isEmpty()
        && pool.maxConnections() == 0
        && pool.maxConnectionsPerHost() == 0
        && pool.maxConnectionsPerTenant() == 0;
  }
}
