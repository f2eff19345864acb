package org.sessionregistry.servers.egress;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty on all addresses of the loopback. It counts connections, answers with the address that it
 * was reached at, and redirects from {@code /to?uri}.
 */
final class Target implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;
  private final AtomicInteger accepted = new AtomicInteger();

  Target() throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(50, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1);
    connector.addBean(new Counting());
    server.addConnector(connector);
    server.setHandler(new Answering());
    server.setStopTimeout(0);
    server.start();
  }

  int port() {
    return connector.getLocalPort();
  }

  String at(String host) {
    return "http://" + host + ":" + port();
  }

  /** How many connections came. */
  int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private final class Counting implements Connection.Listener {
    @Override
    public void onOpened(Connection connection) {
      accepted.incrementAndGet();
    }

    @Override
    public void onClosed(Connection connection) {
      // Whoever was let in has been counted.
    }
  }

  private static final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (Request.getPathInContext(request).equals("/to")) {
        response.setStatus(307);
        response.getHeaders().put("Location", request.getHttpURI().getQuery());
        callback.succeeded();
        return true;
      }
      Content.Sink.write(response, true, Request.getLocalAddr(request), callback);
      return true;
    }
  }
}
