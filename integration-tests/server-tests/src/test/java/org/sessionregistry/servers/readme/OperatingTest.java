package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.UnknownTenantException;
import org.sessionregistry.settings.RegistryPlan;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/** What docs/tenants.md and docs/reload.md show is what compiles and runs here. */
class OperatingTest {
  private HttpServer server;
  private String base;

  /** Answers with who asked, and with which plan. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", OperatingTest::answer);
    server.start();
    base = "http://localhost:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    Operating.CALLER.remove();
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body =
        (exchange.getRequestHeaders().getFirst("Authorization")
                + ", "
                + exchange.getRequestHeaders().getFirst("X-Plan"))
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void theDocumentsShowTheExamples() throws IOException {
    shows("docs/tenants.md", "resolver", "tokens", "named");
    shows("docs/reload.md", "reload", "source");
  }

  private static void shows(String document, String... markers) throws IOException {
    assertThat(Snippets.blocks(document, "java")).hasSize(markers.length);
    for (int i = 0; i < markers.length; i++) {
      assertThat(Snippets.blocks(document, "java").get(i))
          .isEqualTo(Snippets.snippet("Operating.java", markers[i]));
    }
  }

  @Test
  void eachCallerIsATenant() throws Exception {
    Operating.Vault vault = tenant -> CompletableFuture.completedStage("t-" + tenant);
    try (SessionRegistry registry = Operating.tenants(base, vault)) {
      assertThat(Operating.named(registry)).isEqualTo("Bearer t-acme, gold");
      Operating.CALLER.set("bolt");
      assertThat(registry.session("crm").get("/").send().text()).isEqualTo("Bearer t-bolt, null");
      Operating.CALLER.remove();
      assertThatExceptionOfType(UnknownTenantException.class)
          .isThrownBy(() -> registry.session("crm").get("/").send());
    }
  }

  @Test
  void whatIsReadAgainCounts() throws Exception {
    AtomicReference<String> plan = new AtomicReference<>("silver");
    try (SessionRegistry registry =
        Operating.reloading(
            () -> {
              SessionSettings crm =
                  SessionSettings.builder("crm").baseUrl(base).header("X-Plan", plan.get()).build();
              return new RegistryPlan(RegistrySettings.DEFAULTS, Map.of(), Map.of("crm", crm));
            })) {
      assertThat(registry.session("crm").get("/").send().text()).isEqualTo("null, silver");
      plan.set("gold");
      assertThat(Operating.reload(registry).changed()).containsExactly("crm");
      assertThat(registry.session("crm").get("/").send().text()).isEqualTo("null, gold");
    }
  }
}
