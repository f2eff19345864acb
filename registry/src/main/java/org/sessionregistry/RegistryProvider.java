package org.sessionregistry;

import java.util.List;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/**
 * Where the API finds what implements it ({@link java.util.ServiceLoader}); not for applications.
 */
public interface RegistryProvider {
  /**
   * Opens a registry.
   *
   * @param settings what all sessions share
   * @param sessions the sessions it starts with
   * @return the registry
   * @throws IllegalArgumentException if two sessions have the same name
   */
  SessionRegistry open(RegistrySettings settings, List<SessionSettings> sessions);
}
