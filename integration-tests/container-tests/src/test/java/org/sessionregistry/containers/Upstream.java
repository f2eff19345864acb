package org.sessionregistry.containers;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The service that the applications call: it answers with the path, except to {@code /hang}, which
 * it leaves without an answer, and {@code /secured}, from where it leads to the credentials. In the
 * JVM of the test, so that it sees what the server leaves open.
 */
final class Upstream implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int connections;
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final Queue<Callback> hanging = new ConcurrentLinkedQueue<>();
  private final Semaphore arrived = new Semaphore(0);

  Upstream() throws Exception {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(10));
    connector.addBean(
        new Connection.Listener() {
          @Override
          public void onOpened(Connection connection) {
            count(1);
          }

          @Override
          public void onClosed(Connection connection) {
            count(-1);
          }
        });
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            answer(request, response, callback);
            return true;
          }
        });
    server.start();
  }

  private void answer(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    paths.add(path);
    switch (path) {
      case "/hang" -> {
        hanging.add(callback);
        arrived.release();
      }
      case "/secured" -> Response.sendRedirect(request, response, callback, "/safe");
      case "/safe" -> text(response, callback, credentials(request));
      default -> text(response, callback, path);
    }
  }

  private static String credentials(Request request) {
    return request.getHeaders().get("Authorization") + ", " + request.getHeaders().get("X-Stamp");
  }

  private static void text(Response response, Callback callback, String text) {
    response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** The paths that were asked for, in order. */
  List<String> paths() {
    return new ArrayList<>(paths);
  }

  void forget() {
    paths.clear();
  }

  /** Answers what hangs, and returns when nobody is connected any more. */
  void awaitNoConnection() throws InterruptedException {
    for (Callback each = hanging.poll(); each != null; each = hanging.poll()) {
      each.failed(new EofException("nobody waits for it"));
    }
    long left = TimeUnit.SECONDS.toNanos(30);
    lock.lock();
    try {
      while (connections > 0) {
        if (left <= 0) {
          throw new AssertionError(connections + " connections are left");
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void count(int change) {
    lock.lock();
    try {
      connections += change;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when so many requests hang. */
  void awaitHanging(int count) throws InterruptedException {
    if (!arrived.tryAcquire(count, 30, TimeUnit.SECONDS)) {
      throw new AssertionError(arrived + " instead of " + count + " requests arrived");
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
