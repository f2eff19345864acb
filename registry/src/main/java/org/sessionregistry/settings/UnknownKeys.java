package org.sessionregistry.settings;

/** What happens when configuration has a key that no setting has. */
public enum UnknownKeys {
  /** The start fails and names the nearest known key. */
  FAIL,
  /** The same text is logged as a warning. */
  WARN
}
