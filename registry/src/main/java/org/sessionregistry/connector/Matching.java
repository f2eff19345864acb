package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.PooledConnection.State;
import org.sessionregistry.settings.Priority;

/**
 * Who gets which connection: what comes free is given to a waiter, what a waiter does not need any
 * more to the next. The order of waiters is {@link WaitQueue}'s, the life of connections is {@link
 * Connections}'. Guarded by the pool's lock; what concerns the outside is left to the effects.
 */
final class Matching {
  private final ConnectionPool pool;
  private final WaitQueue queue;
  private final Members members;
  private final Connections connections;
  private final Slots slots;
  private final Shelves shelves;
  private final Lifetime lifetime;
  private final IdleConnections idle;
  private final ConnectionBudget budget;

  Matching(
      ConnectionPool pool,
      WaitQueue queue,
      Members members,
      Connections connections,
      Lifetime lifetime,
      IdleConnections idle,
      ConnectionBudget budget) {
    this.pool = pool;
    this.queue = queue;
    this.members = members;
    this.connections = connections;
    this.slots = connections.slots;
    this.shelves = connections.shelves;
    this.lifetime = lifetime;
    this.idle = idle;
    this.budget = budget;
  }

  // ---- what there is for a request -----------------------------------------------------------

  /**
   * An open connection of the route that can serve one more; in use before idle, so that those not
   * needed become idle.
   *
   * @param newcomer whether it is for one that did not wait, past others that do
   */
  @Nullable PooledConnection ready(
      RoutePool route, Priority priority, boolean newcomer, Effects effects) {
    for (PooledConnection roomy = slots.choose(route.roomy, priority);
        roomy != null;
        roomy = slots.choose(route.roomy, priority)) {
      Waiter other = newcomer ? queue.passedOverTooOften(route, slots.eligible()) : null;
      if (other != null) {
        giveUpFor(other, roomy, effects);
      } else if (lifetime.mayServeMore(roomy)) {
        return roomy;
      } else {
        connections.retire(roomy, effects);
      }
    }
    PooledConnection unused = route.idle.last();
    return unused != null && slots.admits(priority, unused) ? unused : null;
  }

  /** A connection that is being opened and can serve one more, or one that is begun for it. */
  @Nullable PooledConnection opening(
      RoutePool route, PoolMember member, Priority priority, boolean fresh, Effects effects) {
    PooledConnection joinable = slots.choose(route.joinable, priority);
    if (joinable != null) {
      return joinable;
    }
    if (!slots.admits(priority, null)) {
      return null;
    }
    PooledConnection surplus = route.surplus.first();
    return surplus != null ? surplus : connections.open(route, member, fresh, effects);
  }

  /** Says what there is too little of. */
  Refusal queueFull(PoolMember member, RoutePool route, Priority priority) {
    Refusal.Bound bound =
        !member.mayHoldMore()
            ? (member.isWithoutPermit() ? Refusal.Bound.RATE : Refusal.Bound.MEMBER)
            : !slots.admits(priority, null)
                ? Refusal.Bound.RESERVE
                : !queue.routes.hasRoom(route)
                    ? Refusal.Bound.ROUTE
                    : slots.hasFree() ? Refusal.Bound.BUDGET : Refusal.Bound.POOL;
    return new Refusal.QueueFull(pool.snapshot(), !queue.isFull(), bound);
  }

  // ---- expecting -----------------------------------------------------------------------------

  /** The waiter now expects this connection. */
  void expect(Waiter waiter, PooledConnection opening) {
    waiter.state = Waiter.State.EXPECTING;
    waiter.route.expecting.addLast(waiter.link);
    members.hold(waiter.member);
    if (waiter.member.starts != null) {
      waiter.member.starts.expect();
    }
    join(waiter, opening);
  }

  private void join(Waiter waiter, PooledConnection opening) {
    waiter.opening = opening;
    opening.awaiting.addLast(waiter.inLine);
    slots.occupy(opening, waiter.priority);
    shelves.place(opening);
  }

  /** The waiter expects its connection no more, and does not start. */
  void giveUpExpecting(Waiter waiter, Effects effects) {
    leaveExpecting(waiter);
    if (waiter.member.starts != null) {
      waiter.member.starts.giveBack(effects);
    }
  }

