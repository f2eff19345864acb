package org.sessionregistry.cookie;

/**
 * Whether a request's path lies under a cookie's path (§5.1.4).
 *
 * <p>Never broken: paths are compared as they are sent, octet by octet; nothing is decoded or
 * normalized. {@code /admin} does not cover {@code /administrator}.
 *
 * <p>Stateless, for any thread.
 */
final class PathMatch {
  private PathMatch() {}

  static boolean matches(String requestPath, String cookiePath) {
    if (!requestPath.startsWith(cookiePath)) {
      return false;
    }
    int length = cookiePath.length();
    return requestPath.length() == length
        || cookiePath.charAt(length - 1) == '/'
        || requestPath.charAt(length) == '/';
  }

  /** The path of a cookie that names none: the directory of the request's path. */
  static String defaultPath(String requestPath) {
    int last = requestPath.lastIndexOf('/');
    return last <= 0 || requestPath.charAt(0) != '/' ? "/" : requestPath.substring(0, last);
  }
}
