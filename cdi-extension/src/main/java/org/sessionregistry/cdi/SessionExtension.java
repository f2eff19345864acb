package org.sessionregistry.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.config.ConfiguredRegistry;

/**
 * Hears what happens in the life of an application and hands each event to the class that answers
 * it. It must keep everything in its instance, never in a static field: one JVM runs many
 * applications. Called by the container, on the threads that start and stop the application.
 */
public class SessionExtension implements Extension {
  private static final Logger LOG = System.getLogger(SessionExtension.class.getPackageName());

  /** After the observers of other extensions, which may still use a session. */
  private static final int LAST = Integer.MAX_VALUE;

  /** Before the observers of the application, which may use a session. */
  private static final int FIRST = 0;

  private final DiscoveredSessions discovered = new DiscoveredSessions();
  private final DiscoveredHooks hooks = new DiscoveredHooks();

  /** Null until it is read, and if it cannot be used. */
  private volatile @Nullable ConfiguredRegistry configured;

  /** Null until the configuration is read, and if it cannot be used. */
  private volatile @Nullable ApplicationRegistry registry;

  /** Made by the container. */
  public SessionExtension() {}

  void noteInjection(@Observes ProcessInjectionPoint<?, ?> event) {
    discovered.injectedAt(event.getInjectionPoint());
  }

  void noteOwnClass(@Observes ProcessManagedBean<? extends ClientSession> event) {
    discovered.madeByTheApplication(event.getBean());
  }

  void noteOwnMethod(@Observes ProcessProducerMethod<? extends ClientSession, ?> event) {
    discovered.madeByTheApplication(event.getBean());
  }

  void noteOwnField(@Observes ProcessProducerField<? extends ClientSession, ?> event) {
    discovered.madeByTheApplication(event.getBean());
  }

  void noteHook(@Observes ProcessBean<?> event) {
    hooks.add(event);
  }

  void addBeans(@Observes AfterBeanDiscovery event, BeanManager manager) {
    try {
      SessionDeployment deployment =
          new SessionDeployment(
              ConfigProvider::getConfig, discovered.sites(ConfigProvider::getConfig), hooks.plan());
      ConfiguredRegistry read = deployment.read();
      read.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
      HealthWatch health = new HealthWatch(read);
      ApplicationRegistry application =
          ApplicationRegistry.of(
              read,
              deployment::readAgain,
              () -> health.with(OptionalTelemetry.with(new HookInstances(hooks.plan(), manager))),
              new SessionEvents(told -> manager.getEvent().fireAsync(told)));
      new SessionBeans(event, application).add(read.sessions().keySet());
      OptionalHealth.add(event, health, application, discovered.user());
      configured = read;
      registry = application;
    } catch (DeploymentException e) {
      // Before the container resolves anything, so that it does not report the same once more.
      event.addDefinitionError(e);
    }
  }

  /** Beans that other extensions have added were not known before. */
  void checkHooks(@Observes AfterDeploymentValidation event) {
    ConfiguredRegistry read = configured;
    if (read != null) {
      try {
        SessionDeployment.check(hooks.plan(), read);
      } catch (DeploymentException e) {
        event.addDeploymentProblem(e);
      }
    }
  }

  void beginStop(
      @Observes @Priority(FIRST) @BeforeDestroyed(ApplicationScoped.class) Object event) {
    ApplicationRegistry application = registry;
    if (application != null) {
      application.beginStop();
    }
  }

  void close(@Observes @Priority(LAST) BeforeShutdown event) {
    ApplicationRegistry application = registry;
    if (application != null) {
      application.close();
    }
  }
}
