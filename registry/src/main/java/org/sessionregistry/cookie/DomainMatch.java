package org.sessionregistry.cookie;

/**
 * Whether a host belongs to a cookie's domain (§5.1.3).
 *
 * <p>Never broken: both sides are canonical ({@link HostName}), and an address belongs to nothing
 * but itself.
 *
 * <p>Stateless, for any thread.
 */
final class DomainMatch {
  private DomainMatch() {}

  static boolean matches(String host, String domain) {
    if (!host.endsWith(domain)) {
      return false;
    }
    int before = host.length() - domain.length() - 1;
    return before < 0
        ? before == -1
        : host.charAt(before) == '.' && !domain.isEmpty() && !HostName.isIp(host);
  }
}
