package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import org.sessionregistry.ClientSession;

/**
 * Gives the session of a name, when the application runs. Public for the container only. Stateless;
 * any thread.
 */
public final class SessionCreator implements SyntheticBeanCreator<ClientSession> {
  static final String NAME = "name";

  /** Made by the container. */
  public SessionCreator() {}

  @Override
  public ClientSession create(Instance<Object> lookup, Parameters params) {
    return lookup
        .select(LiteRegistry.class)
        .get()
        .application()
        .session(params.get(NAME, String.class));
  }
}
