package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sessionregistry.connector.PoolWorld.Limits;
import org.sessionregistry.connector.PooledConnection.State;
import org.sessionregistry.settings.Priority;

/**
 * Checks everything that the package documentation promises about the state of a pool, and that the
 * pool's books agree with each other and with the sockets. For use between two steps, while no
 * callback is running.
 */
@SuppressWarnings("GuardedBy") // check() takes the lock for all of it
final class PoolInspector {
  private final ConnectionPool pool;
  private final Collection<PoolMember> members;
  private final VirtualScheduler time;
  private final Limits limits;

  /** Connections that have a slot, by {@link State}, and those that await one. */
  private final int[] byState = new int[State.values().length];

  /** All connections of which a socket is left, and those that will take over a slot. */
  private final List<PooledConnection> all = new ArrayList<>();

  PoolInspector(
      ConnectionPool pool, Collection<PoolMember> members, VirtualScheduler time, Limits limits) {
    this.pool = pool;
    this.members = members;
    this.time = time;
    this.limits = limits;
  }

  /**
   * Throws if anything is wrong.
   *
   * @param live the dials of which a socket is left
   * @param closed whether every member has left
   */
  void check(List<FakeDial> live, boolean closed) {
    pool.lock.lock();
    try {
      // Asked before anything else is, because looking refreshes what is stale.
      Waiter next = pool.queue.routes.first(Eligible.ALL);
      Waiter nextHigh = limits.reservedHigh() > 0 ? pool.queue.routes.first(Eligible.HIGH) : null;
      collect(live);
      checkSlots(live);
      checkTally();
      checkShelves(closed);
      int expecting = 0;
      int queued = 0;
      for (RoutePool route : routes()) {
        checkPlaces(route, live);
        checkExpecting(route);
        checkQueue(route);
        expecting += route.expecting.size();
        queued += route.queued.size();
        require(!route.isUnused(), "no route is kept that nobody uses");
      }
      require(pool.queue.size() == queued, "the queue is counted");
      pool.queue.waiters.forEach(
          waiter -> {
            require(waiter.state == Waiter.State.QUEUED, "who is in the queue is queued");
            require(waiter.opening == null, "who is in the queue expects nothing");
          });
      checkTurns(Eligible.ALL, next);
      if (limits.reservedHigh() > 0) {
        checkTurns(Eligible.HIGH, nextHigh);
      }
      checkMembers();
      if (closed) {
        require(expecting + queued == 0, "nobody waits for a closed pool");
        require(!(pool.connections.shelves.firstSpare() != null), "a closed pool keeps nothing");
      }
    } finally {
      pool.lock.unlock();
    }
  }

  private List<RoutePool> routes() {
    List<RoutePool> routes = new ArrayList<>();
    pool.members.tables.values().forEach(table -> routes.addAll(table.routes.values()));
    return routes;
  }

  private void collect(List<FakeDial> live) {
    Arrays.fill(byState, 0);
    all.clear();
    for (FakeDial dial : live) {
      PooledConnection pooled = pooled(dial);
      all.add(pooled);
      byState[pooled.state().ordinal()]++;
      require(pooled.route.table.routes.get(dial.route) == pooled.route, "one book a route");
      boolean ending = dial.isUndecided() ? dial.isAborted() : dial.connection().isClosing();
      require(ending == (pooled.state() == State.CLOSING), "what closes is being closed");
      boolean ready = pooled.state() == State.LEASED || pooled.state() == State.IDLE;
      require(ready == (!dial.isUndecided() && !ending), "what is ready is open");
      require(
          (pooled.state() == State.LEASED) == !pooled.leases.isEmpty(),
          "what is leased has leases");
      PooledConnection successor = pooled.successor;
      if (successor != null) {
        all.add(successor);
        byState[State.PENDING.ordinal()]++;
        require(pooled.state() == State.CLOSING, "only what closes has a successor");
        require(successor.state() == State.PENDING, "a successor awaits its slot");
        require(successor.predecessor == pooled, "and knows from whom");
        require(
            pooled.routePlacePassedOn == (successor.route == pooled.route),
            "a place is passed on within its route");
      }
    }
  }

