package org.sessionregistry.servers.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.settings.SessionSettings;

/** What docs/websocket.md shows is what compiles and runs here. */
class WebSocketsTest {
  private static final String DOCUMENT = "docs/websocket.md";

  private Undertow server;
  private SessionRegistry registry;
  private ClientSession chat;

  @BeforeEach
  void start() {
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                new WebSocketProtocolHandshakeHandler(
                    List.of(new Hybi13Handshake(Set.of("chat.v2"), false)),
                    (WebSocketConnectionCallback)
                        (exchange, channel) -> {
                          channel.getReceiveSetter().set(new Room());
                          channel.resumeReceives();
                          WebSockets.sendText("welcome", channel, null);
                        }))
            .build();
    server.start();
    int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    registry =
        SessionRegistry.builder()
            .session(
                SessionSettings.builder("chat").baseUrl("http://127.0.0.1:" + port + "/").build())
            .build();
    chat = registry.session("chat");
  }

  /** Echoes, and closes when it has been seen. */
  private static final class Room extends AbstractReceiveListener {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      String text = message.getData(); // it can be taken once
      if (text.equals("seen")) {
        WebSockets.sendClose(1000, "all seen", channel, null);
      } else {
        WebSockets.sendText(text, channel, null);
      }
    }
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({"fetch, 0", "listen, 1", "parts, 2", "fragments, 3"})
  void theExamplesAreThoseOfTheDocument(String marker, int block) throws Exception {
    assertThat(Snippets.snippet("Chatting.java", marker))
        .isEqualTo(Snippets.blocks(DOCUMENT, "java").get(block));
  }

  @Test
  void messagesAreFetched() throws Exception {
    assertThat(Chatting.fetch(chat)).contains(new WebSocketMessage.Text("welcome"));
  }

  @Test
  void messagesAreHeard() throws Exception {
    List<String> store = new CopyOnWriteArrayList<>();
    assertThat(Chatting.listen(chat, store).get(20, TimeUnit.SECONDS).reason())
        .isEqualTo("all seen");
    assertThat(store).containsExactly("welcome");
  }

  @Test
  void fragmentsAreOneMessage() throws Exception {
    try (WebSocketSession socket = chat.webSocket("/rooms/7").connect()) {
      socket.receive();
      Chatting.fragments(socket);
      assertThat(socket.receive()).contains(new WebSocketMessage.Text("a long story"));
    }
  }

  @Test
  void partsAreCounted() throws Exception {
    CompletableFuture<Long> size = new CompletableFuture<>();
    WebSocketSession socket = chat.webSocket("/rooms/7").connect(Chatting.counting(size));
    socket.close();
    assertThat(size.get(20, TimeUnit.SECONDS)).isZero();
  }
}
