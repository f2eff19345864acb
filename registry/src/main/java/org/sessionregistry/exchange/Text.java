package org.sessionregistry.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides how the bytes of a body are read as text: a byte order mark is more than what the header
 * says (WHATWG Encoding section 6.1), as it is in browsers. Stateless, for any thread.
 */
final class Text {
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] UTF_16BE_MARK = {(byte) 0xFE, (byte) 0xFF};
  private static final byte[] UTF_16LE_MARK = {(byte) 0xFF, (byte) 0xFE};

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private Text() {}

  /** Decodes by a byte order mark, which is dropped, else by the given charset. */
  static String decode(byte[] bytes, Charset charset) {
    int mark = markLength(bytes);
    return new String(bytes, mark, bytes.length - mark, marked(bytes, charset));
  }

  /** The charset that a byte order mark stands for, else the given one. */
  static Charset marked(byte[] bytes, Charset other) {
    if (startsWith(bytes, UTF_8_MARK)) {
      return StandardCharsets.UTF_8;
    }
    if (startsWith(bytes, UTF_16BE_MARK)) {
      return StandardCharsets.UTF_16BE;
    }
    return startsWith(bytes, UTF_16LE_MARK) ? StandardCharsets.UTF_16LE : other;
  }

  /** How many bytes the byte order mark has; 0 when there is none. */
  static int markLength(byte[] bytes) {
    if (startsWith(bytes, UTF_8_MARK)) {
      return UTF_8_MARK.length;
    }
    return startsWith(bytes, UTF_16BE_MARK) || startsWith(bytes, UTF_16LE_MARK) ? 2 : 0;
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
    Matcher parameter = CHARSET.matcher(contentType.orElse(""));
    if (!parameter.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(parameter.group(1));
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
