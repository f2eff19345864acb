package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.cdi.SessionExtension;
import org.sessionregistry.cdi.SessionName;

/** A bean opens WebSockets on its injected session; the container's end closes them. */
class InjectedTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  /** A bean of an application. */
  @ApplicationScoped
  static class Chat {
    @Inject
    @SessionName("chat")
    ClientSession chat;

    WebSocketSession open() throws Exception {
      return chat.webSocket("/echo").connect();
    }
  }

  @Test
  void theContainersEndClosesTheWebSocket() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, true);
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of("client-session.chat.base-url", server.origin().replace("ws:", "http:")),
                    "test",
                    100))
            .build();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ConfigProviderResolver.instance().registerConfig(config, loader);
    WebSocketSession left;
    try (WeldContainer container =
        new Weld()
            .disableDiscovery()
            .addExtension(new SessionExtension())
            .addBeanClass(Chat.class)
            .initialize()) {
      left = container.select(Chat.class).get().open();
      left.sendText("hello");
      assertThat(left.receive()).contains(new WebSocketMessage.Text("hello"));
    } finally {
      ConfigProviderResolver.instance().releaseConfig(config);
    }
    assertThat(left.closed().get(20, TimeUnit.SECONDS).code()).isEqualTo(WebSocketClose.GOING_AWAY);
  }
}
