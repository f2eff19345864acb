package org.sessionregistry.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sessionregistry.settings.Explanations;
import org.sessionregistry.settings.RegistryPlan;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * What configuration says, complete and checked. The rule: a session in here can be opened as it
 * is. Immutable, for any thread.
 *
 * @param settings what all sessions share
 * @param pools every pool that sessions may share, by name and in the order of the names
 * @param sessions every session that exists, by name and in the order of the names
 * @param warnings unknown keys, when {@code client-session-registry.unknown-keys=warn} tolerates
 *     them
 * @param explanations where each setting of each session came from
 */
public record ConfiguredRegistry(
    RegistrySettings settings,
    Map<String, SharedPoolSettings> pools,
    Map<String, SessionSettings> sessions,
    List<Problem> warnings,
    Explanations explanations) {

  /** Freezes the collections. */
  public ConfiguredRegistry {
    pools = Collections.unmodifiableMap(new TreeMap<>(pools));
    sessions = Collections.unmodifiableMap(new TreeMap<>(sessions));
    warnings = List.copyOf(warnings);
  }

  /**
   * Settings that nobody can explain.
   *
   * @param settings what all sessions share
   * @param pools every pool that sessions may share, by name
   * @param sessions every session that exists, by name
   * @param warnings unknown keys that are tolerated
   */
  public ConfiguredRegistry(
      RegistrySettings settings,
      Map<String, SharedPoolSettings> pools,
      Map<String, SessionSettings> sessions,
      List<Problem> warnings) {
    this(settings, pools, sessions, warnings, Explanations.NONE);
  }

  /**
   * What a registry has to know of it.
   *
   * @return the settings, pools and sessions
   */
  public RegistryPlan plan() {
    return new RegistryPlan(settings, pools, sessions, explanations);
  }
}
