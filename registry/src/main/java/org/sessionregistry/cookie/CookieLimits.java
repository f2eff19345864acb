package org.sessionregistry.cookie;

/**
 * How many cookies a jar holds (§6.1 asks for at least 50 per domain and 3 000 in all).
 *
 * <p>Never broken: with the limit on a cookie's size they bound the memory that servers can take.
 *
 * <p>Immutable, for any thread.
 */
record CookieLimits(int perDomain, int total) {
  static final CookieLimits DEFAULT = new CookieLimits(180, 3_000);
}
