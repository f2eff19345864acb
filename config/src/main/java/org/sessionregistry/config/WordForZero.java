package org.sessionregistry.config;

/**
 * A setting whose zero has a word of its own, such as {@code off}. The rule: the word is how it is
 * written, {@code 0} is understood too. Immutable, for any thread.
 */
record WordForZero(String word, ValueType type) implements ValueType {
  private static final String ZERO = "0";

  @Override
  public Object parse(String text) {
    try {
      return type.parse(text.strip().equals(word) ? ZERO : text);
    } catch (MalformedValueException e) {
      throw new MalformedValueException(
          ConfigMessages.orWord(e.expected(), word), e.suggestion().orElse(""));
    }
  }

  @Override
  public String format(Object value) {
    String text = type.format(value);
    return text.equals(ZERO) ? word : text;
  }
}
