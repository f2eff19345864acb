package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.sessionregistry.settings.DnsSettings;

/**
 * How one session finds the addresses of a route: those that its settings fix, the address that
 * stands in the place of the name, or what the registry's resolver knows, in that order.
 * Thread-safe, nothing blocks.
 */
final class Names {
  private final Resolver resolver;
  private final DnsSettings settings;
  private final Map<String, List<InetAddress>> fixed = new HashMap<>();

  Names(Resolver resolver, DnsSettings settings) {
    this.resolver = resolver;
    this.settings = settings;
    settings.hosts().forEach((host, list) -> fixed.put(host, Literals.parseAll(list)));
  }

  /** The addresses of a host in any order. The future must not be completed. */
  CompletableFuture<List<InetAddress>> resolve(String host) {
    List<InetAddress> known = fixed.get(host);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return Literals.parse(host)
        .map(address -> CompletableFuture.completedFuture(List.of(address)))
        .orElseGet(() -> resolver.resolve(host, settings.ttl()));
  }

  /**
   * A watch over the address of an open connection; none when nobody was asked for it.
   *
   * @param loop runs tasks on the connection's event loop
   * @param retire called there when the host has left the address
   */
  Optional<AddressWatch> watch(String host, InetAddress address, Executor loop, Runnable retire) {
    return fixed.containsKey(host) || Literals.parse(host).isPresent()
        ? Optional.empty()
        : Optional.of(new AddressWatch(resolver, host, address, settings.ttl(), loop, retire));
  }

  /** Where to connect, in the order in which to try. */
  List<InetSocketAddress> inOrder(List<InetAddress> found, int port) {
    return resolver
        .failing()
        .last(
            AddressOrder.of(found, settings.prefer()).stream()
                .distinct()
                .map(address -> new InetSocketAddress(address, port))
                .toList());
  }
}
