package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.cdi.SessionExtension;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.SessionConfig;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** What the README shows is what compiles and runs here. */
class ReadmeTest {
  private final Map<String, String> acceptByPath = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          acceptByPath.put(
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Accept")));
          byte[] body = ("hello from " + exchange.getRequestURI().getPath()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void theBeanOfTheReadmeRunsOnTheConfigurationOfTheReadme() throws Exception {
    assertThat(Snippets.snippet("Profiles.java", "readme")).isEqualTo(blocks("java").get(0));
    Map<String, String> settings = new HashMap<>(properties(blocks("properties").get(0)));
    settings.put("client-session.github.base-url", address());

    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "README.md", 100))
            .build();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ConfigProviderResolver.instance().registerConfig(config, loader);
    try (WeldContainer container =
        new Weld()
            .disableDiscovery()
            .addExtension(new SessionExtension())
            .addBeanClass(Profiles.class)
            .initialize()) {
      Profiles profiles = container.select(Profiles.class).get();

      assertThat(profiles.profile("ada").toCompletableFuture().get())
          .isEqualTo("hello from /users/ada");
      assertThat(profiles.profileNow("grace")).isEqualTo("hello from /users/grace");
      assertThat(acceptByPath).containsEntry("/users/ada", "application/vnd.github+json");
    } finally {
      ConfigProviderResolver.instance().releaseConfig(config);
    }
  }

  @Test
  void theExampleWithoutAContainerRuns() throws Exception {
    assertThat(
            Snippets.snippet("WithoutContainer.java", "readme")
                .replace("address", "\"https://api.github.com\""))
        .isEqualTo(blocks("java").get(1));
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      WithoutContainer.run(address());
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(UTF_8)).isEqualToIgnoringNewLines("hello from /zen");
  }

  @Test
  void thePoolThatTheReadmeSharesIsShared() throws Exception {
    ConfiguredRegistry read =
        SessionConfig.read(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        properties(blocks("properties").get(1)), "README.md", 100))
                .build(),
            Set.of());

    assertThat(read.pools().get("crm"))
        .isEqualTo(
            new SharedPoolSettings(
                "crm",
                PoolSettings.DEFAULTS
                    .withMaxConnections(50)
                    .withMaxConnectionsPerTenant(40)
                    .withReservedHigh(5),
                QueueSettings.ofMaxSize(1000)));
    assertThat(read.sessions().values())
        .extracting(s -> s.pool().name().orElseThrow(), SessionSettings::priority)
        .containsExactly(tuple("crm", Priority.LOW), tuple("crm", Priority.HIGH));
  }

  private String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private static List<String> blocks(String language) throws IOException {
    return Snippets.blocks("README.md", language);
  }

  private static Map<String, String> properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> map = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }
}
