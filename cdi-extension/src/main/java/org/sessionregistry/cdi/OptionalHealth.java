package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.sessionregistry.cdi.health.SessionsReadiness;

/**
 * Adds the readiness check of sessions, if the application has MicroProfile Health and a session
 * asks for it. The rule: nothing of its API is loaded before it is known to be there. During the
 * container's start.
 */
final class OptionalHealth {
  private static final Logger LOG = System.getLogger(OptionalHealth.class.getPackageName());

  private static final String API = "org.eclipse.microprofile.health.HealthCheck";

  private OptionalHealth() {}

  static void add(AfterBeanDiscovery event, HealthWatch watch, ApplicationRegistry application) {
    if (!watch.isNeeded()) {
      return;
    }
    if (isThere()) {
      Check.add(event, watch, application);
    } else {
      LOG.log(Level.WARNING, Messages.noHealth());
    }
  }

  /** The same for an application that is built before it runs; what a session asks for then. */
  static void add(SyntheticComponents components) {
    if (isThere()) {
      Check.add(components);
    } else {
      LOG.log(Level.WARNING, Messages.noHealth());
    }
  }

  private static boolean isThere() {
    try {
      Class.forName(API, false, OptionalHealth.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // a message says so
    }
  }

  /** Loaded only where the API is. */
  private static final class Check {
    private Check() {}

    static void add(SyntheticComponents components) {
      components
          .addBean(SessionsReadiness.class)
          .type(HealthCheck.class)
          .qualifier(Readiness.Literal.INSTANCE)
          .scope(Singleton.class)
          .createWith(ReadinessCreator.class);
    }

    static void add(AfterBeanDiscovery event, HealthWatch watch, ApplicationRegistry application) {
      event
          .<HealthCheck>addBean()
          .beanClass(SessionsReadiness.class)
          .id(SessionsReadiness.class.getName())
          .types(HealthCheck.class, Object.class)
          .qualifiers(Readiness.Literal.INSTANCE, Any.Literal.INSTANCE)
          .scope(Singleton.class)
          .createWith(context -> watch.readiness(application));
    }
  }
}
