package org.sessionregistry.cookie;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A cookie in a jar, with what the jar has to know about it: when it came, when it was last used,
 * and how it is written.
 *
 * <p>Never broken: the order in a header is total and does not change while the cookie is stored
 * (§5.8.3 step 4).
 *
 * <p>For any thread: the cookie is immutable, and the two fields that change may be written by
 * several threads at once, because any of their values is a right one.
 */
final class StoredCookie {
  /** Longer paths first, then earlier creation, then whichever came first. */
  static final Comparator<StoredCookie> HEADER_ORDER =
      Comparator.comparingInt((StoredCookie stored) -> -stored.cookie.path().length())
          .thenComparing(stored -> stored.cookie.created())
          .thenComparingLong(stored -> stored.arrival);

  private final Cookie cookie;
  private final long arrival;
  private final long expiresMillis;
  private volatile long lastUsedMillis;
  private @Nullable String pair; // written lazily, benign race

  StoredCookie(Cookie cookie, long arrival, long nowMillis) {
    this.cookie = cookie;
    this.arrival = arrival;
    this.expiresMillis = cookie.expires().map(StoredCookie::millis).orElse(Long.MAX_VALUE);
    this.lastUsedMillis = nowMillis;
  }

  Cookie cookie() {
    return cookie;
  }

  /** The number of the store that first brought this cookie; a replacement inherits it. */
  long arrival() {
    return arrival;
  }

  /** When the cookie ends; {@link Long#MAX_VALUE} for one that ends with the session. */
  long expiresMillis() {
    return expiresMillis;
  }

  long lastUsedMillis() {
    return lastUsedMillis;
  }

  boolean expired(long nowMillis) {
    return expiresMillis <= nowMillis;
  }

  /** Notes a use (§5.8.3 step 5); writes at most once per millisecond. */
  void used(long nowMillis) {
    if (lastUsedMillis != nowMillis) {
      lastUsedMillis = nowMillis;
    }
  }

  /** The cookie as it is sent (§5.8.3 step 6); written once, because most are sent often. */
  String pair() {
    String written = pair;
    if (written == null) {
      written = cookie.name().isEmpty() ? cookie.value() : cookie.name() + '=' + cookie.value();
      pair = written;
    }
    return written;
  }

  private static long millis(Instant instant) {
    return instant.isBefore(Instant.EPOCH) ? 0 : instant.toEpochMilli();
  }
}
