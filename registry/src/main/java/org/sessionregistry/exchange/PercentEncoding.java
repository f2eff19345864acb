package org.sessionregistry.exchange;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent encoding of all but unreserved characters (RFC 3986 section 2.3), in UTF-8. */
final class PercentEncoding {
  private PercentEncoding() {}

  static String of(String text) {
    // The JDK encodes for HTML forms, which differs in these three characters.
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
