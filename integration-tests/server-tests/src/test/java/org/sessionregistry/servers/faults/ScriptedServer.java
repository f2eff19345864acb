package org.sessionregistry.servers.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on the loopback address that does to each connection what a script says, well-formed or
 * not. The first script plays on the first connection, the second on the second; the last plays on
 * all further ones. When a script has ended without closing, the server reads until the client
 * closes, so that {@link #open} counts what the client left open.
 */
final class ScriptedServer implements AutoCloseable {
  /** What is done to one connection. */
  @FunctionalInterface
  interface Script {
    void play(Peer peer) throws Exception;
  }

  /**
   * A request that came in.
   *
   * @param connection the number of the connection, from 1
   * @param line the request line
   */
  record Seen(int connection, String line) {}

  private final ServerSocket socket;
  private final List<Script> scripts;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final Queue<Throwable> mistakes = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "scripted-server");
            thread.setDaemon(true);
            return thread;
          });

  private ScriptedServer(ServerSocket socket, List<Script> scripts) {
    this.socket = socket;
    this.scripts = scripts;
    threads.execute(this::accept);
  }

  static ScriptedServer playing(Script... scripts) {
    try {
      return new ScriptedServer(
          new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), List.of(scripts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String authority() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** How many connections were accepted so far. */
  int accepted() {
    return accepted.get();
  }

  /** How many of them have not ended yet. */
  int open() {
    return open.get();
  }

  /** The requests whose head came in so far. */
  List<Seen> requests() {
    return requests;
  }

  void awaitRequests(int number) {
    Await.until(number + " requests at the server", () -> requests.size() >= number);
  }

  /** Lets {@link Peer#stallUnread} end. */
  void release() {
    released.countDown();
  }

  /** Fails if a script failed by itself. */
  @Override
  public void close() {
    release();
    closeQuietly(socket);
    sockets.forEach(ScriptedServer::closeQuietly);
    threads.shutdownNow();
    Throwable mistake = mistakes.poll();
    if (mistake != null) {
      throw new AssertionError("the server's script failed", mistake);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new AssertionError("closing a socket of the server failed", e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        int number = accepted.incrementAndGet();
        open.incrementAndGet();
        sockets.add(connection);
        threads.execute(() -> serve(number, connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(int number, Socket connection) {
    Peer peer = new Peer(number, connection, released, requests::add);
    try {
      scripts.get(Math.min(number, scripts.size()) - 1).play(peer);
      peer.stall();
    } catch (EOFException | java.net.SocketException gone) {
      // The client has closed; what the script still wanted to do has become pointless.
      return;
    } catch (Throwable mistake) {
      mistakes.add(mistake);
    } finally {
      closeQuietly(connection);
      sockets.remove(connection);
      open.decrementAndGet();
    }
  }
}
