package org.sessionregistry.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.archives.billing.Billing;
import org.sessionregistry.cdi.archives.orders.Orders;

/**
 * An application of a jar and a directory, found as containers find them: by their {@code
 * beans.xml}, and our own jar by what it registers. Not on OpenWebBeans, which takes the class path
 * of all tests for an archive, too.
 */
@Tag("portable")
@Tag("weld")
class SeveralArchivesTest {
  private static final String BEANS_XML = "META-INF/beans.xml";

  @TempDir Path directory;
  private TestServer server;
  private URLClassLoader loader;
  private ClassLoader before;
  private Config config;
  private SeContainer container;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
    loader =
        new URLClassLoader(
            new URL[] {jar(Orders.class), exploded(Billing.class, Billing.Signing.class)},
            SeveralArchivesTest.class.getClassLoader());
    before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of("client-session.shop.base-url", server.url()), "test", 100))
            .build();
    ConfigProviderResolver.instance().registerConfig(config, loader);
    container = SeContainerInitializer.newInstance().setClassLoader(loader).initialize();
  }

  @AfterEach
  void stop() throws Exception {
    container.close();
    ConfigProviderResolver.instance().releaseConfig(config);
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
    server.close();
    assertThat(RegistryThreads.left()).isEmpty();
  }

  @Test
  void beansOfAllArchivesShareTheSessions() throws Exception {
    assertThat(container.select(Billing.class).get().ask("/both")).isEqualTo("/both /both");
    assertThat(container.select(ClientSession.class, Any.Literal.INSTANCE).stream()).hasSize(1);
  }

  @Test
  void aBeanOfOneArchiveAddsToASessionOfTheOther() throws Exception {
    assertThat(container.select(Orders.class).get().ask("/orders")).isEqualTo("/orders");
    assertThat(server.header("/orders", "X-Steps")).isEqualTo("signed");
  }

  /** Our jar registers both; only one may run. */
  @Test
  void theExtensionOfTheBuildIsNotAtWorkBesides() {
    assertThat(container.select(LiteRegistry.class, Any.Literal.INSTANCE).isUnsatisfied()).isTrue();
  }

  private URL jar(Class<?>... classes) throws IOException {
    Path jar = directory.resolve("orders.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : contents(classes).entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return jar.toUri().toURL();
  }

  private URL exploded(Class<?>... classes) throws IOException {
    Path root = directory.resolve("billing");
    for (Map.Entry<String, byte[]> entry : contents(classes).entrySet()) {
      Path file = root.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(entry.getValue());
      }
    }
    return root.toUri().toURL();
  }

  private static Map<String, byte[]> contents(Class<?>... classes) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(
        BEANS_XML,
        """
        <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"
               bean-discovery-mode="annotated"/>
        """
            .getBytes(UTF_8));
    for (Class<?> type : classes) {
      String name = type.getName().replace('.', '/') + ".class";
      try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
        contents.put(name, in.readAllBytes());
      }
    }
    return contents;
  }
}
