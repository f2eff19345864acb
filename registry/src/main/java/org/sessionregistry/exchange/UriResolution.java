package org.sessionregistry.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a reference against a base as RFC 3986 section 5.2 says; {@link URI#resolve} follows the
 * older RFC 2396, which differs for empty paths and for references that are only a query.
 */
final class UriResolution {
  private UriResolution() {}

  static URI resolve(URI base, URI reference) throws URISyntaxException {
    if (reference.getScheme() != null) {
      return normalized(reference);
    }
    if (reference.getRawAuthority() != null) {
      return compose(
          base,
          reference.getRawAuthority(),
          removeDotSegments(reference.getRawPath()),
          reference.getRawQuery(),
          reference.getRawFragment());
    }
    String path = reference.getRawPath();
    String query = reference.getRawQuery();
    if (path.isEmpty()) {
      path = base.getRawPath();
      query = query == null ? base.getRawQuery() : query;
    } else if (path.startsWith("/")) {
      path = removeDotSegments(path);
    } else {
      path = removeDotSegments(merge(base, path));
    }
    return compose(base, base.getRawAuthority(), path, query, reference.getRawFragment());
  }

  /** An absolute URI, its dot segments removed (RFC 3986 section 5.2.2). */
  static URI normalized(URI uri) throws URISyntaxException {
    String path = uri.getRawPath();
    if (path == null || uri.getRawAuthority() == null || !path.contains("/.")) {
      return uri;
    }
    return compose(
        uri,
        uri.getRawAuthority(),
        removeDotSegments(path),
        uri.getRawQuery(),
        uri.getRawFragment());
  }

  /** RFC 3986 section 5.2.3. */
  private static String merge(URI base, String path) {
    String basePath = base.getRawPath();
    return basePath.isEmpty()
        ? "/" + path
        : basePath.substring(0, basePath.lastIndexOf('/') + 1) + path;
  }

  /** RFC 3986 section 5.2.4, for paths that begin with a slash or are empty. */
  static String removeDotSegments(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    int at = 0;
    while (at < path.length()) {
      int end = path.indexOf('/', at + 1);
      boolean last = end < 0;
      String segment = path.substring(at, last ? path.length() : end);
      if (segment.equals("/..")) {
        out.setLength(Math.max(out.lastIndexOf("/"), 0));
      }
      if (segment.equals("/..") || segment.equals("/.")) {
        if (last) {
          out.append('/');
        }
      } else {
        out.append(segment);
      }
      at = last ? path.length() : end;
    }
    return out.toString();
  }

  /** RFC 3986 section 5.3. */
  private static URI compose(
      URI base,
      @Nullable String authority,
      String path,
      @Nullable String query,
      @Nullable String fragment)
      throws URISyntaxException {
    StringBuilder uri = new StringBuilder(64);
    uri.append(base.getScheme()).append("://").append(authority).append(path);
    if (query != null) {
      uri.append('?').append(query);
    }
    if (fragment != null) {
      uri.append('#').append(fragment);
    }
    return new URI(uri.toString());
  }
}
