package org.sessionregistry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * What a builder has collected for a registry; not for applications. Immutable.
 *
 * @param settings what all sessions share, unless there is a source
 * @param pools the pools that sessions may share, unless there is a source
 * @param sessions the sessions that are opened in code
 * @param hooks what the application adds to some sessions, by name
 * @param hooksOfEach what it adds to each session, after those
 * @param listeners who hears of sessions as they come and go
 * @param source where settings are read, now and again
 */
public record RegistryContents(
    RegistrySettings settings,
    List<SharedPoolSettings> pools,
    List<SessionSettings> sessions,
    Map<String, SessionHooks> hooks,
    Function<SessionSettings, SessionHooks> hooksOfEach,
    List<RegistryListener> listeners,
    Optional<SettingsSource> source) {

  /** Copies the collections. */
  public RegistryContents {
    pools = List.copyOf(pools);
    sessions = List.copyOf(sessions);
    hooks = Map.copyOf(hooks);
    listeners = List.copyOf(listeners);
  }
}
