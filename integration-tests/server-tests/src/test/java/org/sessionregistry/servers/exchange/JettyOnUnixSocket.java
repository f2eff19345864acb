package org.sessionregistry.servers.exchange;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Jetty behind a Unix domain socket: says in a header which host was asked for, and sends the body
 * back.
 */
final class JettyOnUnixSocket implements AutoCloseable {
  static final String ASKED_FOR = "Asked-For";

  private final Server server;

  JettyOnUnixSocket(Path path, @Nullable SSLContext tls) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(300, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    UnixDomainServerConnector connector = connector(new HttpConnectionFactory(), tls);
    connector.setUnixDomainPath(path);
    server.addConnector(connector);
    server.setHandler(new Echo());
    server.setStopTimeout(0);
    server.start();
  }

  private UnixDomainServerConnector connector(
      HttpConnectionFactory http, @Nullable SSLContext tls) {
    if (tls == null) {
      return new UnixDomainServerConnector(server, http);
    }
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(tls);
    return new UnixDomainServerConnector(
        server, new SslConnectionFactory(factory, http.getProtocol()), http);
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private static final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().add(ASKED_FOR, request.getHeaders().get("Host"));
      try (InputStream body = Content.Source.asInputStream(request);
          OutputStream output = Content.Sink.asOutputStream(response)) {
        body.transferTo(output);
        callback.succeeded();
      } catch (Exception e) {
        callback.failed(e);
      }
      return true;
    }
  }
}
