package org.sessionregistry.cookie;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host's one spelling for comparison (§5.1.2): lower case, international labels in ASCII.
 *
 * <p>Never broken: two hosts are compared only in the form that {@link #canonical} returns. An
 * underscore is let through, because container networks name hosts that way. One dot at the end
 * stays: such a name is a host of its own.
 *
 * <p>Stateless, for any thread; a name that is canonical already is returned without a copy.
 */
final class HostName {
  private static final int MAX_LENGTH = 254;

  private HostName() {}

  /** The canonical form, or null if {@code host} is neither a name nor an address. */
  static @Nullable String canonical(String host) {
    if (host.length() > MAX_LENGTH || host.isEmpty()) {
      return null;
    }
    return isCanonicalName(host) ? host : converted(host);
  }

  /**
   * Whether a canonical host is an address: IPv6, or a name whose last label is a number, which no
   * top-level domain is (WHATWG URL, "ends in a number").
   */
  static boolean isIp(String host) {
    if (host.charAt(0) == '[') {
      return true;
    }
    int end = host.endsWith(".") ? host.length() - 1 : host.length();
    int start = host.lastIndexOf('.', end - 1) + 1;
    if (start == end || !isDigit(host.charAt(start))) {
      return false;
    }
    boolean hex = host.startsWith("0x", start);
    for (int i = hex ? start + 2 : start; i < end; i++) {
      char c = host.charAt(i);
      if (!isDigit(c) && !(hex && c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String converted(String host) {
    String lowerCase = host.toLowerCase(Locale.ROOT);
    if (host.charAt(0) == '[') {
      return isIpv6(lowerCase) ? lowerCase : null;
    }
    try {
      String ascii = IDN.toASCII(lowerCase, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return isCanonicalName(ascii) ? ascii : null;
    } catch (IllegalArgumentException notAName) {
      return null;
    }
  }

  /** One pass, because it is made for every request. */
  private static boolean isCanonicalName(String host) {
    char before = '.';
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.' ? before == '.' : !isLabel(c)) {
        return false;
      }
      before = c;
    }
    return true;
  }

  private static boolean isIpv6(String host) {
    int end = host.length() - 1;
    if (end < 3 || host.charAt(end) != ']' || host.indexOf(':') < 0) {
      return false;
    }
    for (int i = 1; i < end; i++) {
      char c = host.charAt(i);
      if (!isLabel(c) && c != ':' && c != '.' && c != '%') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(char c) {
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
