package org.sessionregistry.cookie;

/**
 * The keys of one session's cookies in a store: session, domain, host-only flag, path and name,
 * which are what makes two cookies the same for a jar.
 *
 * <p>Never broken: two cookies that are not the same have two keys, whatever their texts hold, and
 * no key of one session begins with the prefix of another.
 *
 * <p>Immutable, for any thread.
 *
 * @param prefix what every key of the session begins with
 */
record CookieKeys(String prefix) {
  static CookieKeys of(String session) {
    return new CookieKeys(CookieLine.escaped(session) + '\t');
  }

  String key(Cookie cookie) {
    return prefix
        + String.join(
            "\t",
            cookie.domain(),
            cookie.hostOnly() ? "host" : "domain",
            CookieLine.escaped(cookie.path()),
            CookieLine.escaped(cookie.name()));
  }
}
