package org.sessionregistry.cookie;

import org.jspecify.annotations.Nullable;

/**
 * What every cookie has to keep, whoever made it: a server, the application or a saved file.
 *
 * <p>Never broken: no message from here shows a cookie's value.
 *
 * <p>Stateless, for any thread.
 */
final class CookieRules {
  /** Most octets of name and value together (§5.6 step 5, §5.7 step 4). */
  static final int MAX_NAME_AND_VALUE = 4096;

  private CookieRules() {}

  /** A control character other than the tab, which ends or splits a header field (§5.6 step 1). */
  static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7F;
  }

  /** Whether every character is one octet and none a control character (§5.6 step 1). */
  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c) || c > 0xFF) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says which rule a received cookie breaks that no later step can mend: empty (§5.7 step 2), too
   * long (steps 4), {@code SameSite=None} without {@code Secure} (step 19), or a prefix whose
   * promise is not kept (steps 20 to 22).
   */
  static @Nullable String violation(
      String name, String value, boolean hostOnly, String path, boolean secure, SameSite site) {
    if (name.isEmpty() && value.isEmpty()) {
      return "has neither name nor value";
    }
    if (name.length() + value.length() > MAX_NAME_AND_VALUE) {
      return "has more than " + MAX_NAME_AND_VALUE + " octets in name and value";
    }
    if (site == SameSite.NONE && !secure) {
      return "is SameSite=None and not Secure";
    }
    return NamePrefix.of(name, value).violation(name, hostOnly, path, secure);
  }

  static void checkPromises(
      String name, String value, boolean hostOnly, String path, boolean secure, SameSite site) {
    String violation = violation(name, value, hostOnly, path, secure, site);
    if (violation != null) {
      throw refused(name, violation);
    }
  }

  static void check(String name, String value, String path) {
    if (!isClean(name) || name.indexOf(';') >= 0 || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException(
          "cookie name has a control character, ';', '=' or a character above U+00FF");
    }
    if (!isClean(value) || value.indexOf(';') >= 0) {
      throw refused(
          name, "has a control character, ';' or a character above U+00FF in its value; encode it");
    }
    if (!isClean(path) || !path.startsWith("/")) {
      throw refused(name, "has a path that does not begin with '/' or has a control character");
    }
  }

  static String checkedDomain(String domain, boolean hostOnly) {
    String canonical = HostName.canonical(domain);
    if (canonical == null) {
      throw new IllegalArgumentException("cookie domain is not a host name or an IP address");
    }
    if (!hostOnly && HostName.isIp(canonical)) {
      throw new IllegalArgumentException("cookie domain " + canonical + " is an IP: host-only");
    }
    return canonical;
  }

  private static IllegalArgumentException refused(String name, String violation) {
    return new IllegalArgumentException("cookie '" + name + "' " + violation);
  }
}
