package org.sessionregistry.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the settings of tenants come from those of their session. The rule: what a tenant does not
 * change is the very same object as its session's, so that ten thousand tenants cost little.
 * Stateless, for any thread.
 */
final class TenantSettings {
  private TenantSettings() {}

  /** The settings that tenants start from. */
  static SessionSettings template(SessionSettings session) {
    return session.tenancy().equals(TenancySettings.DEFAULTS) && session.tenants().isEmpty()
        ? session
        : with(session, TenancySettings.DEFAULTS, Map.of());
  }

  /** A copy of a session with these tenants. */
  static SessionSettings with(SessionSettings session, Map<String, SessionSettings> tenants) {
    return with(session, session.tenancy(), tenants);
  }

  /** An unmodifiable copy in the given order. */
  static Map<String, SessionSettings> copy(Map<String, SessionSettings> tenants) {
    return tenants.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
  }

  /** A tenant's settings after some changes; what they refuse is named with the tenant. */
  static SessionSettings changed(
      String tenant, SessionSettings start, Consumer<SessionSettingsBuilder> change) {
    return named(
        tenant,
        () -> {
          SessionSettingsBuilder builder = start.toBuilder();
          change.accept(builder);
          return builder.build();
        });
  }

  private static SessionSettings named(String tenant, Supplier<SessionSettings> settings) {
    try {
      return settings.get();
    } catch (InvalidSettingException e) {
      InvalidSettingException named =
          new InvalidSettingException(
              TenantRules.key(tenant) + '.' + e.key(), e.value(), e.expected());
      named.initCause(e);
      throw named;
    }
  }

  /**
   * A tenant's settings after its session has changed: each part that was the session's is now that
   * of the changed session.
   */
  static SessionSettings following(
      String name, SessionSettings tenant, SessionSettings before, SessionSettings now) {
    if (template(before).equals(template(now))) {
      return tenant;
    }
    return named(name, () -> following(tenant, before, now));
  }

  private static SessionSettings following(
      SessionSettings tenant, SessionSettings before, SessionSettings now) {
    Follower own = new Follower(tenant, before, now);
    return new SessionSettings(
        now.name(),
        own.part(SessionSettings::baseUrl),
        own.part(SessionSettings::headers),
        own.part(SessionSettings::headersAnywhere),
        own.part(SessionSettings::query),
        own.part(SessionSettings::cookies),
        own.part(SessionSettings::userAgent),
        own.part(SessionSettings::auth),
        own.part(SessionSettings::raiseForStatus),
        own.part(SessionSettings::httpVersion),
        own.part(SessionSettings::timeout),
        own.part(SessionSettings::pool),
        own.part(SessionSettings::queue),
        own.part(SessionSettings::priority),
        own.part(SessionSettings::rateLimit),
        own.part(SessionSettings::cookieJar),
        own.part(SessionSettings::redirects),
        own.part(SessionSettings::retries),
        own.part(SessionSettings::decompress),
        own.part(SessionSettings::limits),
        own.part(SessionSettings::tls),
        own.part(SessionSettings::dns),
        own.part(SessionSettings::proxy),
        own.part(SessionSettings::egress),
        own.part(SessionSettings::localAddress),
        own.part(SessionSettings::unixSocket),
        own.part(SessionSettings::log),
        own.part(SessionSettings::health),
        TenancySettings.DEFAULTS,
        Map.of());
  }

  private record Follower(SessionSettings tenant, SessionSettings before, SessionSettings now) {
    <T> T part(Function<SessionSettings, T> part) {
      T own = part.apply(tenant);
      return own.equals(part.apply(before)) ? part.apply(now) : own;
    }
  }

  private static SessionSettings with(
      SessionSettings session, TenancySettings tenancy, Map<String, SessionSettings> tenants) {
    return new SessionSettings(
        session.name(),
        session.baseUrl(),
        session.headers(),
        session.headersAnywhere(),
        session.query(),
        session.cookies(),
        session.userAgent(),
        session.auth(),
        session.raiseForStatus(),
        session.httpVersion(),
        session.timeout(),
        session.pool(),
        session.queue(),
        session.priority(),
        session.rateLimit(),
        session.cookieJar(),
        session.redirects(),
        session.retries(),
        session.decompress(),
        session.limits(),
        session.tls(),
        session.dns(),
        session.proxy(),
        session.egress(),
        session.localAddress(),
        session.unixSocket(),
        session.log(),
        session.health(),
        tenancy,
        tenants);
  }
}
