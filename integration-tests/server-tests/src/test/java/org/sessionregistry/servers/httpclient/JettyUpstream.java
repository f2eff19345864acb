package org.sessionregistry.servers.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with HTTP/1.1 and, for those who begin with it, HTTP/2 without TLS. */
final class JettyUpstream implements Upstream {
  private final Routes routes = new Routes();
  private final Server server;
  private final ServerConnector connector;

  JettyUpstream() throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(50, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Serving());
    server.setStopTimeout(0);
    server.start();
  }

  @Override
  public String origin() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public int openConnections() {
    return connector.getConnectedEndPoints().size();
  }

  @Override
  public void close() throws Exception {
    routes.gate.countDown();
    server.stop();
  }

  private final class Serving extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try {
        routes.answer(new JettyCall(request, response));
        callback.succeeded();
      } catch (IOException | InterruptedException | RuntimeException e) {
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
    public String path() {
      return request.getHttpURI().getPath();
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
    public String version() {
      return request.getConnectionMetaData().getHttpVersion().asString();
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
