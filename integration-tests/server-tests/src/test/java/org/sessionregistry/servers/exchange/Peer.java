package org.sessionregistry.servers.exchange;

import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a port of the loopback that the system picked. It counts connections and requests,
 * and keeps what its behaviour threw, so that a test fails for it. Thread-safe.
 */
abstract class Peer implements AutoCloseable {
  private final Behaviour behaviour;
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger peakActive = new AtomicInteger();

  Peer(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  abstract String scheme();

  boolean speaksHttp2() {
    return false;
  }

  abstract int port();

  /** Sockets that are open now. */
  abstract int openConnections();

  /** The most sockets that were open at once. */
  abstract int peakConnections();

  @Override
  public abstract void close();

  /** The origin by address. */
  String origin() {
    return originAs("127.0.0.1");
  }

  /** The origin by another of the loopback's names. */
  String originAs(String host) {
    return scheme() + "://" + host + ":" + port();
  }

  /** For the server: lets the behaviour answer. */
  void serve(Call call) throws IOException {
    connections.add(call.connection());
    peakActive.accumulateAndGet(active.incrementAndGet(), Math::max);
    try {
      behaviour.answer(call);
      served.incrementAndGet();
    } catch (IOException e) {
      throw e; // the client went away, which many tests want
    } catch (InterruptedException e) {
      throw new IOException(e);
    } catch (Exception | Error e) {
      failures.add(e);
      throw new IOException(e);
    } finally {
      active.decrementAndGet();
    }
  }

  /** For behaviours: keeps a request for the test. */
  Seen keep(Seen request) {
    seen.add(request);
    return request;
  }

  /** The next request that the behaviour kept. */
  Seen next() throws InterruptedException {
    Seen request = seen.poll(20, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  /** Requests that were answered. */
  int served() {
    return served.get();
  }

  /** Requests that are being answered. */
  int active() {
    return active.get();
  }

  int peakActive() {
    return peakActive.get();
  }

  /** Connections that have brought a request. */
  int usedConnections() {
    return connections.size();
  }

  Queue<Throwable> failures() {
    return failures;
  }
}
