package org.sessionregistry.cookie;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The three things about a request that decide on its cookies: host, path, and whether it is safe
 * from listeners.
 *
 * <p>Never broken: only TLS is secure ({@code https}, {@code wss}); a loopback host over plain HTTP
 * is not.
 *
 * <p>Stateless, for any thread; allocates nothing for a URI that is written the usual way.
 */
final class RequestUri {
  private RequestUri() {}

  /** The canonical host, or null if there is none that could have cookies (§5.8.3 step 2). */
  static @Nullable String host(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      host = hostOf(uri.getRawAuthority());
    }
    return host == null ? null : HostName.canonical(host);
  }

  /** The path as it is sent; {@code /} when there is none (RFC 9112 §3.2.1). */
  static String path(URI uri) {
    String path = uri.getRawPath();
    if (path == null || path.isEmpty()) {
      return "/";
    }
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) > 0x7F) {
        return URI.create(uri.toASCIIString()).getRawPath();
      }
    }
    return path;
  }

  /** The path of a request target, which may have a query. */
  static String path(String requestTarget) {
    int query = requestTarget.indexOf('?');
    return query < 0 ? requestTarget : requestTarget.substring(0, query);
  }

  static boolean isSecure(URI uri) {
    String scheme = uri.getScheme();
    return "https".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme);
  }

  /** {@link URI} knows no host when the name has an underscore or is international. */
  private static @Nullable String hostOf(@Nullable String authority) {
    if (authority == null) {
      return null;
    }
    int start = authority.lastIndexOf('@') + 1;
    int colon = authority.indexOf(':', start);
    return authority.substring(start, colon < 0 ? authority.length() : colon);
  }
}
