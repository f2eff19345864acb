package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;

/** WebSockets of {@code ClientSession.asHttpClient()} keep to the JDK's rules. */
class JdkWebSocketTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  /** Keeps what it hears as text, and asks for as much as it is told to. */
  private static class Hearing implements WebSocket.Listener {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final long asked;
    private final long askedEach;

    Hearing(long asked, long askedEach) {
      this.asked = asked;
      this.askedEach = askedEach;
    }

    private CompletionStage<?> keep(WebSocket socket, String what) {
      heard.add(what);
      if (askedEach > 0) {
        socket.request(askedEach);
      }
      return null;
    }

    String next() throws InterruptedException {
      String next = heard.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("something that is heard").isNotNull();
      return next;
    }

    @Override
    public void onOpen(WebSocket socket) {
      heard.add("open");
      if (asked > 0) {
        socket.request(asked);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      return keep(socket, "text " + data + (last ? "" : "…"));
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      return keep(socket, "binary " + data.remaining() + (last ? "" : "…"));
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      return keep(socket, "pong " + StandardCharsets.UTF_8.decode(message));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("close " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      heard.add("error " + failure.getMessage());
    }
  }

  private static WebSocket open(HttpClient client, String uri, WebSocket.Listener listener)
      throws Exception {
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create(uri), listener)
        .get(20, TimeUnit.SECONDS);
  }

  private static void sent(CompletableFuture<WebSocket> future) throws Exception {
    future.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void messagesPingsAndTheEndAreHeardInOrder(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    ClientSession session = world.session(s -> s.baseUrl(server.origin().replace("ws:", "http:")));
    Hearing listener = new Hearing(1, 1);
    WebSocket socket = open(session.asHttpClient(), server.origin() + "/echo", listener);

    assertThat(listener.next()).isEqualTo("open");
    sent(socket.sendText("one", true));
    assertThat(listener.next()).isEqualTo("text one");
    sent(socket.sendText("two ", false));
    sent(socket.sendText("parts", true));
    StringBuilder whole = new StringBuilder();
    while (!whole.toString().endsWith("parts")) {
      whole.append(listener.next().substring("text ".length()).replace("…", ""));
    }
    assertThat(whole).hasToString("two parts");
    sent(socket.sendBinary(ByteBuffer.allocate(10), true));
    assertThat(listener.next()).isEqualTo("binary 10");
    sent(socket.sendPing(ByteBuffer.wrap("p".getBytes(StandardCharsets.UTF_8))));
    assertThat(listener.next()).isEqualTo("pong p");
    sent(socket.sendPong(ByteBuffer.allocate(0)));
    assertThat(socket.isOutputClosed()).isFalse();
    assertThat(socket.isInputClosed()).isFalse();
    sent(socket.sendClose(WebSocket.NORMAL_CLOSURE, "done"));
    assertThat(socket.isOutputClosed()).isTrue();
    assertThat(listener.next()).startsWith("close 1000");
    assertThat(socket.isInputClosed()).isTrue();
    assertThatThrownBy(() -> sent(socket.sendText("late", true)))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> sent(socket.sendClose(1000, "again")))
        .hasCauseInstanceOf(IOException.class);
    assertThat(session.statistics().succeeded()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void nothingIsHeardThatWasNotAskedFor(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, false);
    Hearing listener = new Hearing(0, 0);
    WebSocket socket =
        open(world.session().asHttpClient(), server.origin() + "/flood?n=200", listener);
    assertThat(listener.next()).isEqualTo("open");
    sent(socket.sendText("go", true));

    socket.request(1);
    assertThat(listener.next()).isEqualTo("binary 1024");
    assertThat(listener.heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
    socket.request(2);
    listener.next();
    listener.next();
    assertThat(listener.heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
    assertThatThrownBy(() -> socket.request(0)).isInstanceOf(IllegalArgumentException.class);

    socket.abort();
    assertThat(socket.isInputClosed()).isTrue();
    assertThat(socket.isOutputClosed()).isTrue();
  }

  @Test
  void aSecondMessageBeforeTheFirstIsSentIsRefused() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              over.await(60, TimeUnit.SECONDS); // reads nothing
            });
    WebSocket socket =
        open(world.session().asHttpClient(), server.origin() + "/", new Hearing(0, 0));
    CompletableFuture<WebSocket> first = socket.sendBinary(ByteBuffer.allocate(64 << 20), true);

    assertThatThrownBy(() -> sent(socket.sendText("second", true)))
        .hasCauseInstanceOf(IllegalStateException.class);
    CompletableFuture<WebSocket> ping = socket.sendPing(ByteBuffer.allocate(1));
    assertThatThrownBy(() -> sent(socket.sendPong(ByteBuffer.allocate(1))))
        .hasCauseInstanceOf(IllegalStateException.class);

    socket.abort();
    assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> ping.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    over.countDown();
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void subprotocolsAndHeadersAreOffered(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    WebSocket socket =
        world
            .session()
            .asHttpClient()
            .newWebSocketBuilder()
            .subprotocols("chat.v3", "chat.v2")
            .header("X-Trace", "t1")
            .connectTimeout(Duration.ofSeconds(10))
            .buildAsync(URI.create(server.origin() + "/chat"), new Hearing(1, 1))
            .get(20, TimeUnit.SECONDS);

    assertThat(socket.getSubprotocol()).isEqualTo("chat.v2");
    assertThat(server.seen("x-trace")).containsExactly("t1");
    socket.abort();
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void aServerThatDeclinesIsSeenAsTheJdkShowsIt(EchoServer.Make make) throws Exception {
    String uri = world.echo(make, true).origin() + "/nothing";
    HttpClient client = world.session().asHttpClient();

    assertThatThrownBy(() -> open(client, uri, new Hearing(1, 1)))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(404))
        .hasCauseInstanceOf(org.sessionregistry.WebSocketHandshakeException.class);
    for (String wrong : new String[] {"http://127.0.0.1/", "ws://127.0.0.1/#part"}) {
      assertThatThrownBy(() -> open(client, wrong, new Hearing(1, 1)))
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () ->
                client
                    .newWebSocketBuilder()
                    .header("Sec-WebSocket-Key", "mine")
                    .buildAsync(URI.create(uri), new Hearing(1, 1))
                    .get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void theServersCloseIsHeard(EchoServer.Make make) throws Exception {
    Hearing listener = new Hearing(1, 1);
    WebSocket socket =
        open(world.session().asHttpClient(), world.echo(make, true).origin() + "/bye", listener);
    assertThat(listener.next()).isEqualTo("open");
    sent(socket.sendText("bye", true));
    assertThat(listener.next()).startsWith("close 4001");
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void aListenerThatThrowsHearsWhatItThrewAndNothingElse(EchoServer.Make make) throws Exception {
    AtomicInteger texts = new AtomicInteger();
    Hearing listener =
        new Hearing(10, 1) {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.incrementAndGet();
            throw new IllegalStateException("by the test");
          }
        };
    WebSocket socket =
        open(world.session().asHttpClient(), world.echo(make, true).origin() + "/echo", listener);
    assertThat(listener.next()).isEqualTo("open");
    sent(socket.sendText("one", true));

    assertThat(listener.next()).isEqualTo("error by the test");
    assertThat(texts).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void aListenerMayBlock(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    HttpClient client = world.session().asHttpClient();
    CompletableFuture<String> inner = new CompletableFuture<>();
    Hearing second = new Hearing(1, 1);
    Hearing first =
        new Hearing(1, 1) {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            try {
              WebSocket other = open(client, server.origin() + "/echo", second);
              assertThat(second.next()).isEqualTo("open");
              sent(other.sendText("within", true));
              inner.complete(second.next());
              other.abort();
            } catch (Exception e) {
              inner.completeExceptionally(e);
            }
            return null;
          }
        };
    WebSocket socket = open(client, server.origin() + "/echo", first);
    sent(socket.sendText("go", true));

    assertThat(inner.get(30, TimeUnit.SECONDS)).isEqualTo("text within");
    socket.abort();
  }
}
