package org.sessionregistry.cookie;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One cookie as one line of a saved jar. Ten fields with a tab between them:
 *
 * <pre>
 *   domain  host|domain  path  secure|any  http-only|any  strict|lax|none|default
 *   created  expires|session  name  value
 * </pre>
 *
 * <p>Times are ISO-8601 in UTC. A tab in a field is written {@code \t}, a backslash {@code \\}.
 *
 * <p>Never broken: what is written is read back equal.
 *
 * <p>Stateless, for any thread.
 */
final class CookieLine {
  private static final int FIELDS = 10;
  private static final String ANY = "any";
  private static final String SESSION = "session";

  private CookieLine() {}

  static String format(Cookie cookie) {
    return String.join(
        "\t",
        cookie.domain(),
        cookie.hostOnly() ? "host" : "domain",
        escaped(cookie.path()),
        cookie.secure() ? "secure" : ANY,
        cookie.httpOnly() ? "http-only" : ANY,
        cookie.sameSite().name().toLowerCase(Locale.ROOT),
        cookie.created().toString(),
        cookie.expires().map(Instant::toString).orElse(SESSION),
        escaped(cookie.name()),
        escaped(cookie.value()));
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException or {@link java.time.DateTimeException} if it is not a cookie
   */
  static Cookie parse(String line) {
    List<String> fields = fields(line);
    if (fields.size() != FIELDS) {
      throw new IllegalArgumentException(fields.size() + " fields instead of " + FIELDS);
    }
    String end = fields.get(7);
    return new Cookie(
        fields.get(8),
        fields.get(9),
        fields.get(0),
        flag(fields.get(1), "host", "domain"),
        fields.get(2),
        end.equals(SESSION) ? Optional.empty() : Optional.of(Instant.parse(end)),
        flag(fields.get(3), "secure", ANY),
        flag(fields.get(4), "http-only", ANY),
        SameSite.valueOf(fields.get(5).toUpperCase(Locale.ROOT)),
        Instant.parse(fields.get(6)));
  }

  private static boolean flag(String word, String yes, String no) {
    if (!word.equals(yes) && !word.equals(no)) {
      throw new IllegalArgumentException("neither " + yes + " nor " + no);
    }
    return word.equals(yes);
  }

  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t");
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>(FIELDS);
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\\') {
        field.append(unescaped(line, ++i));
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static char unescaped(String line, int at) {
    char c = at < line.length() ? line.charAt(at) : ' ';
    return switch (c) {
      case 't' -> '\t';
      case '\\' -> '\\';
      default -> throw new IllegalArgumentException("a backslash before neither t nor backslash");
    };
  }
}
