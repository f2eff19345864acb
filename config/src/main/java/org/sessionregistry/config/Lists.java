package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lists as MicroProfile Config writes them: comma separated, {@code \,} for a comma within an
 * element. The rule: elements are stripped and empty ones do not count, as in {@code a, b,}.
 * Stateless, for any thread.
 */
final class Lists implements ValueType {
  private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");

  @Override
  public List<String> parse(String text) {
    List<String> elements = new ArrayList<>();
    for (String element : COMMA.split(text, -1)) {
      String stripped = element.replace("\\,", ",").strip();
      if (!stripped.isEmpty()) {
        elements.add(stripped);
      }
    }
    return List.copyOf(elements);
  }

  @Override
  public String format(Object value) {
    List<String> elements = new ArrayList<>();
    ((List<?>) value).forEach(element -> elements.add(element.toString().replace(",", "\\,")));
    return String.join(",", elements);
  }
}
