package org.sessionregistry.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Decides how the bytes of a body are read as text. */
final class Text {
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] UTF_16BE_MARK = {(byte) 0xFE, (byte) 0xFF};
  private static final byte[] UTF_16LE_MARK = {(byte) 0xFF, (byte) 0xFE};

  private Text() {}

  /** Decodes by a byte order mark, which is dropped, else by the given charset. */
  static String decode(byte[] bytes, Charset charset) {
    if (startsWith(bytes, UTF_8_MARK)) {
      return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, UTF_16BE_MARK)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    if (startsWith(bytes, UTF_16LE_MARK)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    return new String(bytes, charset);
  }

  private static boolean startsWith(byte[] bytes, byte[] mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if (bytes[i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The charset parameter of a media type (RFC 9110 section 8.3.2); UTF-8 when there is none or
   * this JVM does not know it.
   */
  static Charset charset(Optional<String> contentType) {
    String type = contentType.orElse("");
    int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    String value = type.substring(at + "charset=".length()).strip();
    int end = value.startsWith("\"") ? value.indexOf('"', 1) : value.indexOf(';');
    String name = value.substring(value.startsWith("\"") ? 1 : 0, end < 0 ? value.length() : end);
    try {
      return Charset.forName(name.strip());
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
