package org.sessionregistry.runtime;

import java.util.Optional;
import org.sessionregistry.RegistryContents;
import org.sessionregistry.RegistryProvider;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.TlsSettings;
import org.sessionregistry.transport.TlsCheck;

/** Found by the API through {@link java.util.ServiceLoader}. Stateless. */
public final class StandardRegistryProvider implements RegistryProvider {
  /** For the service loader. */
  public StandardRegistryProvider() {}

  @Override
  public SessionRegistry open(RegistryContents contents) {
    return new StandardRegistry(contents);
  }

  @Override
  public Optional<InvalidSettingException> check(TlsSettings settings) {
    return TlsCheck.problemWith(settings);
  }
}