  private void checkSlots(List<FakeDial> live) {
    require(
        limits.max() == 0 || live.size() <= limits.max(), "no more sockets than the pool may have");
    require(
        pool.connections.tally.slots() == live.size(),
        "every socket has a slot, every slot a socket");
    int ordinary = 0;
    for (PooledConnection pooled : all) {
      int[] count = {0};
      pooled.leases.forEach(lease -> count[0] += lease.priority == Priority.HIGH ? 0 : 1);
      pooled.awaiting.forEach(waiter -> count[0] += waiter.priority == Priority.HIGH ? 0 : 1);
      require(pooled.ordinary == count[0], "those of no high priority are counted");
      ordinary += count[0] > 0 ? 1 : 0;
    }
    require(
        pool.connections.tally.ordinary == ordinary,
        "connections for no high priority are counted");
    require(
        limits.reservedHigh() == 0 || ordinary <= limits.max() - limits.reservedHigh(),
        "what is reserved is not taken by others");
  }

  private void checkTally() {
    PoolSnapshot counted = pool.snapshot();
    require(counted.inUse() == byState[State.LEASED.ordinal()], "connections in use are counted");
    require(counted.idle() == byState[State.IDLE.ordinal()], "idle connections are counted");
    require(counted.closing() == byState[State.CLOSING.ordinal()], "closings are counted");
    require(
        counted.opening() == byState[State.OPENING.ordinal()] + byState[State.PENDING.ordinal()],
        "openings are counted");
  }

  private void checkShelves(boolean closed) {
    long now = time.nanoTime();
    int idle = 0;
    int surplus = 0;
    int leased = 0;
    for (PooledConnection pooled : all) {
      State state = pooled.state();
      boolean opening = state == State.OPENING || state == State.PENDING;
      RoutePool route = pooled.route;
      boolean roomy = state == State.LEASED && pooled.hasRoom();
      boolean unused = opening && pooled.awaiting.isEmpty();
      boolean joinable = opening && !unused && pooled.hasRoom();
      require(
          pooled.routeShelf
              == (state == State.IDLE
                  ? route.idle
                  : roomy
                      ? route.roomy
                      : unused ? route.surplus : joinable ? route.joinable : null),
          "a connection is found for what it is good for");
      require(opening || pooled.awaiting.isEmpty(), "nobody awaits what is not being opened");
      require(
          state != State.IDLE || pooled.idleUntilNanos - now > 0,
          "nothing is kept beyond its time");
      require(!pooled.retired || state != State.IDLE, "what is retired is not kept");
      idle += state == State.IDLE ? 1 : 0;
      surplus += unused ? 1 : 0;
      leased += state == State.LEASED ? 1 : 0;
    }
    require(pool.connections.shelves.idle.size() == idle, "idle connections are on their shelf");
    require(
        pool.connections.shelves.surplus.size() == surplus,
        "surplus connections are on their shelf");
    require(
        pool.connections.shelves.leased.size() == leased, "connections in use are on their shelf");
  }

  private void checkPlaces(RoutePool route, List<FakeDial> live) {
    int places = 0;
    int sockets = 0;
    int promised = 0;
    for (FakeDial dial : live) {
      PooledConnection pooled = pooled(dial);
      if (pooled.route == route) {
        sockets++;
        places += pooled.routePlacePassedOn ? 0 : 1;
      }
      if (pooled.successor != null && pooled.successor.route == route) {
        places++;
      }
      promised += pooled.retiredFor == route ? 1 : 0;
    }
    require(route.connections == places, "the places of a route are counted");
    require(route.promised == promised, "what is retired for a route is counted");
    int most = limits.maxPerHost();
    require(most == 0 || places <= most, "no more places than a route may have");
    require(most == 0 || sockets <= most, "no more sockets than a route may have");
  }

