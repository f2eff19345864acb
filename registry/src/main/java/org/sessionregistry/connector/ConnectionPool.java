package org.sessionregistry.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.PooledConnection.State;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;
import org.sessionregistry.settings.QueueSettings;

/**
 * Connections, and the requests that wait for them, of one session or of several that share them.
 * What it promises, its states and its threads are in the package documentation.
 *
 * <p>The one rule: state changes under the lock, and nothing foreign is called there. Its parts are
 * {@link Slots}, {@link WaitQueue}, {@link Shelves}, {@link IdleConnections} and {@link Lifetime};
 * what is left here, and makes it longer than other files, is the state machine: one method for
 * each transition, between taking the lock and running the effects.
 */
public final class ConnectionPool implements ConnectionBudget.Spender {
  /**
   * How often a waiter may be passed over by later ones of another route, which take a connection
   * that is freed there. It is a balance: each time it is not, one connection is closed and another
   * opened.
   */
  static final int MAX_PASSED_OVER = 16;

  private static final int HOLDERS_SHOWN = 3;

  private final QueueOrder order;
  private final int maxPerMember;
  private final ConnectionBudget budget;
  private final Scheduler scheduler;
  private final Lifetime lifetime;
  final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  final Tally tally = new Tally();

  @GuardedBy("lock")
  final Slots slots;

  @GuardedBy("lock")
  final WaitQueue queue;

  @GuardedBy("lock")
  final Shelves shelves;

  @GuardedBy("lock")
  private final IdleConnections idle;

  @GuardedBy("lock")
  final Map<Object, RouteTable> tables = new HashMap<>();

  @GuardedBy("lock")
  private final Set<PoolMember> members = new LinkedHashSet<>();

  /** Members that left while something of them was in use. */
  @GuardedBy("lock")
  private final List<PoolMember> leaving = new ArrayList<>(1);

  @GuardedBy("lock")
  private final Chain<PoolMember> holders = new Chain<>();

  /** Members that may hold more again, for a moment, until their waiters were looked after. */
  @GuardedBy("lock")
  private final Deque<PoolMember> relieved = new ArrayDeque<>();

  @GuardedBy("lock")
  private long arrivals;

  /** An empty pool without members. */
  public ConnectionPool(
      PoolSettings pool, QueueSettings queue, ConnectionBudget budget, Scheduler scheduler) {
    this.order = queue.order();
    this.maxPerMember = pool.maxConnectionsPerTenant();
    this.budget = budget;
    this.scheduler = scheduler;
    this.lifetime = new Lifetime(pool, scheduler);
    this.slots = new Slots(pool, tally);
    WaitingRoutes routes = new WaitingRoutes(pool.maxConnectionsPerHost(), slots.reserves());
    this.queue = new WaitQueue(queue, routes, scheduler, tally);
    this.shelves = new Shelves(routes);
    this.idle = new IdleConnections(shelves.idle, scheduler, this::closeExpired);
  }

  // ---- members -------------------------------------------------------------------------------

  /**
   * Adds a member.
   *
   * @param name the session's
   * @param terms what its connections are opened with; members whose terms are equal share them
   * @param dialer opens them
   */
  public PoolMember join(String name, Object terms, Dialer dialer) {
    lock.lock();
    try {
      RouteTable table = tables.computeIfAbsent(terms, RouteTable::new);
      PoolMember member = new PoolMember(this, name, table, dialer, maxPerMember);
      table.members++;
      if (members.isEmpty()) {
        budget.join(this);
      }
      members.add(member);
      return member;
    } finally {
      lock.unlock();
    }
  }

  void leave(PoolMember member, Runnable whenLeft) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (member.whenLeft != null) {
        throw new IllegalStateException(member + " has left the pool already");
      }
      member.whenLeft = whenLeft;
      members.remove(member);
      leaving.add(member);
      member.table.members--;
      refuseAll(member, effects);
      closeUnusable(member.table, effects);
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  @GuardedBy("lock")
  private void refuseAll(PoolMember member, Effects effects) {
    Refusal refusal = new Refusal.PoolClosed();
    for (Waiter w = member.waiters.first(); w != null; w = member.waiters.first()) {
      PooledConnection opening = w.opening;
      if (opening == null) {
        queue.remove(w);
      } else {
        leaveExpecting(w);
      }
      refuse(w, refusal, effects);
      if (opening != null) {
        reassign(opening, effects);
      }
      dropIfUnused(w.route);
    }
    member.parked.forEach(queue::unpark);
    member.parked.clear();
  }

