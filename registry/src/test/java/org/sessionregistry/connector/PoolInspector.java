package org.sessionregistry.connector;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sessionregistry.connector.PooledConnection.State;

/**
 * Checks everything that the package documentation promises about the state of a pool, and that the
 * pool's books agree with each other and with the sockets. For use between two steps, while no
 * callback is running.
 */
@SuppressWarnings("GuardedBy") // check() takes the lock for all of it
final class PoolInspector {
  private final ConnectionPool pool;
  private final VirtualScheduler time;
  private final int max;
  private final int maxPerHost;

  /** Connections that have a slot, by {@link State}, and those that await one. */
  private final int[] byState = new int[State.values().length];

  PoolInspector(ConnectionPool pool, VirtualScheduler time, int max, int maxPerHost) {
    this.pool = pool;
    this.time = time;
    this.max = max;
    this.maxPerHost = maxPerHost;
  }

  /**
   * Throws if anything is wrong.
   *
   * @param live the dials of which a socket is left
   * @param closed whether the pool was closed
   */
  void check(List<FakeDial> live, boolean closed) {
    pool.lock.lock();
    try {
      count(live);
      checkLimits(live);
      checkTally();
      checkIdle(live);
      int expecting = 0;
      int queued = 0;
      RoutePool longestWaiting = null;
      for (RoutePool route : pool.routes.values()) {
        checkPlaces(route, live);
        checkExpecting(route);
        checkQueue(route);
        expecting += route.expecting.size();
        queued += route.queued.size();
        if (route.place >= 0 && (longestWaiting == null || route.place < longestWaiting.place)) {
          longestWaiting = route;
        }
        require(closed || !route.isUnused(), "no route is kept that nobody uses");
      }
      require(pool.queue.routes.first() == longestWaiting, "routes wait in order of arrival");
      require(pool.queue.size() == queued, "the queue is counted");
      long[] previous = {-1};
      pool.queue.waiters.forEach(
          waiter -> {
            require(waiter.state == Waiter.State.QUEUED, "who is in the queue is queued");
            require(waiter.opening == null, "who is in the queue expects nothing");
            require(waiter.sequence > previous[0], "the queue is in the order of arrival");
            previous[0] = waiter.sequence;
          });
      require(
          byState[State.OPENING.ordinal()] + byState[State.PENDING.ordinal()]
              == expecting + pool.surplus.withSlot.size() + orphans(live),
          "what is being opened is for somebody, surplus, or about to be dropped");
      if (closed) {
        require(expecting + queued == 0, "nobody waits for a closed pool");
        require(pool.idle.isEmpty() && pool.surplus.isEmpty(), "a closed pool keeps nothing");
      }
    } finally {
      pool.lock.unlock();
    }
  }

  private void count(List<FakeDial> live) {
    Arrays.fill(byState, 0);
    for (FakeDial dial : live) {
      PooledConnection pooled = pooled(dial);
      byState[pooled.state().ordinal()]++;
      require(pool.routes.get(dial.route) == pooled.route, "one book for each route");
      boolean ending = dial.isUndecided() ? dial.isAborted() : dial.connection().isClosing();
      require(ending == (pooled.state() == State.CLOSING), "what closes is being closed");
      boolean ready = pooled.state() == State.LEASED || pooled.state() == State.IDLE;
      require(ready == (!dial.isUndecided() && !ending), "what is ready is open");
      PooledConnection successor = pooled.successor;
      if (successor != null) {
        byState[State.PENDING.ordinal()]++;
        require(pooled.state() == State.CLOSING, "only what closes has a successor");
        require(successor.state() == State.PENDING, "a successor awaits its slot");
        require(
            pooled.routePlacePassedOn == (successor.route == pooled.route),
            "a place is passed on within its route");
      }
    }
  }

  private void checkLimits(List<FakeDial> live) {
    require(max == 0 || live.size() <= max, "no more sockets than the pool may have");
    require(pool.tally.slots() == live.size(), "every socket has a slot, every slot a socket");
  }

