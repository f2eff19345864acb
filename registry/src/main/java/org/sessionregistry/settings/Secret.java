package org.sessionregistry.settings;

/**
 * A value that must never be shown: its text form is a mask.
 *
 * @param value the secret itself; hand it only to what needs it
 */
public record Secret(String value) {
  /** What stands in for every secret in logs, messages and reports. */
  public static final String MASK = "*****";

  @Override
  public String toString() {
    return MASK;
  }
}
