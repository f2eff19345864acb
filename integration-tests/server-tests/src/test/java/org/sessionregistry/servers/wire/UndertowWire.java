package org.sessionregistry.servers.wire;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Undertow, both versions on one port; it knows no 103. */
final class UndertowWire implements WireServer {
  private final Undertow server =
      Undertow.builder()
          .setIoThreads(2)
          .setWorkerThreads(50)
          .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
          .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
          .addHttpListener(0, "127.0.0.1")
          .setHandler(Handlers.httpContinueRead(exchange -> exchange.dispatch(this::serve)))
          .build();

  UndertowWire() {
    server.start();
  }

  @Override
  public String origin() {
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return "http://127.0.0.1:" + address.getPort();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void serve(HttpServerExchange exchange) throws IOException {
    exchange.startBlocking();
    try {
      answer(exchange);
    } finally {
      exchange.endExchange();
    }
  }

  private static void answer(HttpServerExchange exchange) throws IOException {
    HeaderMap out = exchange.getResponseHeaders();
    switch (exchange.getRequestPath()) {
      case "/refuse" -> exchange.setStatusCode(413);
      case "/trailers" -> {
        HeaderMap trailers = new HeaderMap();
        trailers.put(new HttpString("checksum"), "42");
        exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
        for (String part : List.of("one,", "two")) {
          exchange.getOutputStream().write(part.getBytes(StandardCharsets.UTF_8));
          exchange.getOutputStream().flush();
        }
      }
      default -> {
        byte[] body = exchange.getInputStream().readAllBytes();
        for (String name : List.of("Expect", "Trailer", "TE", "Content-Length")) {
          String value = exchange.getRequestHeaders().getFirst(name);
          if (value != null) {
            out.put(new HttpString("seen-" + name), value);
          }
        }
        HeaderMap trailers = exchange.getAttachment(HttpAttachments.REQUEST_TRAILERS);
        if (trailers != null) {
          out.put(new HttpString("seen-checksum"), trailers.getFirst("checksum"));
        }
        try (OutputStream echo = exchange.getOutputStream()) {
          echo.write(body);
        }
      }
    }
  }
}
