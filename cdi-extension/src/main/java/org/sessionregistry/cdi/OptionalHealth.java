package org.sessionregistry.cdi;

import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
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

  /**
   * Adds it.
   *
   * @param user a class of the application; without one the check is this library's
   */
  static void add(
      AfterBeanDiscovery event,
      HealthWatch watch,
      ApplicationRegistry application,
      Optional<Class<?>> user) {
    if (!watch.isNeeded()) {
      return;
    }
    if (isThere()) {
      Check.add(event, watch, application, user);
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

    static void add(
        AfterBeanDiscovery event,
        HealthWatch watch,
        ApplicationRegistry application,
        Optional<Class<?>> user) {
      event.addBean(
          new FoundByServerBean<HealthCheck>(
              user.orElse(SessionsReadiness.class),
              HealthCheck.class,
              Readiness.Literal.INSTANCE,
              () -> watch.readiness(application)));
    }
  }
}
