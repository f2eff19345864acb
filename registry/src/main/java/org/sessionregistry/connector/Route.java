package org.sessionregistry.connector;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where connections of one kind lead: connections are only ever shared within a route. A value; it
 * is a class because what every request needs of it is made once. Thread-safe.
 */
public final class Route {
  private final String scheme;
  private final String host;
  private final int port;
  private final String authority;
  private final String origin;
  private final int hash;

  /** Made when it is asked for; two threads may both make it. */
  private volatile @Nullable URI originUri;

  /**
   * A route, in normal case (RFC 3986 section 6.2.2.1).
   *
   * @param scheme {@code http} or {@code https}; {@code ws} or {@code wss} where connections become
   *     WebSockets
   * @param host the host's name or address, IPv6 addresses with or without brackets
   * @param port the port
   */
  public Route(String scheme, String host, int port) {
    this.scheme = scheme.toLowerCase(Locale.ROOT);
    this.host = bare(host.toLowerCase(Locale.ROOT));
    this.port = port;
    String name = this.host.indexOf(':') >= 0 ? "[" + this.host + "]" : this.host;
    this.authority = port == (secure() ? 443 : 80) ? name : name + ":" + port;
    this.origin = this.scheme + "://" + authority;
    this.hash = Objects.hash(this.scheme, this.host, port);
  }

  private static String bare(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }

  /** The scheme, in lower case. */
  public String scheme() {
    return scheme;
  }

  /** The host's name or address in lower case, IPv6 addresses without brackets. */
  public String host() {
    return host;
  }

  /** The port. */
  public int port() {
    return port;
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
    return authority;
  }

  /** The origin (RFC 6454): scheme and authority. */
  public String origin() {
    return origin;
  }

  /** The origin as a URI. */
  public URI originUri() {
    URI known = originUri;
    if (known == null) {
      known = URI.create(origin);
      originUri = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Route route
            && hash == route.hash
            && port == route.port
            && host.equals(route.host)
            && scheme.equals(route.scheme));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return origin;
  }
}
