package org.sessionregistry.runtime;

import org.sessionregistry.RegistryContents;
import org.sessionregistry.RegistryProvider;
import org.sessionregistry.SessionRegistry;

/** Found by the API through {@link java.util.ServiceLoader}. Stateless. */
public final class StandardRegistryProvider implements RegistryProvider {
  /** For the service loader. */
  public StandardRegistryProvider() {}

  @Override
  public SessionRegistry open(RegistryContents contents) {
    return new StandardRegistry(contents);
  }
}
