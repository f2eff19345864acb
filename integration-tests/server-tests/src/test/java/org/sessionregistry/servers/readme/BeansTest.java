package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionExtension;
import org.sessionregistry.cdi.SessionName;

/** What docs/beans.md shows is what compiles and runs here. */
@Timeout(60)
class BeansTest {
  private static final String DOCUMENT = "docs/beans.md";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Trace")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = "secret".getBytes(UTF_8);
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
  void theBeansOfTheDocumentAddToTheirSessions() throws Exception {
    List<String> blocks = Snippets.blocks(DOCUMENT, "java");
    assertThat(blocks.get(0)).isEqualTo(Snippets.snippet("CrmTokens.java", "beans"));
    assertThat(blocks.get(1)).isEqualTo(Snippets.snippet("Tracing.java", "beans"));
    assertThat(blocks.get(2)).isEqualTo(Snippets.snippet("SharedLogin.java", "beans"));
    assertThat(blocks.get(3)).isEqualTo(Snippets.snippet("SessionJournal.java", "beans"));
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "client-session.crm.base-url", address,
                        "client-session.login.base-url", address,
                        "client-session.reports.base-url", address),
                    DOCUMENT,
                    100))
            .build();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ConfigProviderResolver.instance().registerConfig(config, loader);
    try (WeldContainer container =
        new Weld()
            .disableDiscovery()
            .addExtension(new SessionExtension())
            .addBeanClasses(CrmTokens.class, Tracing.class, SharedLogin.class, SessionJournal.class)
            .initialize()) {
      ClientSession crm =
          container.select(ClientSession.class, SessionName.Literal.of("crm")).get();
      ClientSession reports =
          container.select(ClientSession.class, SessionName.Literal.of("reports")).get();
      try (Response response = crm.get("/customers").send()) {
        assertThat(response.text()).isEqualTo("secret");
      }

      assertThat(requests).containsExactly("/token t-1 null", "/customers t-1 Bearer secret");
      assertThat(crm.cookies()).isEqualTo(reports.cookies());
      SessionJournal journal = container.select(SessionJournal.class).get();
      while (!journal.lines().contains("opened crm")) {
        Thread.onSpinWait();
      }
    } finally {
      ConfigProviderResolver.instance().releaseConfig(config);
    }
  }
}
