package org.sessionregistry.servers.exchange;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.SocketChannelEndPoint;
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

/** A peer that is Jetty. */
final class JettyPeer extends Peer {
  private final Server server;
  private final ServerConnector connector;
  private final boolean secure;
  private final boolean http2;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();

  JettyPeer(Behaviour behaviour, @Nullable SSLContext tls, boolean http2) {
    super(behaviour);
    this.http2 = http2;
    secure = tls != null;
    QueuedThreadPool threads = new QueuedThreadPool(300, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.UNSAFE); // the tests look at what was sent, whatever it is
    connector =
        http2
            ? new ServerConnector(server, 1, 1, new HTTP2CServerConnectionFactory(http))
            : connector(new HttpConnectionFactory(http), tls);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(1024);
    connector.addBean(new Sockets());
    server.addConnector(connector);
    server.setHandler(new Serving());
    server.setStopTimeout(0);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ServerConnector connector(HttpConnectionFactory http, @Nullable SSLContext tls) {
    if (tls == null) {
      return new ServerConnector(server, 1, 1, http);
    }
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(tls);
    SslConnectionFactory ssl = new SslConnectionFactory(factory, http.getProtocol());
    ssl.setEnsureSecureRequestCustomizer(false); // it wants certificates to fit the host
    return new ServerConnector(server, 1, 1, ssl, http);
  }

  @Override
  String scheme() {
    return secure ? "https" : "http";
  }

  @Override
  boolean speaksHttp2() {
    return http2;
  }

  @Override
  int port() {
    return connector.getLocalPort();
  }

  @Override
  int openConnections() {
    return open.get();
  }

  @Override
  int peakConnections() {
    return peak.get();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Counts sockets; the layers above TLS are connections too, but not of a socket. */
  private final class Sockets implements Connection.Listener {
    @Override
    public void onOpened(Connection connection) {
      if (connection.getEndPoint() instanceof SocketChannelEndPoint) {
        peak.accumulateAndGet(open.incrementAndGet(), Math::max);
      }
    }

    @Override
    public void onClosed(Connection connection) {
      if (connection.getEndPoint() instanceof SocketChannelEndPoint) {
        open.decrementAndGet();
      }
    }
  }

  private final class Serving extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try {
        serve(new JettyCall(request, response));
        callback.succeeded();
      } catch (Exception e) {
        callback.failed(e);
      }
      return true;
    }
  }

  private record JettyCall(Request request, Response response) implements Call {
    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public String target() {
      return request.getHttpURI().getPathQuery();
    }

    @Override
    public List<String> headers(String name) {
      return request.getHeaders().getValuesList(name);
    }

    @Override
    public String connection() {
      return request.getConnectionMetaData().getRemoteSocketAddress().toString();
    }

    @Override
    public InputStream body() {
      return Content.Source.asInputStream(request);
    }

    @Override
    public Call status(int code) {
      response.setStatus(code);
      return this;
    }

    @Override
    public Call header(String name, String value) {
      response.getHeaders().add(name, value);
      return this;
    }

    @Override
    public OutputStream output() {
      return Content.Sink.asOutputStream(response);
    }
  }
}
