package org.sessionregistry.settings;

/**
 * A setting has a value that cannot be used. It names the key relative to the session ({@code
 * pool.max-connections}), the value and what would be right, so that whoever knows where the value
 * came from (a file, a line of code) can report it with its source.
 */
public class InvalidSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The key, relative to its root. */
  private final String key;

  /** The refused value as text, already masked if it is a secret. */
  private final String value;

  /** What would be right. */
  private final String expected;

  /**
   * Describes a refused value.
   *
   * @param key the key relative to the session, for example {@code timeout.total}
   * @param value the value as text; mask a secret before it is handed in
   * @param expected what would be right, as a phrase that can follow "expected"
   */
  public InvalidSettingException(String key, String value, String expected) {
    super(key + " = " + value + ": expected " + expected);
    this.key = key;
    this.value = value;
    this.expected = expected;
  }

  /**
   * The key, relative to its root.
   *
   * @return for example {@code pool.max-connections}
   */
  public String key() {
    return key;
  }

  /**
   * The refused value.
   *
   * @return the value as text, masked if it is a secret
   */
  public String value() {
    return value;
  }

  /**
   * What would be right.
   *
   * @return a phrase that can follow "expected"
   */
  public String expected() {
    return expected;
  }
}
