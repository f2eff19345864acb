package org.sessionregistry.servers.websocket;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.security.api.AuthenticationMode;
import io.undertow.security.handlers.AuthenticationCallHandler;
import io.undertow.security.handlers.AuthenticationConstraintHandler;
import io.undertow.security.handlers.AuthenticationMechanismsHandler;
import io.undertow.security.handlers.SecurityInitialHandler;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.DigestCredential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.impl.DigestAuthenticationMechanism;
import io.undertow.server.HttpHandler;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Undertow's WebSockets. */
final class UndertowEcho implements EchoServer {
  private static final String REALM = "echo";

  private final Undertow server;
  private final boolean secure;
  private final Map<String, List<String>> seen = new ConcurrentHashMap<>();

  UndertowEcho(@Nullable SSLContext tls, boolean compression) {
    secure = tls != null;
    HttpHandler handler =
        Handlers.path()
            .addExactPath("/digest", forUser(webSocket(false, Set.of(), receiving(new Echo()))))
            .addExactPath("/echo", webSocket(compression, Set.of(), receiving(new Echo())))
            .addExactPath("/chat", webSocket(compression, Set.of("chat.v2"), receiving(new Echo())))
            .addExactPath("/bye", webSocket(compression, Set.of(), receiving(new Bye())))
            .addExactPath(
                "/flood",
                webSocket(
                    compression,
                    Set.of(),
                    (exchange, channel) -> {
                      int messages = Integer.parseInt(exchange.getQueryString().substring(2));
                      channel.getReceiveSetter().set(new Echo());
                      channel.resumeReceives();
                      flood(channel, messages);
                    }));
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(2)
            .setWorkerThreads(20)
            .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
            .setHandler(
                exchange -> {
                  exchange
                      .getRequestHeaders()
                      .forEach(
                          values ->
                              seen.computeIfAbsent(
                                      values.getHeaderName().toString().toLowerCase(Locale.ROOT),
                                      n -> new CopyOnWriteArrayList<>())
                                  .addAll(values));
                  handler.handleRequest(exchange);
                });
    server =
        (tls == null
                ? builder.addHttpListener(0, "127.0.0.1")
                : builder.addHttpsListener(0, "127.0.0.1", tls))
            .build();
    server.start();
  }

  private static HttpHandler forUser(HttpHandler handler) {
    HttpHandler asking =
        new AuthenticationConstraintHandler(new AuthenticationCallHandler(handler));
    return new SecurityInitialHandler(
        AuthenticationMode.PRO_ACTIVE,
        new OneUser(),
        new AuthenticationMechanismsHandler(
            asking, List.of(new DigestAuthenticationMechanism(REALM, "/", "DIGEST"))));
  }

  /** Knows {@code user} with the password {@code right}. */
  private static final class OneUser implements IdentityManager {
    @Override
    public @Nullable Account verify(Account account) {
      return account;
    }

    @Override
    public @Nullable Account verify(String id, Credential credential) {
      return credential instanceof DigestCredential proof && proof.verifyHA1(secret())
          ? new Known(id)
          : null;
    }

    @Override
    public @Nullable Account verify(Credential credential) {
      return null;
    }

    /** RFC 2617 section 3.2.2.2. */
    private static byte[] secret() {
      try {
        byte[] hash =
            MessageDigest.getInstance("MD5")
                .digest(("user:" + REALM + ":right").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private record Known(String name) implements Account {
    @Override
    public Principal getPrincipal() {
      return () -> name;
    }

    @Override
    public Set<String> getRoles() {
      return Set.of();
    }
  }

  private static HttpHandler webSocket(
      boolean compression, Set<String> subprotocols, WebSocketConnectionCallback callback) {
    WebSocketProtocolHandshakeHandler handler =
        new WebSocketProtocolHandshakeHandler(
            List.of(new Hybi13Handshake(subprotocols, false)), callback);
    return compression
        ? handler.addExtension(new PerMessageDeflateHandshake(false, 6, true, true, 64 << 20))
        : handler;
  }

  private static WebSocketConnectionCallback receiving(AbstractReceiveListener listener) {
    return (exchange, channel) -> {
      channel.getReceiveSetter().set(listener);
      channel.resumeReceives();
    };
  }

  private static void flood(WebSocketChannel channel, int messages) {
    if (messages > 0) {
      WebSockets.sendBinary(
          ByteBuffer.wrap(new byte[1024]),
          channel,
          new WebSocketCallback<>() {
            @Override
            public void complete(WebSocketChannel same, @Nullable Void nothing) {
              channel.getIoThread().execute(() -> flood(channel, messages - 1));
            }

            @Override
            public void onError(
                WebSocketChannel same, @Nullable Void nothing, Throwable throwable) {}
          });
    }
  }

  private static class Echo extends AbstractReceiveListener {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      WebSockets.sendText(message.getData(), channel, null);
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
      ByteBuffer joined = WebSockets.mergeBuffers(message.getData().getResource());
      message.getData().free();
      WebSockets.sendBinary(joined, channel, null);
    }
  }

  private static final class Bye extends Echo {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      WebSockets.sendClose(new CloseMessage(4001, "bye"), channel, null);
    }
  }

  @Override
  public String origin() {
    int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    return (secure ? "wss" : "ws") + "://127.0.0.1:" + port;
  }

  @Override
  public int openConnections() {
    return (int) server.getListenerInfo().get(0).getConnectorStatistics().getActiveConnections();
  }

  @Override
  public List<String> seen(String header) {
    return seen.getOrDefault(header, List.of());
  }

  @Override
  public void close() {
    server.stop();
  }
}
