package org.sessionregistry.servers.proxies;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Jetty's proxy, for requests and for tunnels, on the loopback. It remembers what it was asked. */
final class JettyProxy implements AutoCloseable {
  /** A request as it came. */
  record Seen(String line, String authorization, String team, int clientPort) {}

  private static final String EXPECTED =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(
                  (ProxyKind.USER + ":" + ProxyKind.PASSWORD).getBytes(StandardCharsets.UTF_8));

  private final Server server;
  private final ServerConnector connector;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final boolean closed;

  JettyProxy(@Nullable Identity identity, boolean closed) throws Exception {
    this.closed = closed;
    QueuedThreadPool threads = new QueuedThreadPool(50, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, factories(identity));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Guard(new ConnectHandler(new ProxyHandler.Forward())));
    server.setStopTimeout(0);
    server.start();
  }

  private static ConnectionFactory[] factories(@Nullable Identity identity) throws Exception {
    HttpConfiguration configuration = new HttpConfiguration();
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    if (identity == null) {
      return new ConnectionFactory[] {http};
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(identity.context());
    SslConnectionFactory ssl = new SslConnectionFactory(tls, http.getProtocol());
    ssl.setEnsureSecureRequestCustomizer(false);
    return new ConnectionFactory[] {ssl, http};
  }

  int port() {
    return connector.getLocalPort();
  }

  List<Seen> seen() {
    return seen;
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private final class Guard extends Handler.Wrapper {
    Guard(Handler inner) {
      super(inner);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String authorization = field(request, "Proxy-Authorization");
      seen.add(
          new Seen(
              request.getMethod() + " " + request.getHttpURI(),
              authorization,
              field(request, "X-Team"),
              Request.getRemotePort(request)));
      if (closed && !authorization.equals(EXPECTED)) {
        response.getHeaders().put(HttpHeader.PROXY_AUTHENTICATE, "Basic realm=\"tests\"");
        Response.writeError(request, response, callback, 407);
        return true;
      }
      return super.handle(request, response, callback);
    }
  }

  private static String field(Request request, String name) {
    String value = request.getHeaders().get(name);
    return value == null ? "none" : value;
  }
}
