package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.FailureKind;
import org.sessionregistry.InvalidResponseException;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.RedirectRefusedException;
import org.sessionregistry.ResponseTimeoutException;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.TooManyRedirectsException;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.WebSocketHandshakeException;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.servers.http2.ServerIdentity;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.QueueSettings;

/** The opening handshake, and every way in which it can fail. */
class HandshakeTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  @Test
  void theHandshakeIsThatOfTheSpecification() throws Exception {
    AtomicReference<String> head = new AtomicReference<>("");
    RawServer server =
        world.raw(
            peer -> {
              head.set(peer.handshake("Sec-WebSocket-Protocol: b"));
              peer.readClose();
              peer.close(1000);
            });
    try (WebSocketSession socket =
        world.session().webSocket(server.origin() + "/a?b=c").subprotocols("a", "b").connect()) {
      assertThat(socket.headers().first("Upgrade")).contains("websocket");
    }
    assertThat(head.get().lines())
        .startsWith("GET /a?b=c HTTP/1.1")
        .contains(
            "host: " + server.origin().substring(5),
            "connection: Upgrade",
            "upgrade: websocket",
            "sec-websocket-version: 13",
            "sec-websocket-protocol: a, b",
            "sec-websocket-extensions: permessage-deflate")
        .anyMatch(line -> line.matches("sec-websocket-key: [A-Za-z0-9+/]{22}=="))
        .noneMatch(line -> line.startsWith("content-") || line.startsWith("transfer-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 6455 section 4.1, what the client has to check of the server's answer
        "2 | Upgrade: h2c~Connection: Upgrade~Sec-WebSocket-Accept: $ | Upgrade",
        "2 | Connection: Upgrade~Sec-WebSocket-Accept: $ | Upgrade",
        "3 | Upgrade: websocket~Connection: close~Sec-WebSocket-Accept: $ | Connection",
        "3 | Upgrade: websocket~Sec-WebSocket-Accept: $ | Connection",
        "4 | Upgrade: websocket~Connection: Upgrade | Sec-WebSocket-Accept",
        "4 | Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Accept: x$ | Sec-WebSocket-Accept",
        "5 | Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Accept: $~"
            + "Sec-WebSocket-Extensions: x-other | extension",
        "5 | Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Accept: $~"
            + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10 | terms",
        "5 | Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Accept: $~"
            + "Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate | terms",
        "6 | Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Accept: $~"
            + "Sec-WebSocket-Protocol: other | subprotocol",
      })
  void aWrong101IsRefused(String section, String fields, String named) throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              String accept = RawServer.Connection.acceptOf(peer.readHead());
              peer.send(
                  "HTTP/1.1 101 Switching Protocols\r\n"
                      + fields.replace("$", accept).replace("~", "\r\n")
                      + "\r\n\r\n");
            });
    ClientSession session = world.session();
    assertThatExceptionOfType(WebSocketHandshakeException.class)
        .as("section 4.1, item " + section)
        .isThrownBy(() -> session.webSocket(server.origin()).subprotocols("mine").connect())
        .withMessageContaining(named)
        .withMessageContaining("GET ws://127.0.0.1")
        .satisfies(e -> assertThat(e.status()).hasValue(101));
    assertThat(session.statistics().failed(FailureKind.WEB_SOCKET_HANDSHAKE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate;server_max_window_bits=8",
        "Permessage-Deflate; server_max_window_bits=\"15\""
      })
  void whatTheServerMaySayOfCompressionIsTaken(String extensions) throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake("Sec-WebSocket-Extensions: " + extensions);
              peer.readClose();
              peer.close(1000);
            });
    try (WebSocketSession socket = world.session().webSocket(server.origin()).connect()) {
      assertThat(socket.isCompressed()).isTrue();
    }
  }

  @Test
  void anotherAnswerIsShown() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.readHead();
              peer.send(
                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 Forbidden\r\nX-Why: quota\r\n"
                      + "Content-Length: 12\r\n\r\nnot for you!");
            });
    assertThatExceptionOfType(WebSocketHandshakeException.class)
        .isThrownBy(() -> world.session().webSocket(server.origin()).connect())
        .withMessageContaining("403 Forbidden")
        .satisfies(
            e -> {
              assertThat(e.status()).hasValue(403);
              assertThat(e.headers().first("X-Why")).contains("quota");
              assertThat(e.body()).isEqualTo("not for you!");
              assertThat(e.getMessage()).doesNotContain("not for you");
            });
  }

  @Test
  void anEndlessBodyOfARefusalIsNotWaitedFor() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbad\r\n");
            });
    assertThatExceptionOfType(WebSocketHandshakeException.class)
        .isThrownBy(() -> world.session().webSocket(server.origin()).connect())
        .satisfies(e -> assertThat(e.body()).isEqualTo("bad"));
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void apathWithoutWebSocketsIsNotFound(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    assertThatExceptionOfType(WebSocketHandshakeException.class)
        .isThrownBy(() -> world.session().webSocket(server.origin() + "/nowhere").connect())
        .satisfies(e -> assertThat(e.status()).hasValue(404));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreFollowed(int status) throws Exception {
    EchoServer target = world.echo(EchoServer.Make.JETTY, true);
    RawServer server =
        world.raw(
            peer -> {
              peer.readHead();
              peer.send(
                  "HTTP/1.1 "
                      + status
                      + " Moved\r\nContent-Length: 0\r\nSet-Cookie: way=1\r\n"
                      + "Location: "
                      + target.origin()
                      + "/echo\r\n\r\n");
            });
    ClientSession session =
        world.session(
            s -> s.baseUrl(server.origin().replace("ws:", "http:")).header("X-Api-Key", "secret"));
    try (WebSocketSession socket = session.webSocket("/").connect()) {
      assertThat(socket.uri().toString()).isEqualTo(target.origin() + "/echo");
    }
    assertThat(target.seen("x-api-key")).as("what is for the base URL only").isEmpty();
  }

  @Test
  void aCircleOfRedirectsEnds() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /again\r\n\r\n");
            });
    assertThatExceptionOfType(TooManyRedirectsException.class)
        .isThrownBy(() -> world.session().webSocket(server.origin()).connect());
  }

  @Test
  void aRedirectToSomethingElseIsRefused() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ftp://a/\r\n\r\n");
            });
    assertThatExceptionOfType(RedirectRefusedException.class)
        .isThrownBy(() -> world.session().webSocket(server.origin()).connect());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "garbage\\r\\n\\r\\n | INVALID_RESPONSE",
        "'' | CONNECTION_LOST",
        "HTTP/1 | CONNECTION_LOST"
      })
  void whatIsNoAnswerFailsAsItDoesForRequests(String answer, FailureKind kind) throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.readHead();
              peer.send(answer.replace("\\r", "\r").replace("\\n", "\n"));
              peer.socket.close();
            });
    ClientSession session = world.session();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> session.webSocket(server.origin()).connect())
        .isInstanceOfAny(InvalidResponseException.class, ConnectionLostException.class);
    assertThat(session.statistics().failures()).containsOnlyKeys(kind);
  }

  @Test
  void tooManyHeadersAreRefused() throws Exception {
    RawServer server =
        world.raw(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 101 Switching\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
            });
    assertThatExceptionOfType(ResponseTooLargeException.class)
        .isThrownBy(() -> world.session().webSocket(server.origin()).connect());
  }

  @Test
  void timeLimitsHold() throws Exception {
    RawServer silent = world.raw(RawServer.Connection::readHead);
    assertThatExceptionOfType(TotalTimeoutException.class)
        .isThrownBy(
            () ->
                world
                    .session()
                    .webSocket(silent.origin())
                    .timeout(Duration.ofMillis(50))
                    .connect());
    assertThatExceptionOfType(ResponseTimeoutException.class)
        .isThrownBy(
            () ->
                world
                    .session(s -> s.timeout(t -> t.withResponse(Duration.ofMillis(50))))
                    .webSocket(silent.origin())
                    .connect());
  }

  @Test
  void nobodyListens() {
    assertThatExceptionOfType(ConnectionFailedException.class)
        .isThrownBy(() -> world.session().webSocket("ws://127.0.0.1:1/").connect());
  }

  @Test
  void aCancelledOpeningLeavesNothing() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    RawServer silent =
        world.raw(
            peer -> {
              peer.readHead();
              asked.countDown();
            });
    ClientSession session = world.session();
    CompletableFuture<WebSocketSession> opening = session.webSocket(silent.origin()).connectAsync();
    asked.await();
    opening.cancel(true);
    WebSocketWorld.until("no lease", () -> session.statistics().pool().leases() == 0);
    assertThat(session.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void anOpenWebSocketHoldsAConnectionOfThePool() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.UNDERTOW, true);
    ClientSession session =
        world.session(s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(0)));
    WebSocketSession first = session.webSocket(server.origin() + "/echo").connect();
    assertThat(session.statistics().inFlight()).isEqualTo(1);
    assertThat(session.statistics().pool().inUse()).isEqualTo(1);
    assertThatExceptionOfType(QueueFullException.class)
        .isThrownBy(() -> session.webSocket(server.origin() + "/echo").connect());
    first.close();
    WebSocketWorld.until("the slot is free", () -> session.statistics().pool().inUse() == 0);
    session.webSocket(server.origin() + "/echo").connect().close();
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void theTlsHandshakeOffersNothingButHttp1(EchoServer.Make make, @TempDir Path directory)
      throws Exception {
    ServerIdentity identity = new ServerIdentity();
    EchoServer server = world.secureEcho(make, identity);
    ClientSession session =
        world.session(
            s ->
                s.httpVersion(HttpVersionPreference.AUTO)
                    .tls(t -> t.withTrustPem(uncheckedPem(identity, directory))));
    session.webSocket(server.origin() + "/echo").connect().close();
  }

  private static Path uncheckedPem(ServerIdentity identity, Path directory) {
    try {
      return identity.certificatePem(directory);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anHttpProxyIsAskedForATunnelAlsoWithoutTls() throws Exception {
    AtomicReference<String> asked = new AtomicReference<>("");
    RawServer proxy =
        world.raw(
            peer -> {
              asked.set(peer.readHead());
              peer.send("HTTP/1.1 200 OK\r\n\r\n");
              peer.handshake();
              peer.readClose();
              peer.close(1000);
            });
    ClientSession session = world.session(s -> s.proxy(proxy.origin().replace("ws:", "http:")));
    session.webSocket("ws://upstream.example/chat").connect().close();
    assertThat(asked.get()).startsWith("CONNECT upstream.example:80 HTTP/1.1");
  }

  @Test
  void aSessionOfHttp2AloneOpensNone() {
    ClientSession session = world.session(s -> s.httpVersion(HttpVersionPreference.HTTP_2));
    assertThatExceptionOfType(WebSocketHandshakeException.class)
        .isThrownBy(() -> session.webSocket("ws://127.0.0.1:1/").connect())
        .withMessageContaining("http-version=2")
        .satisfies(e -> assertThat(e.status()).isEmpty());
  }

  @Test
  void mistakesAreRefusedAtOnce() {
    ClientSession session = world.session();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.webSocket("ws://a/#b").connectAsync())
        .withMessageContaining("fragment");
    assertThatIllegalArgumentException().isThrownBy(() -> session.webSocket("/a").connectAsync());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.webSocket("/a").header("Sec-WebSocket-Key", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.webSocket("/a").header("Upgrade", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.webSocket("/a").subprotocols("a b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.webSocket("/a").subprotocols("a", "a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.webSocket("/a").maxMessageSize(0));
  }
}
