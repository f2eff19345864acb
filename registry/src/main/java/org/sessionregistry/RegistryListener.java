package org.sessionregistry;

/**
 * Hears of the sessions of a registry as they come and go. Called after the fact, one event after
 * the other, on the thread that opened, reloaded or closed, or on one of the registry's own, which
 * must not be blocked. What it throws is logged and changes nothing. Thread-safe implementations
 * only.
 */
public interface RegistryListener {
  /**
   * A session was opened.
   *
   * @param session the session
   */
  default void opened(ClientSession session) {}

  /**
   * A session has other settings now.
   *
   * @param session the session
   */
  default void reloaded(ClientSession session) {}

  /**
   * A session is closed, and nothing of it is left.
   *
   * @param session the session
   */
  default void closed(ClientSession session) {}
}
