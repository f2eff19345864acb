package org.sessionregistry.servers.proxies;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
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
 * The server that is asked for, Jetty on the loopback, with HTTP/2. It remembers requests and gives
 * their body back; {@code /to?uri} redirects there, {@code /407} wants credentials for a proxy.
 */
final class Origin implements AutoCloseable {
  /** A request as it came; names of fields in lower case. */
  record Seen(String version, String method, String target, Map<String, String> fields, int port) {}

  private final Server server;
  private final ServerConnector connector;
  private final boolean secure;
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

  Origin(@Nullable Identity identity) throws Exception {
    secure = identity != null;
    QueuedThreadPool threads = new QueuedThreadPool(50, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, factories(identity));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Answering());
    server.setStopTimeout(0);
    server.start();
  }

  private static ConnectionFactory[] factories(@Nullable Identity identity) throws Exception {
    HttpConnectionFactory http1 = new HttpConnectionFactory(new HttpConfiguration());
    if (identity == null) {
      return new ConnectionFactory[] {
        http1, new HTTP2CServerConnectionFactory(http1.getHttpConfiguration())
      };
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(identity.context());
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls, alpn.getProtocol()),
      alpn,
      new HTTP2ServerConnectionFactory(http1.getHttpConfiguration()),
      http1
    };
  }

  int port() {
    return connector.getLocalPort();
  }

  /** By the name that a proxy has to look up. */
  String origin() {
    return originAs("localhost");
  }

  String originAs(String host) {
    return (secure ? "https" : "http") + "://" + host + ":" + port();
  }

  /** The next request. */
  Seen next() throws InterruptedException {
    Seen request = seen.poll(20, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  /** How many came that nobody has looked at. */
  int unseen() {
    return seen.size();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try {
        seen.add(seen(request));
        answer(request, response);
        callback.succeeded();
      } catch (Exception e) {
        callback.failed(e);
      }
      return true;
    }
  }

  private static void answer(Request request, Response response) throws Exception {
    String path = Request.getPathInContext(request);
    if (path.equals("/to")) {
      response.setStatus(302);
      response.getHeaders().put("Location", request.getHttpURI().getQuery());
    } else if (path.equals("/407")) {
      response.setStatus(407);
    }
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      InputStream in = Content.Source.asInputStream(request);
      in.transferTo(out);
    }
  }

  private static Seen seen(Request request) {
    Map<String, String> fields = new TreeMap<>();
    request
        .getHeaders()
        .forEach(field -> fields.put(field.getName().toLowerCase(Locale.ROOT), field.getValue()));
    return new Seen(
        request.getConnectionMetaData().getHttpVersion().asString(),
        request.getMethod(),
        request.getHttpURI().getPathQuery(),
        fields,
        Request.getRemotePort(request));
  }
}
