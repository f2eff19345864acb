package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import org.sessionregistry.SessionRegistry;

/**
 * Gives the registry, when the application runs. Public for the container only. Stateless; any
 * thread.
 */
public final class RegistryCreator implements SyntheticBeanCreator<SessionRegistry> {
  /** Made by the container. */
  public RegistryCreator() {}

  @Override
  public SessionRegistry create(Instance<Object> lookup, Parameters params) {
    return lookup.select(LiteRegistry.class).get().application().registry();
  }
}
