package org.sessionregistry.config;

import java.util.Optional;

/**
 * How the text of a setting becomes its value and back. The rule: {@link #parse} refuses what it
 * does not understand completely; it never guesses. Immutable, for any thread.
 */
interface ValueType {
  /**
   * Reads a value.
   *
   * @throws MalformedValueException if the text is not one
   */
  Object parse(String text);

  /** The value as a person would write it; empty for "nothing". */
  String format(Object value);

  /**
   * A harmless value that takes the place of one that was refused, so that settings that need its
   * company are not reported too. It never reaches a caller, because the reading fails.
   */
  default Optional<Object> standIn() {
    return Optional.empty();
  }
}
