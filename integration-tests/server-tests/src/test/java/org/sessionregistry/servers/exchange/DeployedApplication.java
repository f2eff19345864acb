package org.sessionregistry.servers.exchange;

import io.netty.util.internal.InternalThreadLocalMap;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/**
 * An application that has its own copy of the library. Told an origin, it sends requests there, or
 * messages if it is one of WebSockets, and says whether all went well; told {@code careless}, it
 * leaves something of Netty on the thread; told {@code close}, it ends.
 */
public final class DeployedApplication implements UnaryOperator<String> {
  private final SessionRegistry registry =
      SessionRegistry.builder()
          .settings(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(1)))
          .session(SessionSettings.named("deployed"))
          .build();

  @Override
  public String apply(String told) {
    if (told.equals("close")) {
      registry.close();
      return "closed";
    }
    if (told.equals("careless")) {
      return InternalThreadLocalMap.get().getClass().getSimpleName();
    }
    try {
      ClientSession session = registry.session("deployed");
      if (told.startsWith("ws:")) {
        return overWebSocket(session, told);
      }
      String blocking = session.post(told).body("w").send().text();
      String asynchronous =
          session.post(told).body("e").sendAsync().thenCompose(Response::textAsync).join();
      RequestBody stream =
          RequestBody.ofInputStream(
              new ByteArrayInputStream("ll".getBytes(StandardCharsets.UTF_8)));
      String streamed;
      try (Response response = session.post(told).body(stream).send()) {
        streamed = new String(response.inputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
      session.get(told).sendAsync().cancel(true);
      session.post(told).body(new byte[300_000]).send().close();
      return blocking + asynchronous + streamed;
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** One that is closed, and one that is open still when the application ends. */
  private static String overWebSocket(ClientSession session, String uri) throws Exception {
    session.webSocket(uri).connect().sendText("left behind");
    try (WebSocketSession socket = session.webSocket(uri).connect()) {
      socket.sendText("well");
      return ((WebSocketMessage.Text) socket.receive().orElseThrow()).text();
    }
  }
}
