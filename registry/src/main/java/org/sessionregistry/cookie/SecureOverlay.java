package org.sessionregistry.cookie;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps an attacker on a plain connection from covering a secure cookie with his own (§5.7 step
 * 16).
 *
 * <p>Never broken: it is asked for every cookie that comes over an insecure connection, before
 * anything is replaced or removed. The paths are compared one way only: the new one must lie under
 * the old one to be refused.
 *
 * <p>Immutable; made for one response, from a jar whose lock is held.
 */
final class SecureOverlay {
  /** Forbids nothing: for a response over a secure connection. */
  static final SecureOverlay NONE = new SecureOverlay(Map.of());

  private final Map<String, List<Cookie>> secureByName;

  private SecureOverlay(Map<String, List<Cookie>> secureByName) {
    this.secureByName = secureByName;
  }

  static SecureOverlay of(List<DomainCookies> domains) {
    Map<String, List<Cookie>> secure = new HashMap<>();
    for (DomainCookies domain : domains) {
      for (StoredCookie stored : domain.all()) {
        Cookie cookie = stored.cookie();
        if (cookie.secure()) {
          secure.computeIfAbsent(cookie.name(), name -> new ArrayList<>()).add(cookie);
        }
      }
    }
    return new SecureOverlay(secure);
  }

  boolean forbids(Cookie added) {
    for (Cookie old : secureByName.getOrDefault(added.name(), List.of())) {
      if (isRelated(old.domain(), added.domain()) && PathMatch.matches(added.path(), old.path())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRelated(String one, String other) {
    return DomainMatch.matches(one, other) || DomainMatch.matches(other, one);
  }
}
