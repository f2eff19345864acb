package org.sessionregistry.restclients;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;

/**
 * An application in Weld, with the portable extensions of this project and of the Rest Client
 * implementation, and a configuration of its own. On the thread of the test.
 */
final class Application implements AutoCloseable {
  private final Config config;
  private final SeContainer container;

  private Application(Config config, SeContainer container) {
    this.config = config;
    this.container = container;
  }

  static Application start(String... keysAndValues) {
    return start(List.of(), keysAndValues);
  }

  static Application start(List<Class<?>> beans, String... keysAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Config config =
        new SmallRyeConfigBuilder()
            .addDiscoveredSources()
            .withSources(new PropertiesConfigSource(properties, "test.properties", 100))
            .build();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ConfigProviderResolver resolver = ConfigProviderResolver.instance();
    resolver.releaseConfig(ConfigProvider.getConfig());
    resolver.registerConfig(config, loader);
    try {
      return new Application(config, container(beans));
    } catch (RuntimeException | Error e) {
      resolver.releaseConfig(config);
      throw e;
    }
  }

  private static SeContainer container(List<Class<?>> beans) {
    return SeContainerInitializer.newInstance()
        .disableDiscovery()
        .addExtensions(extensions())
        .addBeanClasses(Shop.class, Directory.class)
        .addBeanClasses(beans.toArray(Class<?>[]::new))
        .initialize();
  }

  /** As on a server: all that are there, but the container's own. */
  private static Extension[] extensions() {
    return ServiceLoader.load(Extension.class).stream()
        .filter(found -> !found.type().getName().startsWith("org.jboss.weld."))
        .map(ServiceLoader.Provider::get)
        .toArray(Extension[]::new);
  }

  /** The client that a bean gets injected. */
  Directory directory() {
    return container.select(Shop.class).get().directory();
  }

  /** What a session has done, when everything is done. */
  SessionStatistics statistics(String name) {
    ClientSession session = container.select(SessionRegistry.class).get().session(name);
    World.awaitNothingInFlight(session);
    return session.statistics();
  }

  @Override
  public void close() {
    try {
      container.close();
    } finally {
      ConfigProviderResolver.instance().releaseConfig(config);
    }
  }

  /** A bean that uses a typed client. */
  @ApplicationScoped
  static class Shop {
    @Inject @RestClient Directory directory;

    Directory directory() {
      return directory;
    }
  }
}