  /** The waiter expects its connection no more. */
  private void leaveExpecting(Waiter waiter) {
    PooledConnection opening = waiter.opening;
    if (opening == null) {
      waiter.route.homeless.remove(waiter.inLine);
    } else {
      waiter.opening = null;
      opening.awaiting.remove(waiter.inLine);
      slots.vacate(opening, waiter.priority);
      shelves.place(opening);
    }
    waiter.route.expecting.remove(waiter.link);
    members.letGo(waiter.member);
  }

  /** A connection that is being opened has lost a waiter: another of its route gets its place. */
  void reassign(PooledConnection opening, Effects effects) {
    RoutePool route = opening.route;
    Waiter homeless = slots.firstHomeless(opening);
    if (homeless != null) {
      route.homeless.remove(homeless.inLine);
      join(homeless, opening);
      return;
    }
    boolean needed = !opening.awaiting.isEmpty();
    if (!needed && route.table.members == 0) {
      connections.giveUp(opening, effects);
      return;
    }
    Waiter next = route.queued.first(slots.eligible(opening));
    if (next != null && (needed || queue.hasToGoBefore(next, slots.eligible()) == null)) {
      grant(next, opening);
    } else if (!needed && route.capacity > 1 && route.connections > 1) {
      connections.giveUp(opening, effects); // the route's others have room for everybody
    } else {
      grantSlots(effects);
    }
  }

  // ---- a connection was opened ---------------------------------------------------------------

  /**
   * The opened connection goes to whoever is first in its route, which need not be those that it
   * was opened for: they take over what the first expected.
   */
  void opened(PooledConnection opened, Effects effects) {
    for (Waiter w = opened.awaiting.first(); w != null; w = opened.awaiting.first()) {
      opened.awaiting.remove(w.inLine);
      slots.vacate(opened, w.priority);
      w.opening = null;
      w.route.homeless.addLast(w.inLine);
    }
    serve(opened, lifetime.keepNanos(opened, Long.MAX_VALUE), effects);
    opened.fresh = false;
    rehouse(opened.route, effects);
  }

  /**
   * A connection with less room than was expected leaves some without. They take the places of
   * those whose turn came later, who go back into the queue.
   */
  private void rehouse(RoutePool route, Effects effects) {
    for (Waiter w = route.homeless.first(); w != null; w = route.homeless.first()) {
      PooledConnection ready = ready(route, w.priority, false, effects);
      PooledConnection opening =
          ready == null ? opening(route, w.member, w.priority, false, effects) : null;
      if (ready != null) {
        serve(w, ready, effects);
      } else if (opening != null) {
        route.homeless.remove(w.inLine);
        join(w, opening); // and stays where it stood among those that expect one
      } else {
        backToQueue(route.expecting.last(), effects);
      }
    }
  }

  private void backToQueue(@Nullable Waiter waiter, Effects effects) {
    if (waiter == null) {
      throw new IllegalStateException("nobody expects a connection");
    }
    giveUpExpecting(waiter, effects);
    if (queue.isFull() || queue.isFullFor(waiter.member)) {
      refuse(waiter, queueFull(waiter.member, waiter.route, waiter.priority), effects);
    } else {
      queue.addAgain(waiter);
    }
  }

  // ---- a connection is free ------------------------------------------------------------------

  /**
   * Gives the room of an open connection to the waiters of its route; one that nobody uses becomes
   * idle.
   */
  void serve(PooledConnection pooled, long keepNanos, Effects effects) {
    RoutePool route = pooled.route;
    while (pooled.hasRoom() && lifetime.mayServeMore(pooled)) {
      Waiter waiter = slots.firstExpecting(pooled);
      if (waiter == null) {
        waiter = route.queued.first(slots.eligible(pooled));
        if (waiter == null) {
          break;
        }
        Waiter before = queue.hasToGoBefore(waiter, slots.eligible());
        if (before != null || budget.isPassedOverTooOften(pool)) {
          giveUpFor(before, pooled, effects);
          return;
        }
      }
      serve(waiter, pooled, effects);
    }
    if (pooled.leases.isEmpty()) {
      keep(pooled, keepNanos, effects);
    }
  }

  /**
   * A connection that its own route could use is closed for a waiter of another, or for another
   * pool; at once or when those that use it have ended.
   */
  private void giveUpFor(@Nullable Waiter other, PooledConnection pooled, Effects effects) {
    if (other != null && pooled.leases.isEmpty()) {
      grant(other, connections.openInPlaceOf(pooled, other.route, other.member, effects));
      return;
    }
    if (other != null) {
      pooled.retiredFor = other.route;
      other.route.promised++;
    }
    connections.retire(pooled, effects);
  }

