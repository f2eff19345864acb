package org.sessionregistry.cdi;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sessionregistry.Interceptor;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.SessionListener;
import org.sessionregistry.TenantResolver;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.CookieStore;

/**
 * The registry of an application that was built before it runs: it reads the configuration when the
 * application starts, and everything that is wrong is one exception that ends the start.
 *
 * <p>It must be a singleton: the container destroys those when every bean of the application's
 * context has been destroyed and could still use its session. It must be a bean by its class with
 * an observer, because what seems to be unused is removed at build time. Thread-safe.
 */
@Singleton
class LiteRegistry {
  private static final Logger LOG = System.getLogger(LiteRegistry.class.getPackageName());

  private final ApplicationRegistry application;
  private final HealthWatch health;

  /** The beans are looked up by the manager; naming their types here keeps them in the build. */
  @Inject
  @SuppressWarnings("UnusedVariable")
  LiteRegistry(
      BeanManager manager,
      InjectionSites sites,
      @Any Instance<Interceptor> interceptors,
      @Any Instance<SessionListener> listeners,
      @Any Instance<TokenSupplier> tokens,
      @Any Instance<JsonCodec> codecs,
      @Any Instance<CookieJar> jars,
      @Any Instance<CookieStore> stores,
      @Any Instance<TenantResolver> tenants) {
    HookPlan<Bean<?>> hooks = hooks(manager);
    SessionDeployment deployment =
        new SessionDeployment(ConfigProvider::getConfig, all(sites), hooks);
    ConfiguredRegistry configured = deployment.read();
    configured.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
    health = new HealthWatch(configured);
    application =
        ApplicationRegistry.of(
            configured,
            deployment::readAgain,
            () -> health.with(OptionalTelemetry.with(new HookInstances(hooks, manager))),
            new SessionEvents(told -> manager.getEvent().fireAsync(told)));
  }

  private static List<InjectionSite> all(InjectionSites sites) {
    List<InjectionSite> all = new ArrayList<>(sites.sites());
    all.addAll(ConfiguredClients.sites(ConfigProvider::getConfig));
    return all;
  }

  private static HookPlan<Bean<?>> hooks(BeanManager manager) {
    Map<Bean<?>, HookBean<Bean<?>>> hooks = new LinkedHashMap<>();
    for (Bean<?> bean : manager.getBeans(Object.class, Any.Literal.INSTANCE)) {
      HookBean.of(bean, bean.getBeanClass().getName()).ifPresent(hook -> hooks.put(bean, hook));
    }
    return new HookPlan<>(hooks.values());
  }

  ApplicationRegistry application() {
    return application;
  }

  HealthWatch health() {
    return health;
  }

  /** Before other observers, so that the configuration is reported before anybody uses it. */
  void start(@Observes @Priority(0) Startup event) {
    LOG.log(Level.DEBUG, "the configuration of the sessions is read");
  }

  /** Before other observers, which may use a session. */
  void beginStop(@Observes @Priority(0) Shutdown event) {
    application.beginStop();
  }

  @PreDestroy
  void close() {
    application.close();
  }
}