  /** Nobody is left who could use the connections of this table. */
  @GuardedBy("lock")
  private void closeUnusable(RouteTable table, Effects effects) {
    if (table.members > 0) {
      return;
    }
    for (RoutePool route : List.copyOf(table.routes.values())) {
      for (PooledConnection i = route.idle.first(); i != null; i = route.idle.first()) {
        beginClosing(i, effects);
      }
      for (PooledConnection s = route.surplus.first(); s != null; s = route.surplus.first()) {
        giveUp(s, effects);
      }
    }
    if (members.isEmpty()) {
      idle.stopTimer();
    }
    if (table.routes.isEmpty()) {
      tables.remove(table.terms, table);
    }
  }

  /** Tells those that have left. */
  @GuardedBy("lock")
  private void finishLeaving(Effects effects) {
    if (leaving.isEmpty()) {
      return;
    }
    boolean empty = tally.isEmpty();
    boolean othersKeepTheRest = !members.isEmpty();
    for (PoolMember member : List.copyOf(leaving)) {
      Runnable left = member.whenLeft;
      if (left != null && member.holding == 0 && (empty || othersKeepTheRest)) {
        leaving.remove(member);
        effects.add(left);
      }
    }
    if (empty && members.isEmpty() && leaving.isEmpty()) {
      budget.leave(this);
      effects.add(budget::serveLine);
    }
  }

