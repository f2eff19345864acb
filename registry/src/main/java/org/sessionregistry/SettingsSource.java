package org.sessionregistry;

import org.sessionregistry.settings.RegistryPlan;

/**
 * Where a registry's settings come from, each time they are read: MicroProfile Config, or anything
 * else. Thread-safe implementations only.
 */
@FunctionalInterface
public interface SettingsSource {
  /**
   * Reads all of them. May block.
   *
   * @return what is configured now
   * @throws RuntimeException if that cannot be used; it says everything that is wrong, and a
   *     registry that asked because of a reload goes on as it is
   */
  RegistryPlan read();
}
