package org.sessionregistry.servers.telemetry;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

/**
 * Jetty for HTTP/1.1 and HTTP/2. It keeps the {@code traceparent} of every request, and answers by
 * path: {@code /moved} leads to {@code /here}, {@code /broken} is a 500, {@code /flaky} a 503 at
 * first, {@code /stall} gets no answer, and all else is a 200 with the path as its body.
 */
final class Upstream implements AutoCloseable {
  /** What came with a request. */
  record Call(String path, String traceparent, String baggage) {}

  final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final Queue<Callback> unanswered = new ConcurrentLinkedQueue<>();
  private final Server server;
  private final ServerConnector connector;

  Upstream() throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(20, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Answering());
    server.setStopTimeout(0);
    server.start();
  }

  int port() {
    return connector.getLocalPort();
  }

  String origin() {
    return "http://127.0.0.1:" + port();
  }

  /** Waits until a request stalls. */
  void awaitStalled() throws InterruptedException {
    if (!stalled.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("no request has arrived under /stall");
    }
  }

  @Override
  public void close() throws Exception {
    unanswered.forEach(callback -> callback.failed(new Exception("the test is over")));
    server.stop();
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = Request.getPathInContext(request);
      boolean first = calls.stream().noneMatch(call -> call.path().equals(path));
      calls.add(
          new Call(
              path,
              String.valueOf(request.getHeaders().get("traceparent")),
              String.valueOf(request.getHeaders().get("baggage"))));
      switch (path) {
        case "/stall" -> {
          unanswered.add(callback);
          stalled.countDown();
          return true;
        }
        case "/moved" -> answer(response, 302, Map.of("Location", "/here"));
        case "/broken" -> answer(response, 500, Map.of());
        case "/flaky" -> answer(response, first ? 503 : 200, Map.of("Retry-After", "0"));
        default -> answer(response, 200, Map.of());
      }
      Content.Sink.write(response, true, path, callback);
      return true;
    }

    private void answer(Response response, int status, Map<String, String> headers) {
      response.setStatus(status);
      headers.forEach(response.getHeaders()::put);
    }
  }
}
