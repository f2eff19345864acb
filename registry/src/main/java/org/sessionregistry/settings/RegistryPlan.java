package org.sessionregistry.settings;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a registry is told: what all sessions share, the pools that they may share, and the
 * sessions. Immutable, for any thread.
 *
 * @param settings what all sessions share
 * @param pools the pools that sessions may share, by name and in the order of the names
 * @param sessions the sessions, by name and in the order of the names
 * @param explanations where the settings of the sessions came from
 */
public record RegistryPlan(
    RegistrySettings settings,
    Map<String, SharedPoolSettings> pools,
    Map<String, SessionSettings> sessions,
    Explanations explanations) {

  /** A registry with its defaults, without pools and sessions. */
  public static final RegistryPlan EMPTY =
      new RegistryPlan(RegistrySettings.DEFAULTS, Map.of(), Map.of());

  /** Freezes the maps, and refuses a name that is not that of its settings. */
  public RegistryPlan {
    pools = Collections.unmodifiableMap(new TreeMap<>(pools));
    sessions = Collections.unmodifiableMap(new TreeMap<>(sessions));
    pools.forEach((name, pool) -> same(name, pool.name()));
    sessions.forEach((name, session) -> same(name, session.name()));
  }

  /**
   * A plan without explanations.
   *
   * @param settings what all sessions share
   * @param pools the pools that sessions may share, by name
   * @param sessions the sessions, by name
   */
  public RegistryPlan(
      RegistrySettings settings,
      Map<String, SharedPoolSettings> pools,
      Map<String, SessionSettings> sessions) {
    this(settings, pools, sessions, Explanations.NONE);
  }

  private static void same(String name, String inside) {
    if (!name.equals(inside)) {
      throw new IllegalArgumentException("the settings of " + inside + " are those of " + name);
    }
  }
}
