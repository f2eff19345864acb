package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cookie.CookieJar;

/** What docs/cookies.md shows is what compiles and runs here. */
class CookiesTest {
  private HttpServer server;
  private SessionRegistry registry;
  private ClientSession shop;

  /** {@code /login} sets a cookie on the way to {@code /}; every other page is the cookies. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    registry = Cookies.shared("http://localhost:" + server.getAddress().getPort());
    shop = registry.session("shop");
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestURI().getPath().equals("/login")) {
      exchange.getResponseHeaders().add("Set-Cookie", "sid=31d4; HttpOnly");
      exchange.getResponseHeaders().add("Location", "/");
      exchange.sendResponseHeaders(303, -1);
    } else {
      String cookies = Objects.toString(exchange.getRequestHeaders().getFirst("Cookie"), "none");
      exchange.sendResponseHeaders(200, cookies.length());
      exchange.getResponseBody().write(cookies.getBytes(UTF_8));
    }
    exchange.close();
  }

  @Test
  void theDocumentShowsTheExamples() throws IOException {
    String[] markers = {"login", "save", "load", "own", "user", "shared", "nodes"};
    assertThat(Snippets.blocks("docs/cookies.md", "java")).hasSize(markers.length);
    for (int i = 0; i < markers.length; i++) {
      assertThat(Snippets.blocks("docs/cookies.md", "java").get(i))
          .isEqualTo(Snippets.snippet("Cookies.java", markers[i]));
    }
  }

  @Test
  void aLoginIsKeptOnTheWaySavedAndLoaded(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cookies");
    assertThat(Cookies.login(shop)).isEqualTo("sid=31d4");
    Cookies.save(shop, file);
    Cookies.own(shop);
    assertThat(shop.get("/cart").send().text()).isEqualTo("consent=yes");
    Cookies.load(shop, file);
    assertThat(shop.get("/cart").send().text().split("; "))
        .containsExactlyInAnyOrder("consent=yes", "sid=31d4");
  }

  @Test
  void aUserHasCookiesOfTheirOwn() throws Exception {
    Map<String, CookieJar> jars = new ConcurrentHashMap<>();
    Cookies.login(shop);
    for (String user : Stream.of("ada", "grace").toList()) {
      assertThat(Cookies.cartOf(user, jars, shop)).isEqualTo("none");
    }
    shop.post("/login").cookieJar(jars.get("ada")).send().close();
    assertThat(Cookies.cartOf("ada", jars, shop)).isEqualTo("sid=31d4");
    assertThat(Cookies.cartOf("grace", jars, shop)).isEqualTo("none");
  }

  @Test
  void sessionsThatShareAJarShareALogin() throws Exception {
    Cookies.login(shop);
    assertThat(registry.session("reports").get("/").send().text()).isEqualTo("sid=31d4");
  }

  @Test
  void nodesThatShareACacheShareALogin() throws Exception {
    String base = "http://localhost:" + server.getAddress().getPort();
    URI home = URI.create(base);
    try (CachingProvider provider = new CaffeineCachingProvider();
        CacheManager manager = provider.getCacheManager()) {
      manager.createCache("logins", new MutableConfiguration<String, String>());
      try (SessionRegistry one = Cookies.nodes(base, manager);
          SessionRegistry other = Cookies.nodes(base, manager)) {
        Cookies.login(one.session("shop"));
        CookieJar jar = other.session("shop").cookies();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (jar.header(home).isEmpty() && System.nanoTime() - deadline < 0) {
          LockSupport.parkNanos(1_000_000);
        }
        assertThat(other.session("shop").get("/").send().text()).isEqualTo("sid=31d4");
      }
    }
  }
}
