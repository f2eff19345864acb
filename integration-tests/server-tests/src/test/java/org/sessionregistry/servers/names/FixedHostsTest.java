package org.sessionregistry.servers.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionRegistryBuilder;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.InvalidConfigurationException;
import org.sessionregistry.config.SessionConfig;

/** Hosts whose addresses are configured: from the property to the bytes on the wire. */
class FixedHostsTest {
  private static final String HOST = "api.shop.example";

  private HttpServer server;

  /** Answers with the request's Host header and its own address. */
  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String host = exchange.getRequestHeaders().getFirst("Host");
          String own = exchange.getLocalAddress().getAddress().getHostAddress();
          byte[] body = (host + " at " + own).getBytes(UTF_8);
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
  void theRequestGoesToTheAddressAndNamesTheHost() throws Exception {
    assertThat(answer("127.0.0.2", Map.of()))
        .isEqualTo("api.shop.example:" + port() + " at 127.0.0.2");
  }

  @Test
  void anAddressThatRefusesIsPassedOver() throws Exception {
    assertThat(answer("127.0.0.3, 127.0.0.2", Map.of())).endsWith(" at 127.0.0.2");
  }

  @Test
  void withoutARaceOneAddressIsTriedAfterTheOther() throws Exception {
    assertThat(answer("127.0.0.3,127.0.0.4,127.0.0.2", Map.of("dns.race-delay", "0")))
        .endsWith(" at 127.0.0.2");
  }

  @Test
  void theFamilyThatIsPreferredMayFail() throws Exception {
    assertThat(answer("127.0.0.2,2001:db8::7", Map.of("dns.prefer", "ipv6", "dns.ttl", "0")))
        .endsWith(" at 127.0.0.2");
  }

  @Test
  void whenAllRefuseTheFailureNamesEachAddress() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    try (SessionRegistry registry = registry(nobody, "127.0.0.3,127.0.0.4", Map.of())) {
      ConnectionFailedException failure =
          catchThrowableOfType(
              ConnectionFailedException.class, () -> registry.session("shop").get("/").send());
      assertThat(failure)
          .hasMessageContaining("cannot connect to api.shop.example:" + nobody + ": ")
          .hasMessageContaining("127.0.0.3 Connection refused")
          .hasMessageContaining("127.0.0.4 Connection refused");
      assertThat(failure.getCause().getSuppressed()).hasSize(1);
    }
  }

  @Test
  void aNameInThePlaceOfAnAddressFailsTheStart() {
    assertThatThrownBy(() -> registry(80, "other.example", Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("client-session.shop.dns.hosts.api.shop.example")
        .hasMessageContaining(
            "expected IP addresses separated by commas, for example 192.0.2.7 or"
                + " 192.0.2.7,2001:db8::7");
  }

  private String answer(String addresses, Map<String, String> settings) throws Exception {
    try (SessionRegistry registry = registry(port(), addresses, settings);
        Response response = registry.session("shop").get("/").send()) {
      return response.text();
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static SessionRegistry registry(
      int port, String addresses, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("client-session.shop.base-url", "http://" + HOST + ":" + port);
    properties.put("client-session.shop.dns.hosts." + HOST, addresses);
    settings.forEach((key, value) -> properties.put("client-session.shop." + key, value));
    ConfiguredRegistry read =
        SessionConfig.read(
            new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test.properties", 100))
                .build(),
            Set.of());
    SessionRegistryBuilder registry = SessionRegistry.builder().settings(read.settings());
    read.sessions().values().forEach(registry::session);
    return registry.build();
  }
}
