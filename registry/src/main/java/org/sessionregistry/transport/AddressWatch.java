package org.sessionregistry.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * Sees to it that a connection does not outlive its address: when a host's answer no longer has the
 * address, the connection is retired after a random part of a window, unless a later answer has it
 * again. The rule: only an answer with other addresses retires a connection, never a look-up that
 * failed or found nothing. Confined to the connection's event loop but for {@link #answerChanged};
 * ended, it is known to nobody and leaves no timer.
 *
 * <p>The window is twice the time for which answers are used, so that half of the connections see a
 * second answer before they go: names exist whose answers take turns. It is at least ten seconds,
 * so that the connections of a host that moved never go all at once.
 */
final class AddressWatch {
  /** Also of sessions that want an answer for every connection: a request is none. */
  static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

  static final Duration LEAST_WINDOW = Duration.ofSeconds(10);

  private final Resolver resolver;
  private final String name;
  private final InetAddress address;
  private final Duration ttl;
  private final Executor loop;
  private final Runnable retire;
  private final Scheduler clock;
  private final long intervalNanos;
  private WatchedHosts.@Nullable Host host;
  private Scheduler.@Nullable Timer timer;

  /**
   * A watch that has not begun.
   *
   * @param name of the host
   * @param address that the connection leads to
   * @param ttl how old the host's answer may be while the connection is used
   * @param loop runs tasks on the event loop
   * @param retire called once at most, on the event loop, and never after the end
   */
  AddressWatch(
      Resolver resolver,
      String name,
      InetAddress address,
      Duration ttl,
      Executor loop,
      Runnable retire) {
    this.resolver = resolver;
    this.name = name;
    this.address = address;
    this.ttl = ttl;
    this.loop = loop;
    this.retire = retire;
    this.clock = resolver.clock();
    this.intervalNanos = Math.max(ttl.toNanos(), LEAST_INTERVAL.toNanos());
  }

  void begin() {
    host = resolver.watch(name, this);
    review();
  }

  /** The connection serves a request: for its sake, the host is asked for again when it is time. */
  void used() {
    WatchedHosts.Host watched = host;
    if (watched != null && watched.isDue(clock.nanoTime(), intervalNanos)) {
      resolver.refresh(name, ttl);
    }
  }

  /** The host has another answer than before. Any thread. */
  void answerChanged() {
    loop.execute(this::review);
  }

  private void review() {
    WatchedHosts.Host watched = host;
    if (watched == null) {
      return;
    }
    boolean lost = watched.hasLost(address);
    if (lost && timer == null) {
      long window = Math.max(2 * ttl.toNanos(), LEAST_WINDOW.toNanos());
      timer =
          clock.schedule(
              ThreadLocalRandom.current().nextLong(window), () -> loop.execute(this::retireNow));
    } else if (!lost) {
      cancelTimer();
    }
  }

  private void retireNow() {
    if (timer != null) { // else the address came back while this was on its way here
      end();
      retire.run();
    }
  }

  /** The connection is closed. */
  void end() {
    host = null;
    cancelTimer();
    resolver.unwatch(name, this);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
