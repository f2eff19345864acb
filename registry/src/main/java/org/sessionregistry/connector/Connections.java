package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.PooledConnection.State;
import org.sessionregistry.settings.Priority;

/**
 * The connections of a pool, from the decision to open one until its socket is gone: one method for
 * each change of state. Who gets them is decided elsewhere ({@link Matching}). Guarded by the
 * pool's lock; what concerns the outside is left to the effects.
 */
final class Connections {
  final Tally tally;
  final Slots slots;
  final Shelves shelves;
  private final ConnectionPool pool;
  private final WaitingRoutes routes;
  private final Members members;
  private final Lifetime lifetime;
  private final ConnectionBudget budget;

  Connections(
      ConnectionPool pool,
      Tally tally,
      Slots slots,
      WaitingRoutes routes,
      Members members,
      Lifetime lifetime,
      ConnectionBudget budget) {
    this.pool = pool;
    this.tally = tally;
    this.slots = slots;
    this.routes = routes;
    this.members = members;
    this.lifetime = lifetime;
    this.budget = budget;
    this.shelves = new Shelves(routes);
  }

  // ---- opening -------------------------------------------------------------------------------

  /**
   * Opens a connection, in a free slot or in one that is given up for it.
   *
   * @param fresh whether an idle connection of the route may be given up for it
   * @return null when there is no slot
   */
  @Nullable PooledConnection open(
      RoutePool route, PoolMember member, boolean fresh, Effects effects) {
    if (!routes.hasRoom(route)) {
      PooledConnection unused = fresh ? route.idle.first() : null;
      return unused == null ? null : openInPlaceOf(unused, route, member, effects);
    }
    PooledConnection opened = openInFreeSlot(route, member, effects);
    if (opened != null) {
      return opened;
    }
    PooledConnection victim = shelves.firstSpare();
    if (victim != null) {
      return openInPlaceOf(victim, route, member, effects);
    }
    if (slots.hasFree()) {
      effects.add(() -> budget.standInLine(pool));
    }
    return null;
  }

  /** Opens a connection if a slot is free for it. */
  @Nullable PooledConnection openInFreeSlot(RoutePool route, PoolMember member, Effects effects) {
    if (!routes.hasRoom(route) || !slots.hasFree() || !budget.tryTake(pool)) {
      return null;
    }
    PooledConnection opening = new PooledConnection(pool, route, member.dialer, State.OPENING);
    tally.add(State.OPENING);
    changeConnections(route, +1);
    shelves.place(opening);
    effects.add(() -> pool.dial(opening));
    return opening;
  }

  /** The new one begins when the old one's socket is gone, and inherits its slot. */
  PooledConnection openInPlaceOf(
      PooledConnection victim, RoutePool route, PoolMember member, Effects effects) {
    PooledConnection pending = new PooledConnection(pool, route, member.dialer, State.PENDING);
    PooledConnection closing = victim;
    PooledConnection closesAlready = victim.predecessor;
    if (closesAlready == null) {
      beginClosing(victim, effects);
    } else {
      closing = closesAlready;
      drop(victim);
    }
    tally.add(State.PENDING);
    closing.successor = pending;
    pending.predecessor = closing;
    if (closing.route == route) {
      closing.routePlacePassedOn = true;
    } else {
      changeConnections(route, +1);
    }
    shelves.place(pending);
    members.dropIfUnused(victim.route);
    return pending;
  }

  /** The slot is there. Tells whether somebody still needs it. */
  private boolean inheritSlot(PooledConnection pending, Effects effects) {
    pending.predecessor = null;
    if (pending.awaiting.isEmpty()) {
      move(pending, State.GONE);
      changeConnections(pending.route, -1);
      members.dropIfUnused(pending.route);
      return false;
    }
    move(pending, State.OPENING);
    effects.add(() -> pool.dial(pending));
    return true;
  }

