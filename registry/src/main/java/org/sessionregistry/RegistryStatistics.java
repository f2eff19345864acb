package org.sessionregistry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the sessions of a registry have done so far.
 *
 * @param sessions by name
 */
public record RegistryStatistics(Map<String, SessionStatistics> sessions) {
  /** Keeps a copy in the given order. */
  public RegistryStatistics {
    sessions = Collections.unmodifiableMap(new LinkedHashMap<>(sessions));
  }

  /**
   * Connections of all sessions: opening, in use, idle and closing.
   *
   * @return their number
   */
  public int connections() {
    return sessions.values().stream()
        .map(SessionStatistics::pool)
        .mapToInt(p -> p.inUse() + p.idle() + p.opening() + p.closing())
        .sum();
  }
}
