package org.sessionregistry.servers.httpclient;

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

/** Undertow with HTTP/1.1. */
final class UndertowUpstream implements Upstream {
  private final Routes routes = new Routes();
  private final Undertow server;

  UndertowUpstream() {
    server =
        Undertow.builder()
            .setIoThreads(2)
            .setWorkerThreads(50)
            .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(exchange -> exchange.dispatch(this::serve))
            .build();
    server.start();
  }

  private void serve(HttpServerExchange exchange) throws IOException, InterruptedException {
    exchange.startBlocking();
    try {
      routes.answer(new UndertowCall(exchange));
    } finally {
      exchange.endExchange();
    }
  }

  private Undertow.ListenerInfo listener() {
    return server.getListenerInfo().get(0);
  }

  @Override
  public String origin() {
    return "http://127.0.0.1:" + ((InetSocketAddress) listener().getAddress()).getPort();
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public int openConnections() {
    return (int) listener().getConnectorStatistics().getActiveConnections();
  }

  @Override
  public void close() {
    routes.gate.countDown();
    server.stop();
  }

  private record UndertowCall(HttpServerExchange exchange) implements Call {
    @Override
    public String method() {
      return exchange.getRequestMethod().toString();
    }

    @Override
    public String path() {
      return exchange.getRequestPath();
    }

    @Override
    public List<String> headers(String name) {
      HeaderValues values = exchange.getRequestHeaders().get(name);
      return values == null ? List.of() : List.copyOf(values);
    }

    @Override
    public String connection() {
      return exchange.getConnection().getPeerAddress().toString();
    }

    @Override
    public String version() {
      return exchange.getProtocol().toString();
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
    public Call header(String name, String value) {
      exchange.getResponseHeaders().add(new HttpString(name), value);
      return this;
    }

    @Override
    public OutputStream output() {
      return exchange.getOutputStream();
    }
  }
}
