package org.sessionregistry.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A setting that takes one of a few words: the constants of an enum, or {@code true} and {@code
 * false}. The rule: only the exact word is taken, another spelling is answered with it. Immutable,
 * for any thread.
 */
final class Words implements ValueType {
  static final Words BOOLEAN =
      new Words(new TreeMap<>(Map.of("true", true, "false", false)), ConfigMessages.BOOLEAN);

  private final Map<String, Object> values;
  private final String expected;

  private Words(Map<String, Object> values, String expected) {
    this.values = values;
    this.expected = expected;
  }

  /**
   * The constants of an enum: their own text form where they have one, as a version {@code 1.1}
   * cannot be the name of a constant, else their names in lower case with dashes.
   */
  static Words of(Enum<?>[] constants) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Enum<?> constant : constants) {
      values.put(word(constant), constant);
    }
    return new Words(values, ConfigMessages.oneOf(List.copyOf(values.keySet())));
  }

  /** The words. */
  Set<String> all() {
    return values.keySet();
  }

  @Override
  public Object parse(String text) {
    String word = text.strip();
    Object value = values.get(word);
    if (value == null) {
      throw new MalformedValueException(expected, Nearest.word(word, values.keySet()).orElse(""));
    }
    return value;
  }

  @Override
  public String format(Object value) {
    return value instanceof Enum<?> constant ? word(constant) : value.toString();
  }

  private static String word(Enum<?> constant) {
    String text = constant.toString();
    return text.equals(constant.name()) ? SettingKeys.kebab(text).replace('_', '-') : text;
  }
}
