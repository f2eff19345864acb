package org.sessionregistry.servers.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.mizosoft.methanol.MutableRequest;
import feign.RequestLine;
import io.undertow.Undertow;
import io.undertow.util.HttpString;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** What docs/java-http-client.md shows is what compiles and runs here. */
class JavaHttpClientTest {
  private static final HttpString KEY = new HttpString("X-Api-Key");

  private Undertow server;
  private SessionRegistry registry;
  private ClientSession session;
  private String origin;

  @BeforeEach
  void start() {
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                new WebSocketProtocolHandshakeHandler(
                    List.of(new Hybi13Handshake(Set.of("chat.v2"), false)),
                    (WebSocketConnectionCallback) (exchange, channel) -> channel.resumeReceives(),
                    exchange ->
                        exchange
                            .getResponseSender()
                            .send("key " + exchange.getRequestHeaders().getFirst(KEY))))
            .build();
    server.start();
    int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    origin = "http://127.0.0.1:" + port;
    registry =
        SessionRegistry.builder()
            .session(
                SessionSettings.builder("github")
                    .baseUrl(origin)
                    .header("X-Api-Key", "ours")
                    .build())
            .build();
    session = registry.session("github");
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({"plain, 0", "spring, 1", "methanol, 2", "feign, 3", "socket, 4"})
  void theExamplesAreThoseOfTheDocument(String marker, int block) throws Exception {
    assertThat(Snippets.snippet("Lending.java", marker))
        .isEqualTo(Snippets.blocks("docs/java-http-client.md", "java").get(block));
  }

  /** An interface for Feign. */
  interface Api {
    @RequestLine("GET /")
    String get();
  }

  @Test
  void eachOfThemSendsWhatTheSessionAdds() throws Exception {
    assertThat(Lending.plain(session, URI.create(origin))).isEqualTo("key ours");
    assertThat(Lending.spring(session).get().uri(origin).retrieve().body(String.class))
        .isEqualTo("key ours");
    assertThat(
            Lending.methanol(session)
                .send(MutableRequest.GET(origin), BodyHandlers.ofString())
                .body())
        .isEqualTo("key ours");
    assertThat(Lending.feign(session, Api.class, origin).get()).isEqualTo("key ours");
    assertThat(session.statistics().succeeded()).isEqualTo(4);
  }

  @Test
  void theSocketOpens() throws Exception {
    WebSocket socket =
        Lending.socket(session, URI.create(origin.replace("http:", "ws:")))
            .get(20, TimeUnit.SECONDS);
    assertThat(socket.getSubprotocol()).isEqualTo("chat.v2");
    socket.abort();
  }
}
