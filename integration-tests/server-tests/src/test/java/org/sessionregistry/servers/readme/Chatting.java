package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketMessageListener;
import org.sessionregistry.WebSocketSession;

/** The examples of docs/websocket.md, word for word. */
final class Chatting {
  private Chatting() {}

  static Optional<WebSocketMessage> fetch(ClientSession chat)
      throws IOException, InterruptedException {
    // fetch
    try (WebSocketSession socket = chat.webSocket("/rooms/{room}").path("room", 7).connect()) {
      socket.sendText("hello");
      return socket.receive(); // empty once the server has closed
    }
  }

  static CompletableFuture<WebSocketClose> listen(ClientSession chat, List<String> store) {
    // listen
    WebSocketMessageListener listener =
        (socket, message) -> {
          if (message instanceof WebSocketMessage.Text text) {
            store.add(text.text());
          }
          return socket.sendTextAsync("seen"); // the next message comes when this one is sent
        };
    return chat.webSocket("/rooms/7")
        .subprotocols("chat.v2")
        .pingInterval(Duration.ofSeconds(30))
        .connectAsync(listener)
        .thenCompose(WebSocketSession::closed);
  }

  static CompletableFuture<Void> fragments(WebSocketSession socket) {
    // fragments
    socket.sendTextAsync("a long ", false);
    return socket.sendTextAsync("story", true);
  }

  static WebSocketListener counting(CompletableFuture<Long> size) {
    // parts
    return new WebSocketListener() {
      private long bytes;

      @Override
      public CompletionStage<?> onBinary(WebSocketSession socket, ByteBuffer part, boolean last) {
        bytes += part.remaining();
        return READY; // or a stage that completes when the next part is welcome
      }

      @Override
      public void onClose(WebSocketSession socket, WebSocketClose close) {
        size.complete(bytes);
      }
    };
  }
}
