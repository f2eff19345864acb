package org.sessionregistry.servers.pools;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
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
 * Jetty, which answers requests when the test lets it, in the order of their arrival, and counts:
 * sockets, and requests by the first segment of their path, which is the name of the session that
 * sent them. Thread-safe.
 */
final class Upstream implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicInteger serving = new AtomicInteger();
  private final AtomicInteger peakServing = new AtomicInteger();
  private final Semaphore answers = new Semaphore(0, true);
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();

  Upstream() {
    QueuedThreadPool threads = new QueuedThreadPool(100, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.addBean(new Sockets());
    server.addConnector(connector);
    server.setHandler(new Answering());
    server.setStopTimeout(0);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The base URL of a session. */
  String of(String session) {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/" + session + "/";
  }

  /** So many requests more may be answered. */
  Upstream answers(int more) {
    answers.release(more);
    return this;
  }

  /** All may. */
  Upstream answersAll() {
    return answers(1_000_000);
  }

  /** The sessions whose requests arrived, in that order. */
  List<String> arrived() {
    return List.copyOf(arrived);
  }

  int arrived(String session) {
    return (int) arrived.stream().filter(session::equals).count();
  }

  int answered(String session) {
    AtomicInteger count = answered.get(session);
    return count == null ? 0 : count.get();
  }

  int open() {
    return open.get();
  }

  /**
   * The most sockets that it saw open at once. Where one was closed in favour of another it may be
   * one more than there were, because it can hear of the new one first.
   */
  int peak() {
    return peak.get();
  }

  /** The most requests that it had to answer at once. */
  int peakServing() {
    return peakServing.get();
  }

  @Override
  public void close() {
    answersAll();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Sockets implements Connection.Listener {
    @Override
    public void onOpened(Connection connection) {
      peak.accumulateAndGet(open.incrementAndGet(), Math::max);
    }

    @Override
    public void onClosed(Connection connection) {
      open.decrementAndGet();
    }
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String session = request.getHttpURI().getPath().split("/", -1)[1];
      arrived.add(session);
      peakServing.accumulateAndGet(serving.incrementAndGet(), Math::max);
      answers.acquire();
      serving.decrementAndGet();
      answered.computeIfAbsent(session, first -> new AtomicInteger()).incrementAndGet();
      Content.Sink.write(response, true, session, callback);
      return true;
    }
  }
}
