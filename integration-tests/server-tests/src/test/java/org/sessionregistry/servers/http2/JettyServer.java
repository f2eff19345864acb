package org.sessionregistry.servers.http2;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Jetty on the loopback. {@code /echo} gives the body back, {@code /bytes/n} so many bytes, {@code
 * /gate} its answer when the gate is opened, {@code /early} an answer without reading the body; the
 * field {@code seen-version} of the response says how the request came.
 */
final class JettyServer implements AutoCloseable {
  /** What a server may be told. */
  record Options(@Nullable ServerIdentity identity, boolean http2, int maxStreams) {
    static final Options CLEARTEXT = new Options(null, true, 128);

    Options with(ServerIdentity shown) {
      return new Options(shown, http2, maxStreams);
    }

    Options withoutHttp2() {
      return new Options(identity, false, maxStreams);
    }

    Options withMaxStreams(int streams) {
      return new Options(identity, http2, streams);
    }
  }

  private final Server server;
  private final ServerConnector connector;
  private final boolean secure;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<EndPoint> accepted = ConcurrentHashMap.newKeySet();

  JettyServer(Options options) throws Exception {
    secure = options.identity != null;
    QueuedThreadPool threads = new QueuedThreadPool(400, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, factories(options));
    connector.setHost("127.0.0.1");
    connector.addBean(new Sockets());
    server.addConnector(connector);
    server.setHandler(new Serving());
    server.setStopTimeout(0);
    server.start();
  }

  private static ConnectionFactory[] factories(Options options) throws Exception {
    HttpConnectionFactory http1 = new HttpConnectionFactory(new HttpConfiguration());
    AbstractHTTP2ServerConnectionFactory http2 =
        options.identity == null
            ? new HTTP2CServerConnectionFactory(http1.getHttpConfiguration())
            : new HTTP2ServerConnectionFactory(http1.getHttpConfiguration());
    http2.setMaxConcurrentStreams(options.maxStreams);
    if (options.identity == null) {
      return options.http2
          ? new ConnectionFactory[] {http1, http2}
          : new ConnectionFactory[] {http1};
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(options.identity.context());
    if (!options.http2) {
      return new ConnectionFactory[] {
        new SslConnectionFactory(tls, http1.getProtocol()), http1,
      };
    }
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1,
    };
  }

  String origin() {
    return (secure ? "https" : "http") + "://127.0.0.1:" + connector.getLocalPort();
  }

  /** Requests at the gate. */
  int waiting() {
    return waiting.get();
  }

  void openGate() {
    gate.countDown();
  }

  /** Connections that were opened so far. */
  int accepted() {
    return accepted.size();
  }

  long openConnections() {
    return accepted.stream().filter(EndPoint::isOpen).count();
  }

  /** Says good-bye to its clients, and ends when they have gone. */
  void stopGracefully() throws Exception {
    server.setStopTimeout(5000);
    server.stop();
  }

  @Override
  public void close() throws Exception {
    openGate();
    server.stop();
  }

  /** Keeps sockets, on which one connection takes the place of another. */
  private final class Sockets implements Connection.Listener {
    @Override
    public void onOpened(Connection connection) {
      if (connection.getEndPoint() instanceof SocketChannelEndPoint endPoint) {
        accepted.add(endPoint);
      }
    }
  }

  private final class Serving extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try {
        response
            .getHeaders()
            .put("seen-version", request.getConnectionMetaData().getHttpVersion().asString());
        answer(request, response);
        callback.succeeded();
      } catch (Exception e) {
        callback.failed(e);
      }
      return true;
    }
  }

  private void answer(Request request, Response response) throws Exception {
    String path = Request.getPathInContext(request);
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      if (path.equals("/gate")) {
        waiting.incrementAndGet();
        if (!gate.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("the gate was not opened");
        }
        out.write("through".getBytes(StandardCharsets.UTF_8));
      } else if (path.startsWith("/bytes/")) {
        byte[] part = new byte[16 * 1024];
        for (long left = Long.parseLong(path.substring(7)); left > 0; left -= part.length) {
          out.write(part, 0, (int) Math.min(left, part.length));
        }
      } else if (path.equals("/early")) {
        response.setStatus(413);
      } else {
        InputStream in = Content.Source.asInputStream(request);
        in.transferTo(out);
      }
    }
  }
}