  /** Ends the leases of a member: connections that only it uses are closed. */
  void closeLeased(PoolMember member) {
    Effects effects = new Effects();
    lock.lock();
    try {
      List<PooledConnection> itsOwn = new ArrayList<>();
      shelves.leased.forEach(
          pooled -> {
            int its = 0;
            for (Lease lease : pooled.leases) {
              its += lease.member == member ? 1 : 0;
            }
            if (its == pooled.leases.size()) {
              itsOwn.add(pooled);
            } else if (its > 0) {
              cutOff(pooled, member, effects);
            }
          });
      itsOwn.forEach(pooled -> beginClosing(pooled, effects));
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  private static void cutOff(PooledConnection pooled, PoolMember member, Effects effects) {
    for (Lease lease : pooled.leases) {
      if (lease.member == member) {
        lease.cutOff = true;
        effects.add(() -> lease.receiver.cutOff(lease));
      }
    }
  }

  // ---- acquire -------------------------------------------------------------------------------

  @Nullable Waiter acquire(
      PoolMember member, Route route, Priority priority, boolean fresh, LeaseReceiver receiver) {
    Effects effects = new Effects();
    Lease lease = null;
    Waiter waiter = null;
    Refusal refusal = null;
    lock.lock();
    try {
      if (member.whenLeft != null) {
        refusal = new Refusal.PoolClosed();
      } else {
        RoutePool routePool = routePool(member.table, route);
        boolean more = member.mayHoldMore();
        PooledConnection ready = more && !fresh ? ready(routePool, priority, true, effects) : null;
        PooledConnection opening =
            more && ready == null ? opening(routePool, member, priority, fresh, effects) : null;
        if (more && fresh && opening == null) {
          ready = ready(routePool, priority, true, effects); // better one in use than none
        }
        if (ready != null) {
          lease = lease(ready, member, priority, receiver);
        } else if (opening != null) {
          waiter = newWaiter(member, routePool, priority, receiver);
          attach(waiter, opening);
        } else if (queue.isFull() || queue.isFullFor(member)) {
          refusal = new Refusal.QueueFull(snapshotNow(), !queue.isFull());
          dropIfUnused(routePool);
        } else {
          waiter = newWaiter(member, routePool, priority, receiver);
          queue.add(waiter);
        }
      }
    } finally {
      lock.unlock();
    }
    if (lease != null) {
      receiver.leased(lease);
    } else if (refusal != null) {
      receiver.refused(refusal);
    }
    effects.run();
    return waiter;
  }

  /**
   * An open connection of the route that can serve one more; in use before idle, so that those not
   * needed become idle.
   *
   * @param newcomer whether it is for one that did not wait, past others that do
   */
  @GuardedBy("lock")
  private @Nullable PooledConnection ready(
      RoutePool route, Priority priority, boolean newcomer, Effects effects) {
    for (PooledConnection roomy = slots.choose(route.roomy, priority);
        roomy != null;
        roomy = slots.choose(route.roomy, priority)) {
      if (lifetime.mayServeMore(roomy)
          && !(newcomer && queue.isPassedOverTooOften(route, slots.eligible()))) {
        return roomy;
      }
      retire(roomy, effects);
    }
    PooledConnection unused = route.idle.last();
    return unused != null && slots.admits(priority, unused) ? unused : null;
  }

  /** A connection that is being opened and can serve one more, or one that is begun for it. */
  @GuardedBy("lock")
  private @Nullable PooledConnection opening(
      RoutePool route, PoolMember member, Priority priority, boolean fresh, Effects effects) {
    PooledConnection joinable = slots.choose(route.joinable, priority);
    if (joinable != null) {
      return joinable;
    }
    if (!slots.admits(priority, null)) {
      return null;
    }
    PooledConnection surplus = route.surplus.first();
    return surplus != null ? surplus : open(route, member, fresh, effects);
  }

  @GuardedBy("lock")
  private Lease lease(
      PooledConnection pooled, PoolMember member, Priority priority, LeaseReceiver receiver) {
    Connection connection = pooled.connection;
    if (connection == null) {
      throw new IllegalStateException("a lease of a connection that was never opened");
    }
    if (pooled.state() != State.LEASED) {
      move(pooled, State.LEASED);
    }
    if (pooled.uses > 0 || !pooled.leases.isEmpty()) {
      tally.reused++;
    }
    Lease lease = new Lease(member, pooled, connection, priority, receiver);
    pooled.add(lease);
    tally.leases++;
    hold(member);
    slots.occupy(pooled, priority);
    shelves.place(pooled);
    return lease;
  }

  @GuardedBy("lock")
  private void hold(PoolMember member) {
    if (member.holding++ == 0) {
      holders.addLast(member.inHolders);
    }
  }

  @GuardedBy("lock")
  private void letGo(PoolMember member) {
    if (member.holdsAllItMay() && !member.parked.isEmpty()) {
      relieved.add(member);
    }
    if (--member.holding == 0) {
      holders.remove(member.inHolders);
    }
  }

  @GuardedBy("lock")
  private RoutePool routePool(RouteTable table, Route route) {
    return table.routes.computeIfAbsent(
        route, r -> new RoutePool(r, table, order, slots.reserves()));
  }

  @GuardedBy("lock")
  private Waiter newWaiter(
      PoolMember member, RoutePool route, Priority priority, LeaseReceiver receiver) {
    Waiter waiter = new Waiter(member, route, receiver, priority, arrivals++, scheduler.nanoTime());
    member.waiters.addLast(waiter.inMember);
    return waiter;
  }

  void warmUp(PoolMember member, Route route, int count) {
    Effects effects = new Effects();
    lock.lock();
    try {
      RoutePool routePool = routePool(member.table, route);
      for (int i = 0; i < count && member.whenLeft == null; i++) {
        if (queue.routes.hasRoom(routePool) && slots.hasFree() && budget.tryTake(this)) {
          openInFreeSlot(routePool, member, effects);
        }
      }
      dropIfUnused(routePool);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  // ---- opening -------------------------------------------------------------------------------

  /**
   * Opens a connection, in a free slot or in one that is given up for it.
   *
   * @param fresh whether an idle connection of the route may be given up for it
   * @return null when there is no slot
   */
  @GuardedBy("lock")
  private @Nullable PooledConnection open(
      RoutePool route, PoolMember member, boolean fresh, Effects effects) {
    if (!queue.routes.hasRoom(route)) {
      PooledConnection unused = fresh ? route.idle.first() : null;
      return unused == null ? null : openInPlaceOf(unused, route, member, effects);
    }
    boolean hasFree = slots.hasFree();
    if (hasFree && budget.tryTake(this)) {
      return openInFreeSlot(route, member, effects);
    }
    PooledConnection victim = shelves.idle.first();
    if (victim == null) {
      victim = shelves.surplus.first();
    }
    if (victim != null) {
      return openInPlaceOf(victim, route, member, effects);
    }
    if (hasFree) {
      effects.add(() -> budget.standInLine(this));
    }
    return null;
  }

  @GuardedBy("lock")
  private PooledConnection openInFreeSlot(RoutePool route, PoolMember member, Effects effects) {
    PooledConnection pooled = new PooledConnection(this, route, member.dialer, State.OPENING);
    tally.add(State.OPENING);
    changeConnections(route, +1);
    shelves.place(pooled);
    effects.add(() -> dial(pooled));
    return pooled;
  }

  /** The new one begins when the old one's socket is gone, and inherits its slot. */
  @GuardedBy("lock")
  private PooledConnection openInPlaceOf(
      PooledConnection victim, RoutePool route, PoolMember member, Effects effects) {
    PooledConnection pending = new PooledConnection(this, route, member.dialer, State.PENDING);
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
    dropIfUnused(victim.route);
    return pending;
  }

  /** Nobody needs what is being opened. */
  @GuardedBy("lock")
  private void giveUp(PooledConnection opening, Effects effects) {
    if (opening.predecessor == null) {
      beginClosing(opening, effects);
    } else {
      drop(opening);
      dropIfUnused(opening.route);
    }
  }

  /** A connection that was to take over a slot will not. */
  @GuardedBy("lock")
  private void drop(PooledConnection pending) {
    PooledConnection closing = pending.predecessor;
    if (closing == null) {
      throw new IllegalStateException("a pending connection has a predecessor");
    }
    closing.successor = null;
    pending.predecessor = null;
    move(pending, State.GONE);
    shelves.place(pending);
    if (closing.routePlacePassedOn) {
      closing.routePlacePassedOn = false;
    } else {
      changeConnections(pending.route, -1);
    }
  }

  /** Runs outside the lock. */
  private void dial(PooledConnection pooled) {
    Dialer.Dial dial;
    try {
      dial = pooled.dialer.dial(pooled.route.route, pooled);
    } catch (RuntimeException e) {
      dialFailed(
          pooled,
          new Dialer.DialFailure(
              Dialer.DialFailure.Kind.CONNECT_FAILED, "the dialer failed: " + e, e));
      return;
    }
    boolean abort;
    lock.lock();
    try {
      pooled.dial = dial;
      abort = pooled.state() == State.CLOSING && pooled.connection == null;
    } finally {
      lock.unlock();
    }
    if (abort) {
      dial.abort();
    }
  }

  void opened(PooledConnection pooled, Connection connection, int capacity) {
    Effects effects = new Effects();
    lock.lock();
    try {
      pooled.connection = connection;
      pooled.capacity = capacity;
      pooled.route.capacity = capacity;
      lifetime.begin(pooled);
      tally.opened++;
      if (pooled.state() == State.CLOSING) {
        effects.add(connection::close);
      } else {
        letLooseThoseThatExpect(pooled);
        serve(pooled, lifetime.keepNanos(pooled, Long.MAX_VALUE), effects);
        pooled.fresh = false;
        rehouse(pooled.route, effects);
      }
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  /**
   * The opened connection goes to whoever is first in its route, which need not be those that it
   * was opened for: they take over what the first expected.
   */
  @GuardedBy("lock")
  private void letLooseThoseThatExpect(PooledConnection opened) {
    for (Waiter w = opened.awaiting.first(); w != null; w = opened.awaiting.first()) {
      opened.awaiting.remove(w.inOpening);
      slots.vacate(opened, w.priority);
      w.opening = null;
      w.route.homeless.addLast(w.inOpening);
    }
  }

  /**
   * A connection with less room than was expected leaves some without. They take the places of
   * those whose turn came later, who go back into the queue.
   */
  @GuardedBy("lock")
  private void rehouse(RoutePool route, Effects effects) {
    for (Waiter w = route.homeless.first(); w != null; w = route.homeless.first()) {
      PooledConnection ready = ready(route, w.priority, false, effects);
      PooledConnection opening =
          ready == null ? opening(route, w.member, w.priority, false, effects) : null;
      if (ready != null) {
        serve(w, ready, effects);
      } else if (opening != null) {
        route.homeless.remove(w.inOpening);
        join(w, opening); // and stays where it stood among those that expect one
      } else {
        backToQueue(route.expecting.last(), effects);
      }
    }
  }

  @GuardedBy("lock")
  private void backToQueue(@Nullable Waiter waiter, Effects effects) {
    if (waiter == null) {
      throw new IllegalStateException("nobody expects a connection");
    }
    leaveExpecting(waiter);
    if (queue.isFull() || queue.isFullFor(waiter.member)) {
      refuse(waiter, new Refusal.QueueFull(snapshotNow(), !queue.isFull()), effects);
    } else {
      queue.addAgain(waiter);
    }
  }

  void dialFailed(PooledConnection pooled, Dialer.DialFailure failure) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (pooled.state() != State.CLOSING) {
        tally.openFailures++;
      }
      if (!pooled.awaiting.isEmpty()) {
        Refusal refusal = new Refusal.DialFailed(failure, pooled.timing());
        for (Waiter w = pooled.awaiting.first(); w != null; w = pooled.awaiting.first()) {
          leaveExpecting(w);
          refuse(w, refusal, effects);
        }
      }
      gone(pooled, effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  void capacityChanged(PooledConnection pooled, int capacity) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (capacity == 0) {
        retire(pooled, effects);
      } else {
        pooled.capacity = capacity;
        pooled.route.capacity = capacity;
        shelves.place(pooled);
        if (pooled.state() == State.LEASED) {
          serve(pooled, 0, effects);
        }
      }
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  /** It takes no more exchanges, and is closed after those it has. */
  @GuardedBy("lock")
  private void retire(PooledConnection pooled, Effects effects) {
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

  // ---- serving -------------------------------------------------------------------------------

  /**
   * Gives the room of an open connection to the waiters of its route; one that nobody uses becomes
   * idle.
   */
  @GuardedBy("lock")
  private void serve(PooledConnection pooled, long keepNanos, Effects effects) {
    RoutePool route = pooled.route;
    while (pooled.hasRoom() && lifetime.mayServeMore(pooled)) {
      Eligible who = slots.eligible(pooled);
      Waiter waiter = slots.firstExpecting(pooled);
      if (waiter == null) {
        waiter = route.queued.first(who);
        if (waiter == null) {
          break;
        }
        Waiter before = queue.hasToGoBefore(waiter, slots.eligible());
        if (before != null || budget.isPassedOverTooOften(this)) {
          giveUpFor(before, pooled, effects);
          return;
        }
      }
      serve(waiter, pooled, effects);
    }
    if (pooled.leases.isEmpty()) {
      becomeIdle(pooled, keepNanos, effects);
    }
  }

  /**
   * A connection that its own route could use is closed for a waiter of another, or for another
   * pool; at once or when those that use it have ended.
   */
  @GuardedBy("lock")
  private void giveUpFor(@Nullable Waiter other, PooledConnection pooled, Effects effects) {
    if (other != null && pooled.leases.isEmpty()) {
      grant(other, openInPlaceOf(pooled, other.route, other.member, effects));
      return;
    }
    if (other != null) {
      pooled.retiredFor = other.route;
      other.route.promised++;
    }
    retire(pooled, effects);
  }

  @GuardedBy("lock")
  private void serve(Waiter waiter, PooledConnection pooled, Effects effects) {
    PooledConnection notNeeded = waiter.opening;
    if (waiter.state == Waiter.State.EXPECTING) {
      leaveExpecting(waiter);
    } else {
      queue.take(waiter);
    }
    waiter.state = Waiter.State.SERVED;
    waiter.member.waiters.remove(waiter.inMember);
    Lease lease = lease(pooled, waiter.member, waiter.priority, waiter.receiver);
    effects.add(() -> lease.receiver.leased(lease));
    if (notNeeded != null) {
      reassign(notNeeded, effects);
    }
  }

  /** A connection that is being opened has lost a waiter: another of its route gets its place. */
  @GuardedBy("lock")
  private void reassign(PooledConnection opening, Effects effects) {
    RoutePool route = opening.route;
    Waiter homeless = slots.firstHomeless(opening);
    if (homeless != null) {
      route.homeless.remove(homeless.inOpening);
      join(homeless, opening);
      return;
    }
    if (route.table.members == 0 && opening.awaiting.isEmpty()) {
      giveUp(opening, effects);
      return;
    }
    Waiter next = route.queued.first(slots.eligible(opening));
    if (next != null
        && (!opening.awaiting.isEmpty() || queue.hasToGoBefore(next, slots.eligible()) == null)) {
      grant(next, opening);
    } else if (opening.awaiting.isEmpty() && route.capacity > 1 && route.connections > 1) {
      giveUp(opening, effects); // the route's other connections have room for everybody
    } else {
      grantSlots(effects);
    }
  }

  @GuardedBy("lock")
  private void becomeIdle(PooledConnection free, long keepNanos, Effects effects) {
    if (keepNanos <= 0
        || free.retired
        || free.route.table.members == 0
        || budget.isWantedByOthers(this)) {
      beginClosing(free, effects);
      return;
    }
    move(free, State.IDLE);
    free.fresh = false;
    idle.begin(free, keepNanos);
    shelves.place(free);
    grantSlots(effects);
  }

  /** Hands out what is free, or can be given up, in the order of turns. */
  @GuardedBy("lock")
  private void grantSlots(Effects effects) {
    for (Waiter next = queue.routes.first(slots.eligible());
        next != null;
        next = queue.routes.first(slots.eligible())) {
      if (!grant(next, effects)) {
        return;
      }
    }
  }

  /** Gives a waiter in the queue what there is, or what can be opened for it. */
  @GuardedBy("lock")
  private boolean grant(Waiter waiter, Effects effects) {
    PooledConnection ready = ready(waiter.route, waiter.priority, false, effects);
    if (ready != null) {
      serve(waiter, ready, effects);
      return true;
    }
    PooledConnection opening =
        opening(waiter.route, waiter.member, waiter.priority, false, effects);
    if (opening == null) {
      return false;
    }
    grant(waiter, opening);
    return true;
  }

  /** A waiter in the queue now expects this connection, and so do others that it has room for. */
  @GuardedBy("lock")
  private void grant(Waiter waiter, PooledConnection opening) {
    RoutePool route = waiter.route;
    route.passedOver = 0;
    for (Waiter next = waiter;
        next != null && opening.hasRoom();
        next = route.queued.first(slots.eligible(opening))) {
      queue.take(next);
      attach(next, opening);
    }
  }

  // ---- waiting -------------------------------------------------------------------------------

  @GuardedBy("lock")
  private void attach(Waiter waiter, PooledConnection opening) {
    waiter.state = Waiter.State.EXPECTING;
    waiter.route.expecting.addLast(waiter.link);
    hold(waiter.member);
    join(waiter, opening);
  }

  @GuardedBy("lock")
  private void join(Waiter waiter, PooledConnection opening) {
    waiter.opening = opening;
    opening.awaiting.addLast(waiter.inOpening);
    slots.occupy(opening, waiter.priority);
    shelves.place(opening);
  }

  /** It expects its connection no more. */
  @GuardedBy("lock")
  private void leaveExpecting(Waiter waiter) {
    PooledConnection opening = waiter.opening;
    if (opening == null) {
      waiter.route.homeless.remove(waiter.inOpening);
    } else {
      waiter.opening = null;
      opening.awaiting.remove(waiter.inOpening);
      slots.vacate(opening, waiter.priority);
      shelves.place(opening);
    }
    waiter.route.expecting.remove(waiter.link);
    letGo(waiter.member);
  }

  @GuardedBy("lock")
  private void refuse(Waiter waiter, Refusal refusal, Effects effects) {
    waiter.state = Waiter.State.REFUSED;
    waiter.member.waiters.remove(waiter.inMember);
    LeaseReceiver receiver = waiter.receiver;
    effects.add(() -> receiver.refused(refusal));
  }

  boolean cancel(Waiter waiter, boolean onlyIfQueued) {
    Effects effects = new Effects();
    boolean cancelled = false;
    lock.lock();
    try {
      PooledConnection opening = waiter.opening;
      if (waiter.state == Waiter.State.QUEUED) {
        queue.remove(waiter);
        cancelled = true;
      } else if (waiter.state == Waiter.State.EXPECTING && !onlyIfQueued) {
        leaveExpecting(waiter);
        cancelled = true;
      }
      if (cancelled) {
        waiter.state = Waiter.State.CANCELLED;
        waiter.member.waiters.remove(waiter.inMember);
        if (opening != null) {
          reassign(opening, effects);
        }
        settle(effects);
        dropIfUnused(waiter.route);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
    return cancelled;
  }

  long queuedNanos(Waiter waiter) {
    lock.lock();
    try {
      return waiter.state == Waiter.State.QUEUED
          ? scheduler.nanoTime() - waiter.queuedAtNanos
          : waiter.queuedNanos;
    } finally {
      lock.unlock();
    }
  }

  Dialer.Timing openingTiming(Waiter waiter) {
    lock.lock();
    try {
      return waiter.opening == null ? Dialer.Timing.NONE : waiter.opening.timing();
    } finally {
      lock.unlock();
    }
  }

  // ---- release and end -----------------------------------------------------------------------

  void release(Lease lease, boolean used, long peerKeepAliveNanos) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (lease.index < 0) {
        return; // over already, or its connection is
      }
      PooledConnection pooled = lease.pooled;
      end(lease);
      pooled.uses += used ? 1 : 0;
      if (!pooled.leases.isEmpty()) {
        shelves.place(pooled);
        serve(pooled, 0, effects);
      } else {
        long keepNanos = lifetime.keepNanos(pooled, peerKeepAliveNanos);
        if (keepNanos <= 0 || pooled.retired || pooled.route.table.members == 0) {
          beginClosing(pooled, effects);
        } else {
          serve(pooled, keepNanos, effects);
        }
      }
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  @GuardedBy("lock")
  private void end(Lease lease) {
    lease.pooled.remove(lease);
    tally.leases--;
    slots.vacate(lease.pooled, lease.priority);
    letGo(lease.member);
  }

  @GuardedBy("lock")
  private void beginClosing(PooledConnection pooled, Effects effects) {
    endLeases(pooled);
    move(pooled, State.CLOSING);
    shelves.place(pooled);
    Connection connection = pooled.connection;
    Dialer.Dial dial = pooled.dial;
    if (connection != null) {
      effects.add(connection::close);
    } else if (dial != null) {
      effects.add(dial::abort);
    }
    // Else dial() is under way on another thread and aborts what it begins.
  }

  @GuardedBy("lock")
  private void endLeases(PooledConnection pooled) {
    for (int i = pooled.leases.size() - 1; i >= 0; i--) {
      end(pooled.leases.get(i));
    }
  }

  void closed(PooledConnection pooled) {
    Effects effects = new Effects();
    lock.lock();
    try {
      endLeases(pooled);
      gone(pooled, effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  /** The socket is gone: its slot goes to the successor, or to whoever waits. */
  @GuardedBy("lock")
  private void gone(PooledConnection pooled, Effects effects) {
    move(pooled, State.GONE);
    shelves.place(pooled);
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
    grantSlots(effects);
    settle(effects);
    dropIfUnused(pooled.route);
  }

  @GuardedBy("lock")
  private boolean inheritSlot(PooledConnection pending, Effects effects) {
    pending.predecessor = null;
    if (pending.awaiting.isEmpty()) {
      // Given up while it waited for its slot.
      move(pending, State.GONE);
      shelves.place(pending);
      changeConnections(pending.route, -1);
      dropIfUnused(pending.route);
      return false;
    }
    move(pending, State.OPENING);
    shelves.place(pending);
    effects.add(() -> dial(pending));
    return true;
  }

  @GuardedBy("lock")
  private void changeConnections(RoutePool route, int by) {
    route.connections += by;
    queue.routes.update(route);
  }

  @GuardedBy("lock")
  private void dropIfUnused(RoutePool route) {
    RouteTable table = route.table;
    if (route.isUnused() && table.routes.remove(route.route, route)) {
      if (table.members == 0 && table.routes.isEmpty()) {
        tables.remove(table.terms, table);
      }
    }
  }

  /** At the end of a transition: limits that were reached may not be any more. */
  @GuardedBy("lock")
  private void settle(Effects effects) {
    for (PoolMember member = relieved.poll(); member != null; member = relieved.poll()) {
      List<MemberQueue> back = List.copyOf(member.parked);
      member.parked.clear();
      back.forEach(queue::unpark);
      for (MemberQueue queued : back) {
        serveFromShelves(queued.route, effects);
      }
      grantSlots(effects);
    }
    if (slots.wasRelieved()) {
      grantSlots(effects);
      for (RouteTable table : List.copyOf(tables.values())) {
        for (RoutePool route : List.copyOf(table.routes.values())) {
          serveFromShelves(route, effects);
        }
      }
    }
    finishLeaving(effects);
  }

  /** What a route has anyway goes to its waiters, whatever those of other routes wait for. */
  @GuardedBy("lock")
  private void serveFromShelves(RoutePool route, Effects effects) {
    while (!route.queued.isEmpty()
        && (serveFrom(route.roomy, effects)
            || serveFrom(route.idle, effects)
            || serveFrom(route.joinable, effects)
            || serveFrom(route.surplus, effects))) {
      // Each time there is one waiter less, or one connection.
    }
  }

  @GuardedBy("lock")
  private boolean serveFrom(Chain<PooledConnection> shelf, Effects effects) {
    PooledConnection usable = slots.firstUsable(shelf);
    Waiter next = usable == null ? null : usable.route.queued.first(slots.eligible(usable));
    if (usable == null || next == null) {
      return false;
    }
    if (usable.connection == null) {
      grant(next, usable);
    } else if (lifetime.mayServeMore(usable)) {
      serve(next, usable, effects);
    } else {
      retire(usable, effects);
    }
    return true;
  }

  private void closeExpired() {
    Effects effects = new Effects();
    lock.lock();
    try {
      for (PooledConnection expired : idle.expired()) {
        beginClosing(expired, effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  // ---- the budget of all pools ---------------------------------------------------------------

  @Override
  public boolean permitFree() {
    Effects effects = new Effects();
    boolean more;
    lock.lock();
    try {
      grantSlots(effects);
      settle(effects);
      more = queue.routes.first(slots.eligible()) != null && slots.hasFree();
    } finally {
      lock.unlock();
    }
    effects.run();
    return more;
  }

  @Override
  public boolean giveUpIdle() {
    Effects effects = new Effects();
    boolean found;
    lock.lock();
    try {
      PooledConnection victim = shelves.idle.first();
      if (victim == null) {
        victim = shelves.surplus.first();
      }
      found = victim != null;
      if (victim != null) {
        giveUp(victim, effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
    return found;
  }

  // ---- reading and plumbing ------------------------------------------------------------------

  /** What the pool is doing now. */
  public PoolSnapshot snapshot() {
    lock.lock();
    try {
      return snapshotNow();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private PoolSnapshot snapshotNow() {
    return tally.snapshot(slots.max, queue.size(), queue.oldestWaitNanos(), largestHolders());
  }

  @GuardedBy("lock")
  private List<PoolSnapshot.Holder> largestHolders() {
    if (members.size() + leaving.size() < 2) {
      return List.of();
    }
    List<PoolSnapshot.Holder> all = new ArrayList<>(holders.size());
    holders.forEach(m -> all.add(new PoolSnapshot.Holder(m.name, m.holding, m.queued)));
    all.sort(Comparator.comparingInt(PoolSnapshot.Holder::holding).reversed());
    return List.copyOf(all.subList(0, Math.min(HOLDERS_SHOWN, all.size())));
  }

  @GuardedBy("lock")
  private void move(PooledConnection pooled, State next) {
    tally.move(pooled.state(), next);
    pooled.become(next);
  }
}