  private void serve(Waiter waiter, PooledConnection pooled, Effects effects) {
    PooledConnection notNeeded = waiter.opening;
    boolean expecting = waiter.state == Waiter.State.EXPECTING;
    if (expecting) {
      leaveExpecting(waiter);
    } else {
      queue.take(waiter);
    }
    if (waiter.member.starts != null) {
      waiter.member.starts.start(expecting);
    }
    waiter.state = Waiter.State.SERVED;
    waiter.member.waiters.remove(waiter.inMember);
    Lease lease = connections.lease(pooled, waiter.member, waiter.priority, waiter.receiver);
    effects.add(() -> lease.receiver.leased(lease));
    if (notNeeded != null) {
      reassign(notNeeded, effects);
    }
  }

  private void keep(PooledConnection free, long keepNanos, Effects effects) {
    if (keepNanos <= 0
        || free.retired
        || free.route.table.members == 0
        || budget.isWantedByOthers(pool)) {
      connections.beginClosing(free, effects);
      return;
    }
    connections.becomeIdle(free);
    idle.begin(free, keepNanos);
    grantSlots(effects);
  }

  void refuse(Waiter waiter, Refusal refusal, Effects effects) {
    waiter.state = Waiter.State.REFUSED;
    waiter.member.waiters.remove(waiter.inMember);
    LeaseReceiver receiver = waiter.receiver;
    effects.add(() -> receiver.refused(refusal));
  }

  // ---- a slot is free ------------------------------------------------------------------------

  /** Hands out what is free, or can be given up, in the order of turns. */
  void grantSlots(Effects effects) {
    Waiter next = queue.routes.first(slots.eligible());
    while (next != null && grant(next, effects)) {
      next = queue.routes.first(slots.eligible());
    }
  }

  /** Gives a waiter in the queue what there is, or what can be opened for it. */
  private boolean grant(Waiter waiter, Effects effects) {
    RoutePool route = waiter.route;
    PooledConnection ready = ready(route, waiter.priority, false, effects);
    if (ready != null) {
      serve(waiter, ready, effects);
      return true;
    }
    PooledConnection opening = opening(route, waiter.member, waiter.priority, false, effects);
    if (opening == null) {
      return false;
    }
    grant(waiter, opening);
    return true;
  }

  /** A waiter in the queue now expects this connection, and so do others that it has room for. */
  private void grant(Waiter waiter, PooledConnection opening) {
    RoutePool route = waiter.route;
    route.passedOver = 0;
    for (Waiter next = waiter;
        next != null && opening.hasRoom();
        next = route.queued.first(slots.eligible(opening))) {
      queue.take(next);
      expect(next, opening);
    }
  }

  // ---- a limit is not reached any more -------------------------------------------------------

  /** At the end of a transition: who was kept back by a limit may not be any more. */
  void settle(Effects effects) {
    for (PoolMember member = members.pollRelieved();
        member != null;
        member = members.pollRelieved()) {
      queue.unpark(member);
      serveFromShelves(effects);
      grantSlots(effects);
    }
    if (slots.wasRelieved()) {
      grantSlots(effects);
      serveFromShelves(effects);
    }
  }

  /** What a route has anyway goes to its waiters, whatever those of other routes wait for. */
  private void serveFromShelves(Effects effects) {
    for (RoutePool route : shelves.routesWithBoth()) {
      serveFromShelves(route, effects);
    }
  }

  private void serveFromShelves(RoutePool route, Effects effects) {
    while (!route.queued.isEmpty()
        && (serveFrom(route.roomy, effects)
            || serveFrom(route.idle, effects)
            || serveFrom(route.joinable, effects)
            || serveFrom(route.surplus, effects))) {
      // Each time there is one waiter less, or one connection.
    }
  }

  private boolean serveFrom(Chain<PooledConnection> shelf, Effects effects) {
    PooledConnection usable = slots.firstUsable(shelf);
    Waiter next = usable == null ? null : usable.route.queued.first(slots.eligible(usable));
    if (usable == null || next == null) {
      return false;
    }
    if (usable.state() == State.OPENING || usable.state() == State.PENDING) {
      grant(next, usable);
    } else if (lifetime.mayServeMore(usable)) {
      serve(next, usable, effects);
    } else {
      connections.retire(usable, effects);
    }
    return true;
  }
}
