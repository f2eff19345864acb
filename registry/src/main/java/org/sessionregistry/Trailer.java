package org.sessionregistry;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sessionregistry.settings.HeaderSyntax;

/**
 * A field that is sent after the body (RFC 9110 section 6.5). Immutable.
 *
 * @param name the field name, announced in the head
 * @param value asked when the body has been sent, on a thread of the registry; must not block
 */
public record Trailer(String name, Supplier<String> value) {
  /** RFC 9110 section 6.5.1: what must be known before the body; framing is refused anyway. */
  private static final Set<String> TOO_LATE =
      Set.of(
          "age",
          "authorization",
          "cache-control",
          "content-encoding",
          "content-range",
          "content-type",
          "cookie",
          "date",
          "expires",
          "host",
          "location",
          "max-forwards",
          "pragma",
          "proxy-authenticate",
          "proxy-authorization",
          "range",
          "retry-after",
          "set-cookie",
          "vary",
          "warning",
          "www-authenticate");

  /**
   * A trailer that may be sent.
   *
   * @throws IllegalArgumentException if a field of that name cannot be sent after the body
   */
  public Trailer {
    Objects.requireNonNull(value);
    problemWith(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "trailer '" + HeaderSyntax.visible(name) + "': expected " + problem);
            });
  }

  private static Optional<String> problemWith(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (TOO_LATE.contains(lower) || lower.startsWith("if-")) {
      return Optional.of(
          "another field: this one must be known before the body (RFC 9110 section 6.5.1)");
    }
    return HeaderSyntax.problemWithName(name);
  }
}
