package org.sessionregistry.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is special about {@code headers.<Name>} and {@code cookies.<name>}: names of headers have no
 * case (RFC 9110 section 5.1), and credentials must not reach every host. The rule: this is the
 * only class that knows settings by name. Stateless, for any thread.
 */
final class EntryRules {
  private static final String HEADERS = "headers";
  private static final String COOKIES = "cookies";
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private EntryRules() {}

  /** A text that two entries share exactly when they are the same entry. */
  static String identity(SettingKey setting, String entry) {
    return setting.key().equals(HEADERS) ? entry.toLowerCase(Locale.ROOT) : entry;
  }

  /** Whether an entry may not be set for all sessions at once. */
  static boolean isCredential(SettingKey setting, String entry) {
    return setting.key().equals(COOKIES)
        || (setting.key().equals(HEADERS) && CREDENTIALS.contains(identity(setting, entry)));
  }

  /** Where a refused entry belongs. */
  static Optional<String> ownPlace(SettingKey setting, String entry) {
    return Suggestions.withSessionName(setting.keyOf(entry));
  }
}
