package org.sessionregistry.servers.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** Jetty's WebSockets. */
final class JettyEcho implements EchoServer {
  private final Server server;
  private final ServerConnector connector;
  private final boolean secure;
  private final boolean compression;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, List<String>> seen = new ConcurrentHashMap<>();

  JettyEcho(@Nullable SSLContext tls, boolean compression) throws Exception {
    this.secure = tls != null;
    this.compression = compression;
    QueuedThreadPool threads = new QueuedThreadPool(50, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls == null) {
      connector = new ServerConnector(server, 1, 1, plain);
    } else {
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setSslContext(tls);
      SslConnectionFactory ssl = new SslConnectionFactory(factory, plain.getProtocol());
      ssl.setEnsureSecureRequestCustomizer(false);
      connector = new ServerConnector(server, 1, 1, ssl, plain);
    }
    connector.setHost("127.0.0.1");
    connector.addBean(new Sockets());
    server.addConnector(connector);
    server.setStopTimeout(0);
    server.setHandler(
        WebSocketUpgradeHandler.from(
            server,
            container -> {
              container.setMaxTextMessageSize(64 << 20);
              container.setMaxBinaryMessageSize(64 << 20);
              container.setIdleTimeout(Duration.ofMinutes(5));
              container.addMapping("/echo", (in, out, callback) -> endpoint(in, out, new Echo()));
              container.addMapping("/bearer", this::forToken);
              container.addMapping("/chat", (in, out, callback) -> chat(in, out));
              container.addMapping("/bye", (in, out, callback) -> endpoint(in, out, new Bye()));
              container.addMapping(
                  "/flood",
                  (in, out, callback) ->
                      endpoint(in, out, new Flood(in.getHttpURI().getQuery().substring(2))));
            }));
    server.start();
  }

  private @Nullable Object forToken(
      ServerUpgradeRequest in,
      ServerUpgradeResponse out,
      org.eclipse.jetty.util.Callback callback) {
    if ("Bearer right".equals(in.getHeaders().get("Authorization"))) {
      return endpoint(in, out, new Echo());
    }
    Response.writeError(in, out, callback, 401);
    return null;
  }

  private Object chat(ServerUpgradeRequest in, ServerUpgradeResponse out) {
    if (in.getSubProtocols().contains("chat.v2")) {
      out.setAcceptedSubProtocol("chat.v2");
    }
    return endpoint(in, out, new Echo());
  }

  private Object endpoint(ServerUpgradeRequest in, ServerUpgradeResponse out, Object endpoint) {
    in.getHeaders()
        .forEach(
            field ->
                seen.computeIfAbsent(field.getLowerCaseName(), n -> new CopyOnWriteArrayList<>())
                    .add(field.getValue()));
    if (!compression) {
      out.setExtensions(List.of());
    }
    return endpoint;
  }

  @Override
  public String origin() {
    return (secure ? "wss" : "ws") + "://127.0.0.1:" + connector.getLocalPort();
  }

  @Override
  public int openConnections() {
    return open.get();
  }

  @Override
  public List<String> seen(String header) {
    return seen.getOrDefault(header, List.of());
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private final class Sockets implements Connection.Listener {
    @Override
    public void onOpened(Connection connection) {
      if (connection.getEndPoint() instanceof SocketChannelEndPoint
          && connection.getClass().getSimpleName().matches("HttpConnection|SslConnection")) {
        open.incrementAndGet();
        connection.getEndPoint();
      }
    }

    @Override
    public void onClosed(Connection connection) {
      if (connection.getEndPoint() instanceof SocketChannelEndPoint end && !end.isOpen()) {
        open.decrementAndGet();
      }
    }
  }

  /** Public, because Jetty calls it by reflection. */
  public static class Echo extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String message) {
      Callback.Completable.with(sent -> getSession().sendText(message, sent)).join();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      getSession().sendBinary(payload, callback);
    }
  }

  /** Closes at the first message. */
  public static class Bye extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String message) {
      getSession().close(4001, "bye", Callback.NOOP);
    }
  }

  /** Sends as much as it can. */
  public static class Flood extends Session.Listener.AbstractAutoDemanding {
    private final int messages;

    Flood(String messages) {
      this.messages = Integer.parseInt(messages);
    }

    @Override
    public void onWebSocketOpen(Session session) {
      super.onWebSocketOpen(session);
      send(0);
    }

    private void send(int n) {
      if (n < messages) {
        getSession()
            .sendBinary(
                ByteBuffer.wrap(new byte[1024]), Callback.from(() -> send(n + 1), failure -> {}));
      }
    }
  }
}
