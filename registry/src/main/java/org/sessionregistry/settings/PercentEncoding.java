package org.sessionregistry.settings;

import java.nio.charset.StandardCharsets;

/**
 * Percent encoding in UTF-8 (RFC 3986 section 2.1). Nothing is ever encoded twice by it: what is
 * encoded whole was not encoded before, and of what may be, only characters that cannot stand in a
 * URI are touched. Stateless, for any thread.
 */
public final class PercentEncoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentEncoding() {}

  /**
   * Encodes all but unreserved characters (RFC 3986 section 2.3).
   *
   * @param text the text
   * @return the encoded text
   */
  public static String of(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    append(text, encoded);
    return encoded.toString();
  }

  /**
   * Encodes all but unreserved characters (RFC 3986 section 2.3).
   *
   * @param text the text
   * @param to where the encoded text is appended
   */
  public static void append(String text, StringBuilder to) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved((char) (b & 0xFF))) {
        to.append((char) b);
      } else {
        append(b, to);
      }
    }
  }

  /**
   * Encodes what is not ASCII and leaves the rest as it is (RFC 3987 section 3.1).
   *
   * @param uri a URI reference with any characters
   * @return the reference in ASCII
   * @throws IllegalArgumentException if it has half a surrogate pair
   */
  public static String ofNonAscii(String uri) {
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
                append(Character.toString(c), encoded);
              }
            });
    return encoded.toString();
  }

  /**
   * Encodes what is not ASCII in a header's value, each character of which stands for one byte; it
   * was UTF-8 most likely, and is again when it is decoded. Spaces are encoded too.
   *
   * @param value the value
   * @return the value in ASCII
   */
  public static String ofBytes(String value) {
    StringBuilder encoded = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c > 0x7f && c <= 0xff) || c == ' ') {
        append((byte) c, encoded);
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  private static void append(byte b, StringBuilder to) {
    to.append('%').append(HEX[b >> 4 & 0xF]).append(HEX[b & 0xF]);
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
