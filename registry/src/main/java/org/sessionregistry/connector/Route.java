package org.sessionregistry.connector;

import java.util.Locale;

/**
 * Where connections of one kind lead: connections are only ever shared within a route.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host's name or address in lower case, IPv6 addresses without brackets
 * @param port the port
 */
public record Route(String scheme, String host, int port) {
  /** Normalises the case (RFC 3986 section 6.2.2.1). */
  public Route {
    scheme = scheme.toLowerCase(Locale.ROOT);
    host = host.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
  }

  /** Whether connections of this route use TLS. */
  public boolean secure() {
    return scheme.equals("https");
  }

  /** Host and port as the {@code Host} header has them: without the scheme's default port. */
  public String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure() ? 443 : 80) ? name : name + ":" + port;
  }

  /** The origin (RFC 6454): scheme and authority. */
  public String origin() {
    return scheme + "://" + authority();
  }

  @Override
  public String toString() {
    return origin();
  }
}
