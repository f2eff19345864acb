package org.sessionregistry.containers;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The service that the applications call: it answers with the path, except to {@code /hang}, which
 * it leaves without an answer. In the JVM of the test, so that it sees what the server leaves open.
 */
final class Upstream implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Callback> hanging = new LinkedBlockingQueue<>();

  Upstream() throws Exception {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(10));
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            answer(request.getHttpURI().getPath(), response, callback);
            return true;
          }
        });
    server.start();
  }

  private void answer(String path, Response response, Callback callback) {
    paths.add(path);
    if (path.equals("/hang")) {
      hanging.add(callback);
    } else {
      response.write(true, ByteBuffer.wrap(path.getBytes(StandardCharsets.UTF_8)), callback);
    }
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

  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /** Returns when so many requests hang. */
  void awaitHanging(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      if (hanging.poll(30, TimeUnit.SECONDS) == null) {
        throw new AssertionError(i + " instead of " + count + " requests arrived");
      }
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
