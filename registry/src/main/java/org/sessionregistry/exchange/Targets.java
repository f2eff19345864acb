package org.sessionregistry.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.InternationalUri;
import org.sessionregistry.settings.PercentEncoding;
import org.sessionregistry.settings.ReferenceText;
import org.sessionregistry.settings.SessionSettings;

/**
 * Finds where a request goes: its reference resolved against the session's base URL (RFC 3986
 * section 5), the session's default query added for its own origin. Thread-safe.
 *
 * <p>A reference that is a plain absolute path, as nearly all are, takes a short way without any
 * parsing; every other goes through {@link UriResolution}.
 */
final class Targets {
  /** What may stand in path and query as it is (RFC 3986 sections 3.3 and 3.4). */
  private static final BitSet PLAIN = new BitSet(128);

  static {
    PLAIN.set('0', '9' + 1);
    PLAIN.set('a', 'z' + 1);
    PLAIN.set('A', 'Z' + 1);
    "-._~!$&'()*+,;=:@/?".chars().forEach(PLAIN::set);
  }

  private final String session;
  private final @Nullable URI base;
  private final @Nullable Route baseRoute;
  private final String query;

  Targets(SessionSettings settings) {
    session = settings.name();
    base = settings.baseUrl().orElse(null);
    baseRoute = base == null ? null : route(base);
    query = encode(settings.query());
  }

  /** The route of the base URL; null when there is none. */
  @Nullable Route baseRoute() {
    return baseRoute;
  }

  /**
   * Resolves a reference.
   *
   * @throws IllegalArgumentException if no request can be sent there
   */
  Target of(String reference) {
    Route origin = baseRoute;
    if (origin != null && isPlainPath(reference)) {
      return new Target(origin, withQuery(reference), true);
    }
    try {
      URI given = new URI(InternationalUri.toAscii(reference));
      URI resolved =
          base == null ? UriResolution.normalized(given) : UriResolution.resolve(base, given);
      return of(resolved, reference);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "'"
              + ReferenceText.shown(reference)
              + "' is not a URI reference (RFC 3986): "
              + e.getReason()
              + " at index "
              + e.getIndex());
    }
  }

  private Target of(URI uri, String given) {
    requireHttp(uri, ReferenceText.shown(given));
    Route route = route(uri);
    boolean ofBase = baseRoute == null || route.equals(baseRoute);
    String target = requestTarget(uri);
    return new Target(route, ofBase ? withQuery(target) : target, uri.getRawFragment(), ofBase);
  }

  /**
   * Where a redirect leads. The session's default query is not added: the server has said all of
   * it.
   *
   * @param home the origin that the session's defaults are for if it has no base URL
   * @param fragment what the client is to look for there (RFC 9110 section 10.2.2)
   * @throws IllegalArgumentException if no request can be sent there
   */
  Target redirected(URI uri, @Nullable String fragment, Route home) {
    requireHttp(uri, ReferenceText.shown(uri.toString()));
    Route route = route(uri);
    Route defaultsFor = baseRoute == null ? home : baseRoute;
    return new Target(route, requestTarget(uri), fragment, route.equals(defaultsFor));
  }

  private static String requestTarget(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private void requireHttp(URI uri, String reference) {
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException(
          "'"
              + reference
              + "' is relative, but session '"
              + session
              + "' has no base-url; set client-session."
              + session
              + ".base-url or use an absolute URI");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "'" + reference + "' has the scheme '" + scheme + "'; http and https are known");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("'" + reference + "' has no valid host name");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "a URI with user name or password is refused (host '"
              + uri.getHost()
              + "'); send credentials in a header");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new IllegalArgumentException("'" + reference + "' has a port outside 1 to 65535");
    }
  }

  private String withQuery(String target) {
    if (query.isEmpty()) {
      return target;
    }
    return target + (target.indexOf('?') < 0 ? '?' : '&') + query;
  }

  private static Route route(URI uri) {
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return new Route(uri.getScheme(), uri.getHost(), port);
  }

  private static boolean isPlainPath(String reference) {
    int length = reference.length();
    if (length == 0 || reference.charAt(0) != '/' || reference.startsWith("//")) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = reference.charAt(i);
      if (c == '.' && reference.charAt(i - 1) == '/') {
        return false;
      }
      if (c == '%') {
        if (i + 2 >= length || !isHex(reference.charAt(i + 1)) || !isHex(reference.charAt(i + 2))) {
          return false;
        }
      } else if (!PLAIN.get(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 128;
  }

  private static String encode(Map<String, String> parameters) {
    StringBuilder encoded = new StringBuilder();
    parameters.forEach(
        (name, value) -> {
          encoded.append(encoded.isEmpty() ? "" : "&");
          encoded.append(PercentEncoding.of(name)).append('=').append(PercentEncoding.of(value));
        });
    return encoded.toString();
  }
}
