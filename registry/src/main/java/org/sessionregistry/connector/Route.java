package org.sessionregistry.connector;

import java.util.Locale;

/**
 * Where connections of one kind lead: connections are only ever shared within a route.
 *
 * @param scheme {@code http} or {@code https}; {@code ws} or {@code wss} where connections become
 *     WebSockets
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
    return scheme.equals("https") || scheme.equals("wss");
  }

  /**
   * The same place by connections that become WebSockets: of HTTP/1.1, whatever else is spoken
   * there, and never shared with requests.
   */
  public Route forWebSocket() {
    return new Route(secure() ? "wss" : "ws", host, port);
  }

  /** Whether connections of this route are {@link WebSocketConnection}s. */
  public boolean isWebSocket() {
    return scheme.startsWith("ws");
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
