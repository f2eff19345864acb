package org.sessionregistry.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sessionregistry.connector.Scheduler;

/**
 * The addresses that lately could not be connected to, or were overtaken by one that began later.
 * The rule: they are tried last, never left out, because all of a host's addresses may be among
 * them. A success ends it at once. Thread-safe, nothing blocks.
 */
final class FailingAddresses {
  static final Duration REMEMBERED = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private final Expiring<SocketAddress, Boolean> failing;

  FailingAddresses(Scheduler clock) {
    failing = new Expiring<>(MOST, clock);
  }

  void failed(SocketAddress address) {
    failing.put(address, true, REMEMBERED.toNanos());
  }

  void connected(SocketAddress address) {
    failing.remove(address);
  }

  /** The same addresses in the same order, but those that are failing behind the others. */
  List<InetSocketAddress> last(List<InetSocketAddress> addresses) {
    List<InetSocketAddress> ordered = new ArrayList<>(addresses.size());
    List<InetSocketAddress> behind = new ArrayList<>(0);
    for (InetSocketAddress address : addresses) {
      (failing.get(address) == null ? ordered : behind).add(address);
    }
    ordered.addAll(behind);
    return ordered;
  }
}