  private void checkExpecting(RoutePool route) {
    require(route.homeless.isEmpty(), "nobody is left without");
    Set<PooledConnection> openings = new HashSet<>();
    route.expecting.forEach(
        waiter -> {
          PooledConnection opening = waiter.opening;
          require(waiter.state == Waiter.State.EXPECTING, "who expects is expecting");
          require(opening != null, "an opening for each");
          openings.add(opening);
          require(opening.route == route, "an opening of the right route");
          require(
              opening.state() == State.OPENING || opening.state() == State.PENDING,
              "an opening that is being opened");
        });
    int awaiting = 0;
    for (PooledConnection opening : openings) {
      require(opening.awaiting.size() <= opening.capacity, "no more than it has room for");
      awaiting += opening.awaiting.size();
    }
    require(awaiting == route.expecting.size(), "who awaits is expecting");
  }

  private void checkQueue(RoutePool route) {
    require(
        pool.connections.slots.firstUsable(route.roomy) == null, "nobody waits beside room in use");
    require(
        pool.connections.slots.firstUsable(route.joinable) == null,
        "nobody waits beside room to come");
    Waiter first = route.queued.first(pool.connections.slots.eligible());
    if (first == null) {
      return;
    }
    int most = limits.maxPerHost();
    boolean hasRoom = most == 0 || route.connections < most;
    require(route.idle.isEmpty(), "nobody waits while a connection of its route is idle");
    require(route.roomy.isEmpty(), "nobody waits while a connection of its route has room");
    require(route.joinable.isEmpty(), "nobody waits while an opening of its route has room");
    require(route.surplus.isEmpty(), "nobody waits while its route has an opening to spare");
    require(
        !hasRoom
            || (limits.max() > 0
                && pool.connections.tally.slots() >= limits.max()
                && !(pool.connections.shelves.firstSpare() != null)),
        "nobody waits while a slot is free or can be freed");
  }

  /** The next in turn is found, whatever is stale in the heaps. */
  private void checkTurns(Eligible who, Waiter next) {
    List<Waiter> candidates = new ArrayList<>();
    pool.queue.waiters.forEach(
        waiter -> {
          RoutePool route = waiter.route;
          int most = limits.maxPerHost();
          boolean reachable = most == 0 || route.connections < most || route.hasSpare();
          if (reachable
              && waiter.member.mayHoldMore()
              && route.queued.first(who) != null
              && route.queued.first(who) == waiter) {
            candidates.add(waiter);
          }
        });
    Waiter expected = null;
    for (Waiter candidate : candidates) {
      if (expected == null
          || candidate.member.turnsHad < expected.member.turnsHad
          || (candidate.member.turnsHad == expected.member.turnsHad
              && candidate.place() < expected.place())) {
        expected = candidate;
      }
    }
    require(next == expected, "the one whose turn it is, is next");
  }

  private void checkMembers() {
    int waitingForPermit = 0;
    for (PoolMember member : members) {
      waitingForPermit +=
          member.starts != null && member.starts.isWithoutPermit() ? member.queued : 0;
    }
    require(
        pool.connections.tally.waitingForPermit == waitingForPermit,
        "those that wait for a permit are counted");
    for (PoolMember member : members) {
      int holding = 0;
      for (PooledConnection pooled : all) {
        int[] count = {0};
        pooled.leases.forEach(lease -> count[0] += lease.member == member ? 1 : 0);
        pooled.awaiting.forEach(waiter -> count[0] += waiter.member == member ? 1 : 0);
        holding += count[0];
      }
      require(member.holding == holding, "what a member holds is counted");
      require(
          limits.maxPerMember() == 0 || holding <= limits.maxPerMember(),
          "no more than a member may hold");
      int[] waits = {0, 0};
      member.waiters.forEach(waiter -> waits[waiter.state == Waiter.State.QUEUED ? 0 : 1]++);
      require(member.queued == waits[0], "a member's waiters are counted");
    }
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
