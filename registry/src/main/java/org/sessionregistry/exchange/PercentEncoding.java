package org.sessionregistry.exchange;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent encoding of all but unreserved characters (RFC 3986 section 2.3), in UTF-8. */
final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /** Encodes what is not ASCII and leaves the rest as it is (RFC 3987 section 3.1). */
  static String ofNonAscii(String uri) {
    if (uri.chars().allMatch(c -> c < 0x80)) {
      return uri;
    }
    StringBuilder encoded = new StringBuilder(uri.length() + 16);
    uri.codePoints()
        .forEach(
            c -> {
              if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException(
                    "a URI reference with half a surrogate pair is not text");
              }
              if (c < 0x80) {
                encoded.append((char) c);
              } else {
                encoded.append(of(Character.toString(c)));
              }
            });
    return encoded.toString();
  }

  /**
   * Encodes what is not ASCII in a header's value, each character of which stands for one byte; it
   * was UTF-8 most likely, and is again when it is decoded.
   */
  static String ofBytes(String value) {
    StringBuilder encoded = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > 0x7f && c <= 0xff) {
        encoded.append('%').append(HEX.toHexDigits((byte) c));
      } else {
        encoded.append(c == ' ' ? "%20" : Character.toString(c));
      }
    }
    return encoded.toString();
  }

  static String of(String text) {
    // The JDK encodes for HTML forms, which differs in these three characters.
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
