package org.sessionregistry.download;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.sessionregistry.Headers;

/**
 * What a response says to recognise the very same bytes by, later (RFC 9110 section 13.1.5).
 * Stateless, for any thread.
 */
final class Validator {
  private Validator() {}

  /**
   * A strong entity tag, or a date of modification that is strong enough: a second before the
   * response was made (section 8.8.2.2). None for an encoded body, whose bytes in the file are
   * others than those that the server counts.
   */
  static Optional<String> of(Headers headers) {
    if (headers.contains("Content-Encoding")
        || headers.first("Accept-Ranges").filter("none"::equalsIgnoreCase).isPresent()) {
      return Optional.empty();
    }
    Optional<String> tag = headers.first("ETag");
    if (tag.isPresent()) {
      return tag.filter(t -> t.startsWith("\"") && t.endsWith("\"") && t.length() > 1);
    }
    return headers.first("Last-Modified").filter(modified -> isStrong(modified, headers));
  }

  private static boolean isStrong(String modified, Headers headers) {
    try {
      ZonedDateTime changed = date(modified);
      ZonedDateTime made = date(headers.first("Date").orElse(""));
      return Duration.between(changed, made).compareTo(Duration.ofSeconds(1)) >= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static ZonedDateTime date(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
