package org.sessionregistry;

/**
 * Where the API finds what implements it ({@link java.util.ServiceLoader}); not for applications.
 */
public interface RegistryProvider {
  /**
   * Opens a registry.
   *
   * @param contents what it starts with
   * @return the registry
   * @throws IllegalArgumentException if two sessions or two pools have the same name, or a session
   *     names a pool that is not among them, or there are hooks for a session that is not
   */
  SessionRegistry open(RegistryContents contents);
}
