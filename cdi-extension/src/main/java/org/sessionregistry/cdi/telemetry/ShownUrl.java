package org.sessionregistry.cdi.telemetry;

import java.net.URI;

/**
 * A URI as a span may show it. What can be a secret must not be in it: no user and password, no
 * value of a query parameter, and nothing of a query that is no list of parameters.
 */
final class ShownUrl {
  private static final String REDACTED = "REDACTED";

  private ShownUrl() {}

  static String of(URI uri) {
    StringBuilder shown = new StringBuilder();
    if (uri.getScheme() != null) {
      shown.append(uri.getScheme()).append("://");
    }
    if (uri.getRawUserInfo() != null) {
      shown.append(REDACTED + ":" + REDACTED + "@");
    }
    if (uri.getHost() != null) {
      shown.append(uri.getHost());
    }
    if (uri.getPort() >= 0) {
      shown.append(':').append(uri.getPort());
    }
    if (uri.getRawPath() != null) {
      shown.append(uri.getRawPath());
    }
    if (uri.getRawQuery() != null) {
      query(uri.getRawQuery(), shown);
    }
    return shown.toString();
  }

  private static void query(String query, StringBuilder shown) {
    char separator = '?';
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      shown.append(separator).append(parameter, 0, equals + 1).append(REDACTED);
      separator = '&';
    }
  }

  /**
   * The path of a URI template.
   *
   * @param template as the application gave it, perhaps with scheme, host and query
   * @return the path with its variables
   */
  static String path(String template) {
    int end = template.length();
    for (char stop : new char[] {'?', '#'}) {
      int at = template.indexOf(stop);
      end = at >= 0 && at < end ? at : end;
    }
    String path = template.substring(0, end);
    int authority = path.indexOf("://");
    if (authority >= 0) {
      int slash = path.indexOf('/', authority + 3);
      path = slash < 0 ? "/" : path.substring(slash);
    }
    return path;
  }
}
