package org.sessionregistry.config;

import java.util.Optional;

/**
 * A text is not a value of its type. The rule: it never leaves this package, and does not hold the
 * text, which may be a secret.
 */
final class MalformedValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String suggestion;

  MalformedValueException(String expected) {
    this(expected, "");
  }

  MalformedValueException(String expected, String suggestion) {
    super(expected, null, false, false);
    this.expected = expected;
    this.suggestion = suggestion;
  }

  /** What would be right, to follow the word "expected". */
  String expected() {
    return expected;
  }

  Optional<String> suggestion() {
    return suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion);
  }
}
