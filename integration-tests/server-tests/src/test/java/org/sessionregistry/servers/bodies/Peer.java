package org.sessionregistry.servers.bodies;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import org.eclipse.jetty.http.UriCompliance;
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
import org.xnio.IoUtils;

/** A server on the loopback, and the version of HTTP that it is spoken to with. */
enum Peer {
  JETTY_HTTP_1,
  JETTY_HTTP_2,
  UNDERTOW_HTTP_1;

  /** A server that runs; what its answers threw is kept, so that a test fails for it. */
  interface Running extends AutoCloseable {
    int port();

    @Override
    void close() throws Exception;
  }

  Running start(Call.Answer answer, Queue<Throwable> failures) throws Exception {
    Guarded guarded = new Guarded(answer, failures);
    return this == UNDERTOW_HTTP_1 ? new OfUndertow(guarded) : new OfJetty(guarded);
  }

  private record Guarded(Call.Answer answer, Queue<Throwable> failures) {
    void to(Call call) throws IOException {
      try {
        answer.to(call);
      } catch (IOException gone) {
        throw gone; // the client went away, which some tests want
      } catch (Exception | Error e) {
        failures.add(e);
        throw new IOException(e);
      }
    }
  }

  private static final class OfJetty extends Handler.Abstract implements Running {
    private final Server server;
    private final ServerConnector connector;
    private final Guarded answer;

    OfJetty(Guarded answer) throws Exception {
      this.answer = answer;
      QueuedThreadPool threads = new QueuedThreadPool(60, 4);
      threads.setDaemon(true);
      server = new Server(threads);
      HttpConfiguration configuration = new HttpConfiguration();
      configuration.setUriCompliance(UriCompliance.UNSAFE);
      connector =
          new ServerConnector(
              server,
              1,
              1,
              new HttpConnectionFactory(configuration),
              new HTTP2CServerConnectionFactory(configuration));
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(this);
      server.setStopTimeout(0);
      server.start();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try {
        answer.to(new JettyCall(request, response));
      } catch (IOException e) {
        callback.failed(e);
        return true;
      }
      callback.succeeded();
      return true;
    }

    @Override
    public int port() {
      return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
      server.stop();
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
    public String authority() {
      return request.getHttpURI().getAuthority();
    }

    @Override
    public List<String> headers(String name) {
      return request.getHeaders().getValuesList(name);
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
    public Call with(String name, String value) {
      response.getHeaders().add(name, value);
      return this;
    }

    @Override
    public OutputStream output() {
      return Content.Sink.asOutputStream(response);
    }
  }

  private static final class OfUndertow implements Running {
    private final Undertow server;

    OfUndertow(Guarded answer) {
      server =
          Undertow.builder()
              .setIoThreads(2)
              .setWorkerThreads(60)
              .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
              .addHttpListener(0, "127.0.0.1")
              .setHandler(exchange -> exchange.dispatch(() -> serve(exchange, answer)))
              .build();
      server.start();
    }

    private static void serve(HttpServerExchange exchange, Guarded answer) {
      exchange.startBlocking();
      try {
        answer.to(new UndertowCall(exchange));
        exchange.endExchange();
      } catch (IOException failed) {
        IoUtils.safeClose(exchange.getConnection());
      }
    }

    @Override
    public int port() {
      return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
      server.stop();
    }
  }

  private record UndertowCall(HttpServerExchange exchange) implements Call {
    @Override
    public String method() {
      return exchange.getRequestMethod().toString();
    }

    @Override
    public String target() {
      String query = exchange.getQueryString();
      return exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query);
    }

    @Override
    public String authority() {
      return exchange.getHostAndPort();
    }

    @Override
    public List<String> headers(String name) {
      HeaderValues values = exchange.getRequestHeaders().get(name);
      return values == null ? List.of() : List.copyOf(values);
    }

    @Override
    public InputStream body() {
      return exchange.getInputStream();
    }

    @Override
    public Call status(int code) {
      exchange.setStatusCode(code);
      return this;
    }

    @Override
    public Call with(String name, String value) {
      exchange.getResponseHeaders().add(new HttpString(name), value);
      return this;
    }

    @Override
    public OutputStream output() {
      return exchange.getOutputStream();
    }
  }
}
