package org.sessionregistry.sample;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little JSON that the sample's services speak: flat objects of strings and whole numbers. An
 * application would take a library.
 */
final class Json {
  private Json() {}

  /** An object; a value that is not a number becomes a string. */
  static String object(Object... namesAndValues) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(quoted(namesAndValues[i].toString())).append(':');
      Object value = namesAndValues[i + 1];
      text.append(value instanceof Number ? value.toString() : quoted(value.toString()));
    }
    return text.append('}').toString();
  }

  /** The value of a member of a flat object, without quotes. */
  static Optional<String> member(String object, String name) {
    Matcher member =
        Pattern.compile(
                Pattern.quote(quoted(name)) + "\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+))")
            .matcher(object);
    if (!member.find()) {
      return Optional.empty();
    }
    String number = member.group(2);
    return Optional.of(number != null ? number : unescaped(member.group(1)));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String unescaped(String text) {
    return text.replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
