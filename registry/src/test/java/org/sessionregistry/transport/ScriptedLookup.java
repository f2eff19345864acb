package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Answers look-ups from a table, and remembers who was asked for. Thread-safe. */
final class ScriptedLookup implements SystemLookup {
  private final Map<String, List<InetAddress>> table = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final CountDownLatch hung = new CountDownLatch(1);

  void put(String host, String... addresses) {
    table.put(host, parsed(addresses));
  }

  void forget(String host) {
    table.remove(host);
  }

  /** The hosts that were asked for, in order. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    synchronized (this) {
      asked.add(host);
    }
    if (host.startsWith("hangs")) {
      hang();
    }
    List<InetAddress> found = table.get(host);
    if (found == null) {
      throw new UnknownHostException(host);
    }
    return found;
  }

  private void hang() {
    try {
      hung.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets those look-ups go on that hang. */
  void goOn() {
    hung.countDown();
  }

  static List<InetAddress> parsed(String... literals) {
    return List.of(literals).stream().map(text -> Literals.parse(text).orElseThrow()).toList();
  }
}
