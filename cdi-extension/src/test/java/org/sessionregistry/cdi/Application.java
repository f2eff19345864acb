package org.sessionregistry.cdi;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;

/**
 * An application in whichever CDI SE container is on the class path, with a class loader and a
 * configuration of its own, as on a server. It must have exactly the beans it is told: nothing is
 * discovered, so the extension is added by hand. On the thread of the test.
 */
final class Application implements AutoCloseable {
  /** Whether the extension of CDI Lite is at work. */
  static final boolean IS_BUILT_BEFORE = Boolean.getBoolean("test.cdi.lite");

  private final ClassLoader loader;
  private final Config config;
  private final SeContainer container;

  private Application(ClassLoader loader, Config config, SeContainer container) {
    this.loader = loader;
    this.config = config;
    this.container = container;
  }

  static Builder configured(String... keysAndValues) {
    Builder builder = new Builder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return builder;
  }

  <T> T get(Class<T> type, Annotation... qualifiers) {
    return container.select(type, qualifiers).get();
  }

  boolean isResolvable(Class<?> type, Annotation... qualifiers) {
    return container.select(type, qualifiers).isResolvable();
  }

  ClientSession session(String name) {
    return get(ClientSession.class, SessionName.Literal.of(name));
  }

  SessionRegistry registry() {
    return get(SessionRegistry.class);
  }

  void fire(Object event) {
    container.getBeanManager().getEvent().fire(event);
  }

  /** Does something as code of the application does it, with its context class loader. */
  <T> T inside(Callable<T> action) throws Exception {
    return in(loader, action);
  }

  @Override
  public void close() {
    try {
      in(loader, Executors.callable(container::close));
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      ConfigProviderResolver.instance().releaseConfig(config);
    }
  }

  private static <T> T in(ClassLoader loader, Callable<T> action) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return action.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  static final class Builder {
    private final Map<String, String> properties = new HashMap<>();
    private Class<?>[] beans = {Nothing.class};
    private Extension[] extensions = {};
    private boolean discovered;

    /** Sources that the class path brings are asked as well. */
    Builder withDiscoveredSources() {
      discovered = true;
      return this;
    }

    Builder with(String key, String value) {
      properties.put(key, value);
      return this;
    }

    Builder beans(Class<?>... classes) {
      beans = classes;
      return this;
    }

    Builder extensions(Extension... more) {
      extensions = more;
      return this;
    }

    /** Throws what the container throws when it refuses the application. */
    Application start() {
      ClassLoader loader = new URLClassLoader(new URL[0], Application.class.getClassLoader());
      SmallRyeConfigBuilder sources =
          new SmallRyeConfigBuilder()
              .withSources(new PropertiesConfigSource(properties, "test.properties", 100));
      Config config = (discovered ? sources.addDiscoveredSources() : sources).build();
      ConfigProviderResolver.instance().registerConfig(config, loader);
      try {
        return new Application(loader, config, in(loader, this::container));
      } catch (RuntimeException e) {
        ConfigProviderResolver.instance().releaseConfig(config);
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private SeContainer container() {
      SeContainerInitializer initializer =
          SeContainerInitializer.newInstance()
              .disableDiscovery()
              .addExtensions(extensions)
              .addBeanClasses(beans);
      if (IS_BUILT_BEFORE) {
        return withTheExtensionOfTheBuild(initializer).initialize();
      }
      return initializer.addExtensions(SessionExtension.class).initialize();
    }
  }

  /** Only Weld can: CDI 4.0 has no way of its own to add such an extension. */
  private static SeContainerInitializer withTheExtensionOfTheBuild(SeContainerInitializer weld) {
    try {
      return (SeContainerInitializer)
          weld.getClass()
              .getMethod("addBuildCompatibleExtensions", Class[].class)
              .invoke(weld, (Object) new Class<?>[] {UnmarkedExtension.class});
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Containers refuse an application without any bean. */
  static final class Nothing {}
}
