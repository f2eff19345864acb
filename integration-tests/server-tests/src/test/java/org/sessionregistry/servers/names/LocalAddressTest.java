package org.sessionregistry.servers.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** Sessions whose connections start from an address of their own. */
class LocalAddressTest {
  private HttpServer server;

  /** Answers with the address that the request comes from. */
  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRemoteAddress().getAddress().getHostAddress().getBytes(UTF_8);
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
  void eachSessionComesFromItsOwnAddress() throws Exception {
    try (SessionRegistry registry =
        SessionRegistry.builder()
            .session(settings("first", "127.0.0.5"))
            .session(settings("second", "127.0.0.6"))
            .build()) {
      assertThat(answer(registry, "first")).isEqualTo("127.0.0.5");
      assertThat(answer(registry, "second")).isEqualTo("127.0.0.6");
    }
  }

  @Test
  void anAddressThatIsNotOfThisMachineIsSaidToBeTheReason() {
    assertThat(failure("192.0.2.1"))
        .hasMessageContaining("cannot connect to 127.0.0.2:" + port())
        .hasMessageContaining("from local-address 192.0.2.1: ")
        .hasMessageContaining("it must be an address of this machine");
  }

  @Test
  void anAddressOfTheOtherFamilyIsSaidToBeTheReason() {
    assertThat(failure("::1"))
        .hasMessageContaining("from local-address 0:0:0:0:0:0:0:1: ")
        .hasMessageContaining("the host has no IPv6 address (127.0.0.2)");
  }

  private ConnectionFailedException failure(String localAddress) {
    try (SessionRegistry registry =
        SessionRegistry.builder().session(settings("shop", localAddress)).build()) {
      return catchThrowableOfType(ConnectionFailedException.class, () -> answer(registry, "shop"));
    }
  }

  private static String answer(SessionRegistry registry, String session) throws Exception {
    try (Response response = registry.session(session).get("/").send()) {
      return response.text();
    }
  }

  private SessionSettings settings(String name, String localAddress) {
    return SessionSettings.builder(name)
        .baseUrl("http://127.0.0.2:" + port())
        .localAddress(localAddress)
        .build();
  }

  private int port() {
    return server.getAddress().getPort();
  }
}
