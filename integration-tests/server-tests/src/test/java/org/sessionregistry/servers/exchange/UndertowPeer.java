package org.sessionregistry.servers.exchange;

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
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A peer that is Undertow. */
final class UndertowPeer extends Peer {
  private final Undertow server;
  private final boolean secure;

  UndertowPeer(Behaviour behaviour, @Nullable SSLContext tls) {
    super(behaviour);
    secure = tls != null;
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(2)
            .setWorkerThreads(300)
            .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .setHandler(exchange -> exchange.dispatch(this::serveBlocking));
    server =
        (tls == null
                ? builder.addHttpListener(0, "127.0.0.1")
                : builder.addHttpsListener(0, "127.0.0.1", tls))
            .build();
    server.start();
  }

  private void serveBlocking(HttpServerExchange exchange) throws IOException {
    exchange.startBlocking();
    try {
      serve(new UndertowCall(exchange));
    } finally {
      exchange.endExchange();
    }
  }

  @Override
  String scheme() {
    return secure ? "https" : "http";
  }

  private Undertow.ListenerInfo listener() {
    return server.getListenerInfo().get(0);
  }

  @Override
  int port() {
    return ((InetSocketAddress) listener().getAddress()).getPort();
  }

  @Override
  int openConnections() {
    return (int) listener().getConnectorStatistics().getActiveConnections();
  }

  @Override
  int peakConnections() {
    return (int) listener().getConnectorStatistics().getMaxActiveConnections();
  }

  @Override
  public void close() {
    server.stop();
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
    public List<String> headers(String name) {
      HeaderValues values = exchange.getRequestHeaders().get(name);
      return values == null ? List.of() : List.copyOf(values);
    }

    @Override
    public String connection() {
      return exchange.getConnection().getPeerAddress().toString();
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
