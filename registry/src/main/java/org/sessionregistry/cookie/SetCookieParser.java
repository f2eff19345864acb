package org.sessionregistry.cookie;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a {@code Set-Cookie} field apart (§5.6), as forgiving as the standard asks.
 *
 * <p>Never broken: any text is either a {@link SetCookie} or null; nothing is thrown, nothing is
 * decoded, and the last attribute of a name wins.
 *
 * <p>One object per field, not shared.
 */
final class SetCookieParser {
  /** Longest attribute value that is looked at (§5.6, attributes, step 6). */
  static final int MAX_ATTRIBUTE_VALUE = 1024;

  private final String text;
  private final String defaultPath;
  private final Instant now;

  private @Nullable Instant maxAge;
  private @Nullable Instant expires;
  private String domain = "";
  private String path;
  private boolean pathGiven;
  private boolean secure;
  private boolean httpOnly;
  private SameSite sameSite = SameSite.DEFAULT;

  private SetCookieParser(String text, String defaultPath, Instant now) {
    this.text = text;
    this.defaultPath = defaultPath;
    this.path = defaultPath;
    this.now = now;
  }

  /** The parts, or null if the field is to be ignored. */
  static @Nullable SetCookie parse(String text, String defaultPath, Instant now) {
    return CookieRules.isClean(text) ? new SetCookieParser(text, defaultPath, now).parse() : null;
  }

  private @Nullable SetCookie parse() {
    int end = indexOf(';', 0, text.length());
    int equals = indexOf('=', 0, end);
    String name = equals == end ? "" : trimmed(0, equals);
    String value = equals == end ? trimmed(0, end) : trimmed(equals + 1, end);
    if (name.length() + value.length() > CookieRules.MAX_NAME_AND_VALUE) {
      return null;
    }
    while (end < text.length()) {
      int start = end + 1;
      end = indexOf(';', start, text.length());
      readAttribute(start, end);
    }
    return new SetCookie(
        name,
        value,
        Optional.ofNullable(maxAge != null ? maxAge : expires),
        domain,
        path,
        pathGiven,
        secure,
        httpOnly,
        sameSite);
  }

  private void readAttribute(int start, int end) {
    int equals = indexOf('=', start, end);
    String value = equals == end ? "" : trimmed(equals + 1, end);
    if (value.length() > MAX_ATTRIBUTE_VALUE) {
      return;
    }
    switch (trimmed(start, equals).toLowerCase(Locale.ROOT)) {
      case "expires" -> readExpires(value);
      case "max-age" -> readMaxAge(value);
      case "domain" -> domain = lowerCase(value.startsWith(".") ? value.substring(1) : value);
      case "path" -> readPath(value);
      case "secure" -> secure = true;
      case "httponly" -> httpOnly = true;
      case "samesite" -> readSameSite(value);
      default -> {
        // §5.6, attributes, step 7: what is not known is ignored
      }
    }
  }

  /** §5.6.1. */
  private void readExpires(String value) {
    Instant date = CookieDate.parse(value);
    if (date != null) {
      expires = Lifetime.limited(date, now);
    }
  }

  /** §5.6.2. */
  private void readMaxAge(String value) {
    Instant end = Lifetime.ofMaxAge(value, now);
    if (end != null) {
      maxAge = end;
    }
  }

  /** §5.6.4. */
  private void readPath(String value) {
    pathGiven = true;
    path = value.startsWith("/") ? value : defaultPath;
  }

  /** §5.6.7. */
  private void readSameSite(String value) {
    sameSite =
        switch (value.toLowerCase(Locale.ROOT)) {
          case "strict" -> SameSite.STRICT;
          case "lax" -> SameSite.LAX;
          case "none" -> SameSite.NONE;
          default -> SameSite.DEFAULT;
        };
  }

  /** Like {@link String#indexOf(int, int)}, with {@code end} for absent. */
  private int indexOf(char wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == wanted) {
        return i;
      }
    }
    return end;
  }

  /** Without spaces and tabs around it (§5.6 step 4); other white space is content. */
  private String trimmed(int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String lowerCase(String value) {
    return value.toLowerCase(Locale.ROOT);
  }
}
