package org.sessionregistry.settings;

import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a header field may look like (RFC 9110 sections 5.1, 5.5 and 5.6.2), asked by settings and
 * requests alike so that no value can ever smuggle a line into a request.
 */
public final class HeaderSyntax {
  private static final BitSet TOKEN = new BitSet(128);

  static {
    TOKEN.set('0', '9' + 1);
    TOKEN.set('a', 'z' + 1);
    TOKEN.set('A', 'Z' + 1);
    "!#$%&'*+-.^_`|~".chars().forEach(TOKEN::set);
  }

  /** Fields that frame the message; the session writes them, nobody else may. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderSyntax() {}

  /**
   * Refuses a field that cannot be sent.
   *
   * @param name its name
   * @param value its value
   * @throws IllegalArgumentException says what would be right, and not the value
   */
  public static void refuse(String name, String value) {
    problemWithName(name)
        .or(() -> problemWithValue(value))
        .ifPresent(
            expected -> {
              String shown = name.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
              throw new IllegalArgumentException("header '" + shown + "': expected " + expected);
            });
  }

  /**
   * Checks a field name.
   *
   * @param name the name
   * @return what would be right, as a phrase that can follow "expected"; empty when it is right
   */
  public static Optional<String> problemWithName(String name) {
    if (name.isEmpty()) {
      return Optional.of("a header name that is not empty");
    }
    if (!isToken(name)) {
      return Optional.of(
          "a header name of letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 section 5.6.2)");
    }
    if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of(
          "another header: this one frames the message and is written by the session itself");
    }
    return Optional.empty();
  }

  /**
   * Whether a text is a token (RFC 9110 section 5.6.2), as method and field names are.
   *
   * @param text the text
   * @return true when it is not empty and has token characters only
   */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!TOKEN.get(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * Checks a field value.
   *
   * @param value the value
   * @return what would be right, as a phrase that can follow "expected"; empty when it is right
   */
  public static Optional<String> problemWithValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        return Optional.of("a header value without CR, LF and NUL (RFC 9110 section 5.5)");
      }
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        return Optional.of("a header value without control characters (RFC 9110 section 5.5)");
      }
      if (c > 0xFF) {
        return Optional.of(
            "a header value in ISO 8859-1; encode other characters first (RFC 9110 section 5.5)");
      }
    }
    return Optional.empty();
  }

  /**
   * A text that may have line ends, to be shown in a message.
   *
   * @param text the text
   * @return the text with CR, LF and NUL written out
   */
  public static String visible(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }

  /**
   * Whether a header carries credentials, so that its value is masked wherever it is shown.
   *
   * @param name the field name
   * @return true for credentials by standard name or by the words that name them
   */
  public static boolean isSensitive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("auth")
        || lower.contains("cookie")
        || lower.contains("token")
        || lower.contains("secret")
        || lower.contains("password")
        || lower.contains("key");
  }
}
