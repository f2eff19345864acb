package org.sessionregistry.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/**
 * The value of a parameter such as {@code title*}: charset, language and percent encoded text (RFC
 * 8187 section 3.2). Stateless, for any thread.
 */
final class ExtendedValue {
  private ExtendedValue() {}

  /** The text; null when it is not such a value. */
  static @Nullable String decode(String value) {
    int charsetEnd = value.indexOf('\'');
    int languageEnd = value.indexOf('\'', charsetEnd + 1);
    if (charsetEnd < 1 || languageEnd < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = languageEnd + 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%') {
        int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
        int low = i + 2 < value.length() ? Character.digit(value.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c > ' ' && c < 0x7F) {
        bytes.write(c);
      } else {
        return null;
      }
    }
    try {
      return Charset.forName(value.substring(0, charsetEnd))
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException
        | IllegalCharsetNameException
        | UnsupportedCharsetException e) {
      return null;
    }
  }
}
