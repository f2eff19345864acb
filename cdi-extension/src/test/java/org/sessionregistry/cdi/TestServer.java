package org.sessionregistry.cdi;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server on loopback that answers with the path it was asked for, and remembers the requests.
 * Under {@code /stall} it answers only when it is closed, under {@code /login} with a cookie, under
 * {@code /status/} with that status. Its threads must not carry the registry's prefix. Thread-safe.
 */
final class TestServer implements AutoCloseable {
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final Map<String, Headers> headers = new ConcurrentHashMap<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  TestServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** What was asked for, in order. */
  List<String> paths() {
    return paths;
  }

  /** What the last request for a path said in a header field; empty if nothing. */
  String header(String path, String name) {
    return String.join(", ", headers.get(path).getOrDefault(name, List.of()));
  }

  /** Waits until a request stalls. */
  void awaitStalled() throws InterruptedException {
    if (!stalled.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no request has arrived under /stall");
    }
  }

  /** Answers what stalls, and stalls no more. */
  void release() {
    released.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      headers.put(path, exchange.getRequestHeaders());
      paths.add(path);
      if (path.startsWith("/stall")) {
        stalled.countDown();
        released.await();
      }
      if (path.startsWith("/login")) {
        exchange.getResponseHeaders().add("Set-Cookie", "sid=7; Path=/");
      }
      byte[] body = path.getBytes(StandardCharsets.UTF_8);
      int status = path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