  /** A connection that was to take over a slot will not. */
  private void drop(PooledConnection pending) {
    PooledConnection closing = pending.predecessor;
    if (closing == null) {
      throw new IllegalStateException("a pending connection has a predecessor");
    }
    closing.successor = null;
    pending.predecessor = null;
    move(pending, State.GONE);
    if (closing.routePlacePassedOn) {
      closing.routePlacePassedOn = false;
    } else {
      changeConnections(pending.route, -1);
    }
  }

  void opened(PooledConnection pooled, Connection connection, int capacity) {
    pooled.connection = connection;
    learnCapacity(pooled, capacity);
    lifetime.begin(pooled);
    tally.opened++;
  }

  /** The next connection of its route will probably have the same. */
  void learnCapacity(PooledConnection pooled, int capacity) {
    pooled.capacity = capacity;
    pooled.route.capacity = capacity;
  }

  // ---- in use --------------------------------------------------------------------------------

  Lease lease(
      PooledConnection pooled, PoolMember member, Priority priority, LeaseReceiver receiver) {
    Connection connection = pooled.connection;
    if (connection == null) {
      throw new IllegalStateException("a lease of a connection that was never opened");
    }
    if (pooled.uses > 0 || !pooled.leases.isEmpty()) {
      tally.reused++;
    }
    Lease lease = new Lease(member, pooled, connection, priority, receiver);
    pooled.add(lease);
    tally.leases++;
    members.hold(member);
    slots.occupy(pooled, priority);
    if (pooled.state() == State.LEASED) {
      shelves.place(pooled);
    } else {
      move(pooled, State.LEASED);
    }
    return lease;
  }

  void end(Lease lease) {
    lease.pooled.remove(lease);
    tally.leases--;
    slots.vacate(lease.pooled, lease.priority);
    members.letGo(lease.member);
  }

  void becomeIdle(PooledConnection free) {
    free.fresh = false;
    move(free, State.IDLE);
  }

  // ---- the end -------------------------------------------------------------------------------

  /** It takes no more exchanges, and is closed after those it has. */
  void retire(PooledConnection pooled, Effects effects) {
    if (pooled.state() == State.CLOSING || pooled.state() == State.GONE) {
      return;
    }
    pooled.retired = true;
    if (pooled.leases.isEmpty()) {
      beginClosing(pooled, effects);
    } else {
      shelves.place(pooled);
    }
  }

  /** Nobody needs a connection that is idle or being opened. */
  void giveUp(PooledConnection spare, Effects effects) {
    if (spare.predecessor == null) {
      beginClosing(spare, effects);
    } else {
      drop(spare);
      members.dropIfUnused(spare.route);
    }
  }

  void beginClosing(PooledConnection pooled, Effects effects) {
    endLeases(pooled);
    move(pooled, State.CLOSING);
    Connection connection = pooled.connection;
    Dialer.Dial dial = pooled.dial;
    if (connection != null) {
      effects.add(connection::close);
    } else if (dial != null) {
      effects.add(dial::abort);
    }
    // Else it is being dialled on another thread, which aborts what it begins.
  }

  private void endLeases(PooledConnection pooled) {
    for (int i = pooled.leases.size() - 1; i >= 0; i--) {
      end(pooled.leases.get(i));
    }
  }

  /** The socket is gone; the slot goes to the successor, or is free. */
  void gone(PooledConnection pooled, Effects effects) {
    endLeases(pooled);
    move(pooled, State.GONE);
    if (!pooled.routePlacePassedOn) {
      changeConnections(pooled.route, -1);
    }
    RoutePool promisedTo = pooled.retiredFor;
    if (promisedTo != null) {
      promisedTo.promised--;
    }
    PooledConnection successor = pooled.successor;
    pooled.successor = null;
    if (successor == null || !inheritSlot(successor, effects)) {
      effects.add(budget::giveBack);
    }
  }

  private void changeConnections(RoutePool route, int by) {
    route.connections += by;
    routes.update(route);
  }

  private void move(PooledConnection pooled, State next) {
    tally.move(pooled.state(), next);
    pooled.become(next);
    shelves.place(pooled);
  }
}
