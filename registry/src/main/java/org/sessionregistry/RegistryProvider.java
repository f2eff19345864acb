package org.sessionregistry;

import java.util.List;
import java.util.Map;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * Where the API finds what implements it ({@link java.util.ServiceLoader}); not for applications.
 */
public interface RegistryProvider {
  /**
   * Opens a registry.
   *
   * @param settings what all sessions share
   * @param pools the pools that sessions may share
   * @param sessions the sessions it starts with
   * @param hooks what the application adds to some of them, by name
   * @return the registry
   * @throws IllegalArgumentException if two sessions or two pools have the same name, or a session
   *     names a pool that is not among them, or there are hooks for a session that is not
   */
  SessionRegistry open(
      RegistrySettings settings,
      List<SharedPoolSettings> pools,
      List<SessionSettings> sessions,
      Map<String, SessionHooks> hooks);
}
