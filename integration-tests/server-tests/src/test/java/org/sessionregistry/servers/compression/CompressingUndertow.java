package org.sessionregistry.servers.compression;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.encoding.ContentEncodingProvider;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.DeflateEncodingProvider;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;

/** Undertow with its EncodingHandler, which means bare data (RFC 1951) when it says deflate. */
final class CompressingUndertow implements CompressingServer {
  private final Undertow server;

  CompressingUndertow(String coding) {
    ContentEncodingProvider provider =
        coding.equals("gzip") ? new GzipEncodingProvider() : new DeflateEncodingProvider();
    ContentEncodingRepository codings =
        new ContentEncodingRepository().addEncodingHandler(coding, provider, 50);
    server =
        Undertow.builder()
            .setIoThreads(2)
            .setWorkerThreads(20)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                new EncodingHandler(new BlockingHandler(CompressingUndertow::answer), codings))
            .build();
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

  private static void answer(HttpServerExchange exchange) throws IOException {
    Page page = Page.at(exchange.getRequestPath());
    exchange.setStatusCode(page.status());
    String accepted =
        Objects.toString(exchange.getRequestHeaders().getFirst("Accept-Encoding"), "");
    page.fields(accepted)
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.getOutputStream().write(page.body());
    exchange.getOutputStream().close();
  }
}
