package org.sessionregistry.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The open connections of a registry by the host that they lead to, so that whoever asks for a
 * host, all of them hear, and one of them asks for all. The rule: neither a connection that ended
 * nor a host without connections is kept. Thread-safe, nothing blocks.
 */
final class WatchedHosts {
  private final Map<String, Host> hosts = new ConcurrentHashMap<>();

  /** What the connections to one host share. Thread-safe. */
  static final class Host {
    private final Set<AddressWatch> watches = ConcurrentHashMap.newKeySet();
    private final AtomicLong askedAtNanos;
    private volatile Set<InetAddress> addresses;

    /**
     * A host as it is known when its first connection opens.
     *
     * @param atNanos how old that knowledge is
     * @param addresses none when nothing is known
     */
    Host(long atNanos, List<InetAddress> addresses) {
      this.askedAtNanos = new AtomicLong(atNanos);
      this.addresses = Set.copyOf(addresses);
    }

    /** Whether it is time to ask again, which is true for one of those who want to know. */
    boolean isDue(long nowNanos, long intervalNanos) {
      long asked = askedAtNanos.get();
      return nowNanos - asked >= intervalNanos && askedAtNanos.compareAndSet(asked, nowNanos);
    }

    /** Whether the last answer has other addresses, but not this one. */
    boolean hasLost(InetAddress address) {
      Set<InetAddress> last = addresses;
      return !last.isEmpty() && !last.contains(address);
    }

    private void answered(long nowNanos, List<InetAddress> answer) {
      askedAtNanos.set(nowNanos);
      Set<InetAddress> now = Set.copyOf(answer);
      if (!now.isEmpty() && !now.equals(addresses)) {
        addresses = now;
        watches.forEach(AddressWatch::answerChanged);
      }
    }
  }

  /**
   * Lets a connection hear of every answer for a host that differs from the one before.
   *
   * @param known makes the host when this is its first connection
   */
  Host add(String name, AddressWatch watch, Supplier<Host> known) {
    return hosts.compute(
        name,
        (same, present) -> {
          Host host = present == null ? known.get() : present;
          host.watches.add(watch);
          return host;
        });
  }

  void remove(String name, AddressWatch watch) {
    hosts.computeIfPresent(
        name,
        (same, host) -> {
          host.watches.remove(watch);
          return host.watches.isEmpty() ? null : host;
        });
  }

  /** Answers for one host come in the order in which they were given. */
  void answered(String name, long nowNanos, List<InetAddress> answer) {
    Host host = hosts.get(name);
    if (host != null) {
      host.answered(nowNanos, answer);
    }
  }

  /** How many hosts have connections. */
  int size() {
    return hosts.size();
  }
}
