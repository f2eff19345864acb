package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import org.sessionregistry.cdi.health.SessionsReadiness;

/**
 * Gives the readiness check, when the application runs. Public for the container only; loaded only
 * where MicroProfile Health is. Stateless; any thread.
 */
public final class ReadinessCreator implements SyntheticBeanCreator<SessionsReadiness> {
  /** Made by the container. */
  public ReadinessCreator() {}

  @Override
  public SessionsReadiness create(Instance<Object> lookup, Parameters params) {
    LiteRegistry registry = lookup.select(LiteRegistry.class).get();
    return registry.health().readiness(registry.application());
  }
}
