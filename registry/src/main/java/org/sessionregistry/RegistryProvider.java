package org.sessionregistry;

import java.util.Optional;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.TlsSettings;

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

  /**
   * Looks for what only this machine can tell of TLS settings: whether the files that they name can
   * be used, and whether the JVM knows protocols and ciphers. Reads files.
   *
   * @param settings the settings
   * @return what is wrong; the value in it is empty
   */
  Optional<InvalidSettingException> check(TlsSettings settings);
}
