package org.sessionregistry.sample;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.io.Connection;

/**
 * Counts what one service of the demonstration server sees. Everything is counted before the answer
 * leaves, so that a client that has its answer finds it counted. Thread-safe, by one lock: itself.
 */
final class ServiceCounter implements Connection.Listener {
  @GuardedBy("this")
  private final Map<String, Long> requests = new TreeMap<>();

  @GuardedBy("this")
  private final Map<String, Long> cookies = new TreeMap<>();

  /** Open connections that have carried a request. */
  @GuardedBy("this")
  private final Set<Connection> inService = new HashSet<>();

  @GuardedBy("this")
  private long bytesReceived;

  @GuardedBy("this")
  private long bytesSent;

  @GuardedBy("this")
  private int answering;

  @GuardedBy("this")
  private int peak;

  @GuardedBy("this")
  private int accepted;

  @GuardedBy("this")
  private int used;

  @GuardedBy("this")
  private int open;

  @Override
  public synchronized void onOpened(Connection connection) {
    accepted++;
    open++;
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open--;
    inService.remove(connection);
    notifyAll();
  }

  synchronized void begin(Connection connection, String path, Set<String> cookieNames) {
    requests.merge(path, 1L, Long::sum);
    cookieNames.forEach(name -> countCookie(name));
    answering++;
    peak = Math.max(peak, answering);
    if (inService.add(connection)) {
      used++;
    }
  }

  synchronized void end(long received, long sent) {
    answering--;
    bytesReceived += received;
    bytesSent += sent;
  }

  synchronized ServiceCount snapshot() {
    return new ServiceCount(
        requests, cookies, bytesReceived, bytesSent, peak, accepted, used, open);
  }

  /** Waits until no connection is open, or a {@link System#nanoTime()} is reached. */
  synchronized void awaitNoneOpen(long deadline) throws InterruptedException {
    long left = deadline - System.nanoTime();
    while (open > 0 && left > 0) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = deadline - System.nanoTime();
    }
  }

  @GuardedBy("this")
  private void countCookie(String name) {
    cookies.merge(name, 1L, Long::sum);
  }
}
