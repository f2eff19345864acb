package org.sessionregistry.settings;

/**
 * How soon a waiting request is served, compared with the others in its queue. When all three wait,
 * they are served in the ratio 16 : 4 : 1, so that the lowest still moves.
 */
public enum Priority {
  /** Served sixteen times as often as low. */
  HIGH,
  /** Served four times as often as low. */
  NORMAL,
  /** Served when nobody else waits, and now and then when somebody does. */
  LOW
}
