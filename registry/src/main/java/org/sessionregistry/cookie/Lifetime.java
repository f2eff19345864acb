package org.sessionregistry.cookie;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a cookie may live (§5.5, §5.6.2).
 *
 * <p>Never broken: no end lies more than 400 days ahead, however it was asked for.
 *
 * <p>Stateless, for any thread.
 */
final class Lifetime {
  static final Duration MAX = Duration.ofDays(400);

  /** More digits than this are beyond the limit anyway, and beyond a {@code long} some day. */
  private static final int MAX_DIGITS = 9;

  private Lifetime() {}

  static Instant limited(Instant end, Instant now) {
    Instant latest = now.plus(MAX);
    return end.isAfter(latest) ? latest : end;
  }

  /** The end that a {@code Max-Age} value means, or null if the value is not a number. */
  static @Nullable Instant ofMaxAge(String value, Instant now) {
    boolean negative = value.startsWith("-");
    int start = negative ? 1 : 0;
    if (start == value.length()) {
      return null;
    }
    for (int i = start; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return null;
      }
    }
    if (negative) {
      return Instant.EPOCH;
    }
    while (start < value.length() && value.charAt(start) == '0') {
      start++;
    }
    if (start == value.length()) {
      return Instant.EPOCH;
    }
    return value.length() - start > MAX_DIGITS
        ? now.plus(MAX)
        : limited(now.plusSeconds(Long.parseLong(value, start, value.length(), 10)), now);
  }
}
