package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Asks the JVM for the addresses of a host, away from the event loops because that blocks. Look-ups
 * of one host that overlap are one look-up. Thread-safe.
 */
public final class Resolver {
  private final Executor blocking;
  private final Map<String, CompletableFuture<List<InetAddress>>> underWay =
      new ConcurrentHashMap<>();

  /**
   * A resolver without any cache of its own.
   *
   * @param blocking where look-ups run
   */
  public Resolver(Executor blocking) {
    this.blocking = blocking;
  }

  /** The addresses, or an {@link UnknownHostException}. The future must not be completed. */
  CompletableFuture<List<InetAddress>> resolve(String host) {
    if (isLiteral(host)) {
      return lookUp(host, new CompletableFuture<>());
    }
    CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> shared = underWay.putIfAbsent(host, mine);
    if (shared != null) {
      return shared;
    }
    try {
      blocking.execute(
          () -> {
            underWay.remove(host, mine);
            lookUp(host, mine);
          });
    } catch (RuntimeException | Error e) {
      underWay.remove(host, mine);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private static CompletableFuture<List<InetAddress>> lookUp(
      String host, CompletableFuture<List<InetAddress>> result) {
    try {
      result.complete(List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException | RuntimeException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  /** An address rather than a name: looking it up asks nobody. */
  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
