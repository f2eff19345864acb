package org.sessionregistry.servers.wire;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, both versions on one port. */
final class JettyWire implements WireServer {
  private final Server server;
  private final ServerConnector connector;

  JettyWire() throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(50, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new NothingUsedTwice(http));
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
  public void close() throws Exception {
    server.stop();
  }

  private static final class Serving extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try {
        answer(request, response);
        callback.succeeded();
      } catch (Exception e) {
        callback.failed(e);
      }
      return true;
    }

    private void answer(Request request, Response response) throws Exception {
      switch (Request.getPathInContext(request)) {
        case "/refuse" -> response.setStatus(413);
        case "/hints" -> {
          response.writeInterim(103, HttpFields.build().put("Link", "</style.css>")).get();
          write(response, "styled");
        }
        case "/trailers" -> {
          HttpFields.Mutable trailers = HttpFields.build().put("checksum", "42");
          response.setTrailersSupplier(() -> trailers);
          write(response, "one,", "two");
        }
        default -> echo(request, response);
      }
    }

    private static void echo(Request request, Response response) throws Exception {
      byte[] body = Content.Source.asInputStream(request).readAllBytes();
      for (String name : List.of("Expect", "Trailer", "TE", "Content-Length")) {
        response.getHeaders().put("seen-" + name, request.getHeaders().get(name));
      }
      HttpFields trailers = request.getTrailers();
      if (trailers != null) {
        response.getHeaders().put("seen-checksum", trailers.get("checksum"));
      }
      try (OutputStream out = Content.Sink.asOutputStream(response)) {
        out.write(body);
      }
    }

    private static void write(Response response, String... parts) throws Exception {
      try (OutputStream out = Content.Sink.asOutputStream(response)) {
        for (String part : parts) {
          out.write(part.getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    }
  }

  /**
   * Makes each exchange's objects anew: Jetty 12.0 hands those of a stream that its client resets,
   * as ours does with a body that is not wanted, to the next exchange while it still works on them,
   * which then fails in about one of sixty cases.
   */
  private static final class NothingUsedTwice extends HTTP2CServerConnectionFactory {
    NothingUsedTwice(HttpConfiguration http) {
      super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      Connection connection = super.newConnection(connector, endPoint);
      ((HTTP2ServerConnection) connection).setRecycleHttpChannels(false);
      return connection;
    }
  }
}
