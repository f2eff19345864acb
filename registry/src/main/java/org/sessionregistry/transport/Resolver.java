package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * What a registry knows about addresses: the answers of its look-ups, kept for as long as any of
 * its sessions may use them and told to the connections they concern, and which addresses are
 * failing. The rule: nobody is asked on the thread that asks, because that blocks, and never twice
 * at once for one host, so that a name server that hangs holds one thread for each host.
 * Thread-safe, nothing blocks.
 */
public final class Resolver {
  static final int MOST_HOSTS = 10_000;

  /** How long "there is no such host" is believed. */
  static final Duration FAILURES_KEPT = Duration.ofSeconds(1);

  private final SystemLookup lookup;
  private final Executor blocking;
  private final Scheduler clock;
  private final FailingAddresses failing;
  private final Expiring<String, Answer> answers;
  private final WatchedHosts watched = new WatchedHosts();
  private final AtomicLong longestTtlNanos = new AtomicLong();
  private final Map<String, CompletableFuture<List<InetAddress>>> underWay =
      new ConcurrentHashMap<>();

  /** Addresses, or why there are none. */
  private record Answer(
      long atNanos, List<InetAddress> addresses, @Nullable UnknownHostException failure) {

    CompletableFuture<List<InetAddress>> future() {
      return failure == null
          ? CompletableFuture.completedFuture(addresses)
          : CompletableFuture.failedFuture(failure);
    }
  }

  /**
   * A resolver that knows nothing yet.
   *
   * @param lookup who is asked
   * @param blocking where look-ups run
   * @param clock for the age of answers
   */
  public Resolver(SystemLookup lookup, Executor blocking, Scheduler clock) {
    this.lookup = lookup;
    this.blocking = blocking;
    this.clock = clock;
    this.failing = new FailingAddresses(clock);
    this.answers = new Expiring<>(MOST_HOSTS, clock);
  }

  /** The addresses that are tried last. */
  FailingAddresses failing() {
    return failing;
  }

  Scheduler clock() {
    return clock;
  }

  /** How many hosts have connections that are watched over. */
  int watchedHosts() {
    return watched.size();
  }

  /** Lets a connection hear of every answer for a host that differs from the one before. */
  WatchedHosts.Host watch(String host, AddressWatch watch) {
    return watched.add(host, watch, () -> known(host));
  }

  private WatchedHosts.Host known(String host) {
    Answer known = answers.get(host);
    return known == null
        ? new WatchedHosts.Host(clock.nanoTime(), List.of())
        : new WatchedHosts.Host(known.atNanos, known.addresses);
  }

  void unwatch(String host, AddressWatch watch) {
    watched.remove(host, watch);
  }

  /** Asks in the background if the answer is older than allowed; whoever watches the host hears. */
  void refresh(String host, Duration ttl) {
    CompletableFuture<List<InetAddress>> unused = resolve(host, ttl);
  }

  /**
   * The addresses, or an {@link UnknownHostException}. The future must not be completed.
   *
   * @param ttl how old an answer may be
   */
  CompletableFuture<List<InetAddress>> resolve(String host, Duration ttl) {
    long ttlNanos = ttl.toNanos();
    longestTtlNanos.accumulateAndGet(ttlNanos, Math::max);
    Answer known = answers.get(host);
    if (known != null && clock.nanoTime() - known.atNanos < ttlNanos) {
      return known.future();
    }
    CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> shared = underWay.putIfAbsent(host, mine);
    if (shared != null) {
      return shared;
    }
    try {
      blocking.execute(() -> ask(host, mine));
    } catch (RuntimeException | Error e) {
      underWay.remove(host, mine);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  /** Whatever goes wrong, those who wait must hear of it, and the next one must ask again. */
  private void ask(String host, CompletableFuture<List<InetAddress>> result) {
    try {
      List<InetAddress> found = List.copyOf(lookup.addresses(host));
      long now = clock.nanoTime();
      keep(host, new Answer(now, found, null), longestTtlNanos.get());
      watched.answered(host, now, found);
      underWay.remove(host, result);
      result.complete(found);
    } catch (UnknownHostException e) {
      keep(
          host,
          new Answer(clock.nanoTime(), List.of(), e),
          Math.min(longestTtlNanos.get(), FAILURES_KEPT.toNanos()));
      underWay.remove(host, result);
      result.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      underWay.remove(host, result);
      result.completeExceptionally(e);
    }
  }

  private void keep(String host, Answer answer, long keepNanos) {
    if (keepNanos > 0) {
      answers.put(host, answer, keepNanos);
    }
  }
}
