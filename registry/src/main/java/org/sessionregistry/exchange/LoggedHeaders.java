package org.sessionregistry.exchange;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.sessionregistry.Headers;
import org.sessionregistry.settings.HeaderSyntax;
import org.sessionregistry.settings.ReferenceText;
import org.sessionregistry.settings.Secret;

/**
 * Header fields as a log may show them. Masked are those that are known to carry credentials, and
 * those that the session's settings give a value, because nobody knows which of them is a key; of a
 * URL the query is left out. Immutable, for any thread.
 */
final class LoggedHeaders {
  /** What settings say of these is no secret. */
  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "content-language",
          "content-type",
          "prefer",
          "user-agent");

  private static final Set<String> URLS = Set.of("location", "content-location", "referer");

  private final Set<String> ofSettings = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  LoggedHeaders(Collection<String> ofSettings) {
    this.ofSettings.addAll(ofSettings);
  }

  String text(Headers headers) {
    StringBuilder text = new StringBuilder("{");
    headers.forEach(
        (name, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(name)
                .append(": ")
                .append(shown(name, value)));
    return text.append('}').toString();
  }

  private String shown(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (HeaderSyntax.isSensitive(name)
        || (ofSettings.contains(name) && !HARMLESS.contains(lower))) {
      return Secret.MASK;
    }
    return URLS.contains(lower) ? ReferenceText.shown(value) : HeaderSyntax.visible(value);
  }
}
