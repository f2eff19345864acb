package org.sessionregistry;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * The pools of all sessions, one that several share once.
   *
   * @return a snapshot of each
   */
  public List<PoolStatistics> pools() {
    Set<String> shared = new HashSet<>();
    return sessions.values().stream()
        .filter(session -> session.sharedPool().map(shared::add).orElse(true))
        .map(SessionStatistics::pool)
        .toList();
  }

  /**
   * Connections of all pools: opening, in use, idle and closing.
   *
   * @return their number
   */
  public int connections() {
    return pools().stream().mapToInt(p -> p.inUse() + p.idle() + p.opening() + p.closing()).sum();
  }

  /**
   * Requests of all sessions that wait for a connection.
   *
   * @return their number
   */
  public int waiting() {
    return pools().stream().mapToInt(PoolStatistics::waiting).sum();
  }
}
