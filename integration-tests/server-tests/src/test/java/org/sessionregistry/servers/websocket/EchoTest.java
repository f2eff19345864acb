package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.servers.http2.ServerIdentity;

/** Messages of all kinds go to independent servers and come back the same. */
class EchoTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  private static String text(WebSocketSession socket) throws Exception {
    return ((WebSocketMessage.Text) socket.receive().orElseThrow()).text();
  }

  private static byte[] bytes(WebSocketSession socket) throws Exception {
    return ((WebSocketMessage.Binary) socket.receive().orElseThrow()).bytes();
  }

  @ParameterizedTest
  @CsvSource({"JETTY, true", "JETTY, false", "UNDERTOW, true", "UNDERTOW, false"})
  void messagesOfEverySizeComeBackTheSame(EchoServer.Make make, boolean compression)
      throws Exception {
    EchoServer server = world.echo(make, compression);
    ClientSession session = world.session(s -> s.baseUrl(server.origin().replace("ws:", "http:")));
    Random random = new Random(1);
    try (WebSocketSession socket = session.webSocket("/echo").connect()) {
      assertThat(socket.isCompressed()).isEqualTo(compression);
      for (int size : new int[] {0, 1, 125, 126, 127, 65535, 65536, 1 << 20}) {
        String text = "é".repeat(size / 2) + "x".repeat(size % 2);
        socket.sendText(text);
        assertThat(text(socket)).isEqualTo(text);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        socket.sendBinary(bytes);
        assertThat(bytes(socket)).isEqualTo(bytes);
      }
      assertThat(socket.close(1000, "done").code()).isEqualTo(1000);
    }
    SessionStatistics after = session.statistics();
    assertThat(after.succeeded()).isEqualTo(1);
    assertThat(after.bytesReceived()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void aMessageInFragmentsComesBackAsOne(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    try (WebSocketSession socket = world.session().webSocket(server.origin() + "/echo").connect()) {
      socket.sendText("one ", false);
      socket.sendText("", false);
      socket.ping(new byte[] {1, 2, 3});
      socket.sendText("two", true);
      assertThat(text(socket)).isEqualTo("one two");
      socket.sendBinary(new byte[] {1}, false);
      socket.sendBinary(new byte[0], true);
      assertThat(bytes(socket)).containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void manyMessagesKeepTheirOrder(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    try (WebSocketSession socket = world.session().webSocket(server.origin() + "/echo").connect()) {
      for (int i = 0; i < 2000; i++) {
        socket.sendTextAsync("message " + i);
      }
      for (int i = 0; i < 2000; i++) {
        assertThat(text(socket)).isEqualTo("message " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void tlsIsTheSessionsOwn(EchoServer.Make make, @TempDir Path directory) throws Exception {
    ServerIdentity identity = new ServerIdentity();
    EchoServer server = world.secureEcho(make, identity);
    ClientSession session = world.trusting(identity.certificatePem(directory));
    try (WebSocketSession socket = session.webSocket(server.origin() + "/echo").connect()) {
      assertThat(socket.uri().getScheme()).isEqualTo("wss");
      byte[] large = new byte[300_000];
      Arrays.fill(large, (byte) 7);
      socket.sendBinaryAsync(ByteBuffer.wrap(large));
      assertThat(bytes(socket)).isEqualTo(large);
    }
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void theServerChoosesASubprotocol(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    try (WebSocketSession socket =
        world
            .session()
            .webSocket(server.origin() + "/chat")
            .subprotocols("chat.v3", "chat.v2")
            .connect()) {
      assertThat(socket.subprotocol()).contains("chat.v2");
    }
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void theServerCloses(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    try (WebSocketSession socket = world.session().webSocket(server.origin() + "/bye").connect()) {
      socket.sendText("go");
      assertThat(socket.receive()).isEmpty();
      assertThat(socket.closed().get()).isEqualTo(new WebSocketClose(4001, "bye"));
      assertThat(socket.isOutputClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void headersAndCookiesAreTheSessionsAndTheRequests(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    ClientSession session =
        world.session(
            s ->
                s.baseUrl(server.origin().replace("ws:", "http:"))
                    .header("X-Team", "blue")
                    .cookie("a", "1")
                    .cookieJar(c -> c.withAcceptIpHosts(true)));
    try (WebSocketSession socket =
        session
            .webSocket("/echo{rest}")
            .path("rest", "")
            .query("q", "1")
            .header("X-Own", "yes")
            .cookie("b", "2")
            .bearerAuth("t")
            .connect()) {
      assertThat(socket.uri().getQuery()).isEqualTo("q=1");
    }
    assertThat(server.seen("x-team")).containsExactly("blue");
    assertThat(server.seen("x-own")).containsExactly("yes");
    assertThat(server.seen("cookie")).containsExactly("a=1; b=2");
    assertThat(server.seen("authorization")).isEqualTo(List.of("Bearer t"));
  }
}
