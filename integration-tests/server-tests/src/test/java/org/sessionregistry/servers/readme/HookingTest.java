package org.sessionregistry.servers.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.config.SessionConfig;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/**
 * What docs/retries.md, rate-limit.md, credentials.md and hooks.md show is what compiles and runs
 * here.
 */
class HookingTest {
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private Undertow server;
  private String origin;

  @BeforeEach
  void start() {
    Hooking.LOG.clear();
    server = Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(this::answer).build();
    server.start();
    int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    origin = "http://127.0.0.1:" + port;
  }

  /** Busy at first; knows no customer; gives out tokens and shows what it got. */
  private void answer(HttpServerExchange exchange) {
    String text =
        switch (exchange.getRequestPath()) {
          case "/items" -> {
            if (calls.incrementAndGet() == 1) {
              exchange.setStatusCode(503);
            }
            yield "items";
          }
          case "/customers/7" -> {
            exchange.setStatusCode(404);
            yield "no such customer";
          }
          case "/token" -> "t-7";
          default ->
              exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION)
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Trace")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Signed");
        };
    exchange.getResponseSender().send(text);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private SessionSettingsBuilder settings(String name) {
    return SessionSettings.builder(name).baseUrl(origin).timeout(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({
    "docs/retries.md, retrying, 0",
    "docs/retries.md, attempts, 1",
    "docs/rate-limit.md, limited, 0",
    "docs/credentials.md, digest, 0",
    "docs/credentials.md, tokens, 1",
    "docs/credentials.md, raised, 2",
    "docs/hooks.md, hooked, 0",
    "docs/hooks.md, interceptor, 1",
    "docs/hooks.md, listener, 2",
  })
  void theExamplesAreThoseOfTheDocument(String document, String marker, int block)
      throws Exception {
    assertThat(Snippets.snippet("Hooking.java", marker).stripTrailing())
        .startsWith(Snippets.blocks(document, "java").get(block).stripTrailing());
  }

  @Test
  void retriesAreConfiguredInBothWaysAlike() throws Exception {
    assertThat(configured("docs/retries.md", "catalog")).isEqualTo(Hooking.retrying());
  }

  @Test
  void aRateLimitIsConfiguredInBothWaysAlike() throws Exception {
    assertThat(configured("docs/rate-limit.md", "maps")).isEqualTo(Hooking.limited());
  }

  @Test
  void credentialsAreConfiguredInBothWaysAlike() throws Exception {
    assertThat(configured("docs/credentials.md", "crm")).isEqualTo(Hooking.digest("s3cret"));
  }

  private static SessionSettings configured(String document, String session) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Snippets.blocks(document, "properties").get(0)));
    Map<String, String> values = new HashMap<>();
    properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
    values.put("CRM_PASSWORD", "s3cret");
    return SessionConfig.read(
            new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, document, 100))
                .build(),
            Set.of())
        .sessions()
        .get(session);
  }

  @Test
  void attemptsAreShown() throws Exception {
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      ClientSession catalog =
          registry.open(
              settings("catalog")
                  .retries(r -> r.withMax(1).withBackoff(Duration.ofMillis(1)))
                  .build());
      assertThat(Hooking.attempts(catalog, log)).isEqualTo("items");
    }
    assertThat(log).singleElement().asString().startsWith("503, then ");
  }

  @Test
  void aTokenIsFetchedFromAnotherSession() throws Exception {
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      ClientSession login = registry.open(settings("login").build());
      SessionHooks hooks = Hooking.tokens(login, Map.of("client_id", "x"));
      ClientSession crm = registry.open(settings("crm").build(), hooks);
      try (Response response = crm.get("/").send()) {
        assertThat(response.text()).startsWith("Bearer t-7");
      }
    }
  }

  @Test
  void aStatusIsRaised() throws Exception {
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      assertThat(Hooking.raised(registry.open(settings("crm").build())))
          .isEqualTo("404 no such customer");
    }
  }

  @Test
  void hooksReachTheSessionTheyAreFor() throws Exception {
    SessionSettings orders =
        settings("orders").retries(r -> r.withMax(1).withBackoff(Duration.ofMillis(1))).build();
    try (SessionRegistry registry =
        Hooking.hooked(
            orders,
            (request, next) -> next.send(request.withHeader("X-Signed", "yes")),
            Hooking.listener(log))) {
      try (Response response = registry.session("orders").get("/").send()) {
        assertThat(response.text()).isEqualTo("null t-1 yes");
      }
      try (Response response = registry.session("orders").get("/items").send()) {
        assertThat(response.text()).isEqualTo("items");
      }
    }
    assertThat(Hooking.LOG).containsExactly("GET 200", "GET 200");
    assertThat(log).singleElement().asString().startsWith("/items: 503, then ");
  }
}