  private void checkTally() {
    PoolSnapshot counted = pool.snapshot();
    require(counted.inUse() == byState[State.LEASED.ordinal()], "leases are counted");
    require(counted.inUse() == pool.leased.size(), "leased connections are in their chain");
    require(counted.idle() == byState[State.IDLE.ordinal()], "idle connections are counted");
    require(counted.closing() == byState[State.CLOSING.ordinal()], "closings are counted");
    require(
        counted.opening() == byState[State.OPENING.ordinal()] + byState[State.PENDING.ordinal()],
        "openings are counted");
    pool.leased.forEach(
        pooled -> require(pooled.state() == State.LEASED, "what is leased is leased"));
  }

  private void checkIdle(List<FakeDial> live) {
    int[] ofRoutes = new int[2];
    for (RoutePool route : pool.routes.values()) {
      ofRoutes[0] += route.idle.size();
      ofRoutes[1] += route.surplus.size();
      route.idle.forEach(pooled -> require(pooled.route == route, "idle in its own route"));
      route.surplus.forEach(pooled -> require(pooled.route == route, "surplus in its own route"));
    }
    require(ofRoutes[0] == pool.idle.all.size(), "idle connections are idle in their routes");
    require(
        ofRoutes[1] == pool.surplus.withSlot.size() + orphans(live),
        "surplus connections are so in their routes");
    require(
        pool.idle.all.size() == byState[State.IDLE.ordinal()], "all idle connections are known");
    long now = time.nanoTime();
    pool.idle.all.forEach(
        pooled -> {
          require(pooled.state() == State.IDLE, "what is idle is idle");
          require(pooled.idleUntilNanos - now > 0, "nothing is kept beyond its time");
        });
    pool.surplus.withSlot.forEach(
        pooled -> {
          require(pooled.state() == State.OPENING, "what is surplus is being opened");
          require(pooled.waiter == null, "what is surplus is for nobody");
        });
  }

  private void checkPlaces(RoutePool route, List<FakeDial> live) {
    int places = 0;
    int sockets = 0;
    for (FakeDial dial : live) {
      PooledConnection pooled = pooled(dial);
      if (pooled.route == route) {
        sockets++;
        places += pooled.routePlacePassedOn ? 0 : 1;
      }
      if (pooled.successor != null && pooled.successor.route == route) {
        places++;
      }
    }
    require(route.connections == places, "the places of a route are counted");
    require(maxPerHost == 0 || places <= maxPerHost, "no more places than a route may have");
    require(maxPerHost == 0 || sockets <= maxPerHost, "no more sockets than a route may have");
  }

  private void checkExpecting(RoutePool route) {
    Set<PooledConnection> openings = new HashSet<>();
    route.expecting.forEach(
        waiter -> {
          PooledConnection opening = waiter.opening;
          require(waiter.state == Waiter.State.EXPECTING, "who expects is expecting");
          require(opening != null && opening.waiter == waiter, "an opening for each");
          require(openings.add(opening), "an opening of its own");
          require(opening.route == route, "an opening of the right route");
          require(
              opening.state() == State.OPENING || opening.state() == State.PENDING,
              "an opening that is being opened");
        });
  }

  private void checkQueue(RoutePool route) {
    boolean hasRoom = maxPerHost == 0 || route.connections < maxPerHost;
    Waiter first = route.queued.first();
    require(
        route.place == (first != null && hasRoom ? first.place() : -1),
        "a route stands where its first waiter does");
    if (first != null) {
      require(route.idle.isEmpty(), "nobody waits while a connection of its route is idle");
      require(route.surplus.isEmpty(), "nobody waits while its route has an opening to spare");
      require(
          !hasRoom
              || (max > 0
                  && pool.tally.slots() >= max
                  && pool.idle.isEmpty()
                  && pool.surplus.isEmpty()),
          "nobody waits while a slot is free or can be freed");
    }
  }

  /** Connections that await a slot although their waiter has left. */
  private static int orphans(List<FakeDial> live) {
    int orphans = 0;
    for (FakeDial dial : live) {
      PooledConnection successor = pooled(dial).successor;
      if (successor != null && successor.waiter == null) {
        orphans++;
      }
    }
    return orphans;
  }

  static PooledConnection pooled(FakeDial dial) {
    return (PooledConnection) dial.listener;
  }

  private static void require(boolean holds, String invariant) {
    if (!holds) {
      throw new AssertionError("violated: " + invariant);
    }
  }
}
