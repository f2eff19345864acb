package org.sessionregistry.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sessionregistry.settings.HeaderSyntax;

/**
 * What is special about {@code headers.<Name>}, {@code proxy.headers.<Name>}, {@code
 * cookies.<name>}, {@code auth.*}, {@code tls.trust-all}, {@code pool.*}, {@code queue.*} and
 * {@code tenancy}: names of headers have no case (RFC 9110 section 5.1), credentials must not reach
 * every host, in production not every certificate can be trusted, a pool that sessions share has no
 * pool of its own and no URL to connect to, and a tenant has no tenants. The rule: this is the only
 * class that knows settings by name. Stateless, for any thread.
 */
final class EntryRules {
  private static final String HEADERS = "headers";
  private static final String PROXY_HEADERS = "proxy.headers";
  private static final String COOKIES = "cookies";
  private static final String AUTH = "auth.";
  private static final String TRUST_ALL = "tls.trust-all";

  /** Makes a session a template for tenants. */
  static final String TENANCY = "tenancy";

  /** Says which pool a session shares. */
  static final String POOL_NAME = "pool.name";

  private static final String QUERY = "query";
  private static final String BASE_URL = "base-url";
  private static final String PROXY_URL = "proxy.url";
  private static final Set<String> PROXY_CREDENTIALS = Set.of("proxy.username", "proxy.password");

  /** The settings that say for whom credentials are. */
  static final List<String> URLS_OF_CREDENTIALS = List.of(BASE_URL, PROXY_URL);

  private static final String POOL = "pool.";
  private static final String QUEUE = "queue.";
  private static final String POOL_WARM_UP = "pool.warm-up";
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private EntryRules() {}

  /** A text that two entries share exactly when they are the same entry. */
  static String identity(SettingKey setting, String entry) {
    return setting.key().equals(HEADERS) || setting.key().equals(PROXY_HEADERS)
        ? entry.toLowerCase(Locale.ROOT)
        : entry;
  }

  /** Whether an entry may not be set for all sessions at once. */
  static boolean isCredential(SettingKey setting, String entry) {
    return setting.key().equals(COOKIES)
        || setting.key().startsWith(AUTH)
        || (setting.key().equals(HEADERS) && CREDENTIALS.contains(identity(setting, entry)));
  }

  /** Whether it is a credential for what one of these URLs names. */
  static boolean isBoundTo(Assignment assignment, Set<String> urls) {
    SettingKey setting = assignment.setting();
    boolean named =
        (setting.key().equals(HEADERS) || setting.key().equals(QUERY))
            ? HeaderSyntax.isSensitive(assignment.entry())
            : isCredential(setting, assignment.entry());
    boolean ofProxy =
        PROXY_CREDENTIALS.contains(setting.key()) || setting.key().equals(PROXY_HEADERS);
    return (named && urls.contains(BASE_URL)) || (ofProxy && urls.contains(PROXY_URL));
  }

  /** Whether it says which session is extended, which no record knows. */
  static boolean isExtends(Assignment assignment) {
    return assignment.setting().equals(Ancestry.EXTENDS);
  }

  /** Whether a value may be set for tests only, and never where the application really runs. */
  static boolean isForTestsOnly(SettingKey setting, String value) {
    return setting.key().equals(TRUST_ALL) && value.strip().equals("true");
  }

  /** Whether it says which pool a session shares. */
  static boolean isPoolName(SettingKey setting) {
    return setting.name().equals(POOL_NAME);
  }

  /** Whether a setting of the groups that a shared pool has is still that of each session. */
  static boolean isOfOneSession(SettingKey setting) {
    return isPoolName(setting) || setting.name().equals(POOL_WARM_UP);
  }

  /** Whether it makes a session a template for tenants. */
  private static boolean isTenancy(SettingKey setting) {
    return setting.key().equals(TENANCY);
  }

  /**
   * Whether a tenant may set it at all: not what is about all tenants, nor a pool of the registry.
   */
  static boolean isOfTenant(SettingKey setting) {
    return !isTenancy(setting) && !setting.key().startsWith(TENANCY + '.') && !isPoolName(setting);
  }

  /** Whether it is about connections and the waiting for them. */
  static boolean isOfPool(SettingKey setting) {
    return setting.name().startsWith(POOL) || setting.name().startsWith(QUEUE);
  }

  /** Where a refused entry belongs. */
  static Optional<String> ownPlace(SettingKey setting, String entry) {
    return Suggestions.withName(Root.SESSION, setting.keyOf(entry));
  }
}
