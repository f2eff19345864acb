package org.sessionregistry.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.PooledConnection.State;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;
import org.sessionregistry.settings.QueueSettings;

/**
 * The connections of one session and the requests that wait for them. What it promises, its states
 * and its threads are in the package documentation.
 *
 * <p>The one rule: state changes under the lock, and nothing foreign is called there. Its parts are
 * {@link WaitQueue}, {@link IdleConnections}, {@link SurplusConnections} and {@link Lifetime}; what
 * is left here, and makes it longer than other files, is the state machine: one method for each
 * transition, between taking the lock and running the effects.
 */
public final class ConnectionPool {
  /**
   * How often a waiter may be passed over by later ones of another route, which take a connection
   * that is freed there. It is a balance: each time it is not, one connection is closed and another
   * opened.
   */
  static final int MAX_PASSED_OVER = 16;

  private final int maxConnections;
  private final QueueOrder order;
  private final Dialer dialer;
  private final Scheduler scheduler;
  private final Lifetime lifetime;
  final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  final Map<Route, RoutePool> routes = new HashMap<>();

  @GuardedBy("lock")
  final WaitQueue queue;

  @GuardedBy("lock")
  final IdleConnections idle;

  /** Connections that serve an exchange. */
  @GuardedBy("lock")
  final Chain<PooledConnection> leased = new Chain<>();

  /** Connections that are being opened although nobody needs them any more. */
  @GuardedBy("lock")
  final SurplusConnections surplus = new SurplusConnections();

  @GuardedBy("lock")
  final Tally tally = new Tally();

  @GuardedBy("lock")
  private long arrivals;

  @GuardedBy("lock")
  private @Nullable Runnable whenClosed;

  /** An empty pool. */
  public ConnectionPool(
      PoolSettings pool, QueueSettings queue, Dialer dialer, Scheduler scheduler) {
    this.maxConnections = pool.maxConnections();
    this.order = queue.order();
    this.dialer = dialer;
    this.scheduler = scheduler;
    this.lifetime = new Lifetime(pool, scheduler);
    this.queue = new WaitQueue(pool.maxConnectionsPerHost(), queue.maxSize(), scheduler, tally);
    this.idle = new IdleConnections(scheduler, this::closeExpired);
  }

  // ---- acquire -------------------------------------------------------------------------------

  /**
   * Asks for a connection. The receiver may hear before this returns.
   *
   * @param priority how soon it is served while others wait
   * @param fresh whether a connection that was idle is not good enough
   * @return the waiter, to be able to leave; null when the receiver heard without having to wait
   */
  public @Nullable Waiter acquire(
      Route route, Priority priority, boolean fresh, LeaseReceiver receiver) {
    Effects effects = new Effects();
    Lease lease = null;
    Waiter waiter = null;
    Refusal refusal = null;
    lock.lock();
    try {
      if (whenClosed != null) {
        refusal = new Refusal.PoolClosed();
      } else {
        RoutePool routePool = routePool(route);
        PooledConnection free = fresh ? null : routePool.idle.last();
        if (free != null) {
          lease = leaseIdle(free);
        } else if (!routePool.surplus.isEmpty()) {
          waiter = newWaiter(routePool, priority, receiver);
          expect(waiter, surplus.adopt(routePool));
        } else if (canOpen(routePool, fresh)) {
          waiter = newWaiter(routePool, priority, receiver);
          expect(waiter, openFor(routePool, effects));
        } else if (queue.isFull()) {
          refusal = new Refusal.QueueFull(snapshotNow());
          dropIfUnused(routePool);
        } else {
          waiter = newWaiter(routePool, priority, receiver);
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

  @GuardedBy("lock")
  private Lease leaseIdle(PooledConnection free) {
    idle.remove(free);
    return lease(free);
  }

  @GuardedBy("lock")
  private Lease lease(PooledConnection pooled) {
    move(pooled, State.LEASED);
    Connection connection = pooled.connection;
    if (connection == null) {
      throw new IllegalStateException("a lease of a connection that was never opened");
    }
    if (pooled.uses > 0) {
      tally.reused++;
    }
    Lease lease = new Lease(this, pooled, connection, pooled.fresh);
    pooled.fresh = false;
    leased.addLast(pooled.inPool);
    return lease;
  }

  @GuardedBy("lock")
  private RoutePool routePool(Route route) {
    return routes.computeIfAbsent(route, r -> new RoutePool(r, order));
  }

  @GuardedBy("lock")
  private Waiter newWaiter(RoutePool route, Priority priority, LeaseReceiver receiver) {
    return new Waiter(this, route, receiver, priority, arrivals++, scheduler.nanoTime());
  }

  /** Whether a slot is free for this route or can be freed. */
  @GuardedBy("lock")
  private boolean canOpen(RoutePool route, boolean fresh) {
    if (!queue.routes.hasRoom(route)) {
      // Replacing an idle connection of this very route keeps the route's number as it is.
      return fresh && !route.idle.isEmpty();
    }
    return hasFreeSlot() || !idle.isEmpty() || !surplus.isEmpty();
  }

  @GuardedBy("lock")
  private boolean hasFreeSlot() {
    return maxConnections == 0 || tally.slots() < maxConnections;
  }

  /**
   * Opens connections that nobody asked for yet, as far as the limits allow; they become idle.
   *
   * @param route where to
   * @param count how many
   */
  public void warmUp(Route route, int count) {
    Effects effects = new Effects();
    lock.lock();
    try {
      RoutePool routePool = routePool(route);
      for (int i = 0; i < count && whenClosed == null; i++) {
        if (queue.routes.hasRoom(routePool) && hasFreeSlot()) {
          surplus.add(openFor(routePool, effects));
        }
      }
      dropIfUnused(routePool);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  // ---- opening -------------------------------------------------------------------------------

  /** Opens a connection, in a free slot or in one that is given up for it. */
  @GuardedBy("lock")
  private PooledConnection openFor(RoutePool route, Effects effects) {
    boolean routeFull = !queue.routes.hasRoom(route);
    if (!routeFull && hasFreeSlot()) {
      PooledConnection pooled = new PooledConnection(this, route, State.OPENING);
      tally.add(State.OPENING);
      changeConnections(route, +1);
      effects.add(() -> dial(pooled));
      return pooled;
    }
    PooledConnection victim = routeFull ? route.idle.first() : idle.unusedLongest();
    if (victim != null) {
      idle.remove(victim);
    } else {
      victim = surplus.first();
      if (victim == null) {
        throw new IllegalStateException("no slot is free and none can be given up");
      }
      surplus.remove(victim);
    }
    return openInPlaceOf(victim, route, effects);
  }

  /** The new one begins when the old one's socket is gone, and inherits its slot. */
  @GuardedBy("lock")
  private PooledConnection openInPlaceOf(
      PooledConnection victim, RoutePool route, Effects effects) {
    PooledConnection pending = new PooledConnection(this, route, State.PENDING);
    tally.add(State.PENDING);
    victim.successor = pending;
    if (victim.route == route) {
      victim.routePlacePassedOn = true;
    } else {
      changeConnections(route, +1);
    }
    beginClosing(victim, effects);
    return pending;
  }

  /** Runs outside the lock. */
  private void dial(PooledConnection pooled) {
    Dialer.Dial dial;
    try {
      dial = dialer.dial(pooled.route.route, pooled);
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

  void opened(PooledConnection pooled, Connection connection) {
    Effects effects = new Effects();
    lock.lock();
    try {
      pooled.connection = connection;
      lifetime.begin(pooled);
      tally.opened++;
      if (pooled.state() == State.CLOSING) {
        effects.add(connection::close);
      } else {
        detachFromWaiter(pooled);
        serve(pooled, lifetime.keepNanos(pooled, Long.MAX_VALUE), effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  void dialFailed(PooledConnection pooled, Dialer.DialFailure failure) {
    Effects effects = new Effects();
    lock.lock();
    try {
      Waiter waiter = pooled.waiter;
      boolean aborted = pooled.state() == State.CLOSING;
      if (!aborted) {
        tally.openFailures++;
      }
      if (waiter != null) {
        leaveExpecting(waiter);
        refuse(waiter, new Refusal.DialFailed(failure, pooled.timing()), effects);
      } else if (!aborted) {
        surplus.remove(pooled);
      }
      gone(pooled, effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  /**
   * The opened connection goes to whoever is first in its route, which need not be the waiter that
   * it was opened for: the two swap what they wait for.
   */
  @GuardedBy("lock")
  private void detachFromWaiter(PooledConnection opened) {
    Waiter owner = opened.waiter;
    if (owner == null) {
      surplus.remove(opened);
      return;
    }
    opened.waiter = null;
    owner.opening = null;
    Waiter first = opened.route.expecting.first();
    if (first != null && first != owner) {
      PooledConnection other = first.opening;
      first.opening = null;
      if (other != null) {
        other.waiter = owner;
        owner.opening = other;
      }
    }
  }

  // ---- serving -------------------------------------------------------------------------------

  /** Gives a connection that is free now to the first waiter of its route, or keeps it idle. */
  @GuardedBy("lock")
  private void serve(PooledConnection free, long keepNanos, Effects effects) {
    RoutePool route = free.route;
    Waiter waiter = route.expecting.first();
    if (waiter == null) {
      waiter = route.queued.first();
    }
    if (waiter == null) {
      becomeIdle(free, keepNanos, effects);
      return;
    }
    RoutePool passedOver = queue.passedOverTooOften(waiter);
    if (passedOver != null) {
      grant(passedOver, openInPlaceOf(free, passedOver, effects));
      return;
    }
    if (waiter.state == Waiter.State.EXPECTING) {
      leaveExpecting(waiter);
    } else {
      queue.take(waiter);
    }
    waiter.state = Waiter.State.SERVED;
    PooledConnection notNeeded = waiter.opening;
    waiter.opening = null;
    if (notNeeded != null) {
      reassign(notNeeded, effects);
    }
    Lease lease = lease(free);
    LeaseReceiver receiver = waiter.receiver;
    effects.add(() -> receiver.leased(lease));
  }

  /** A connection that is being opened has lost its waiter: the next in its route gets it. */
  @GuardedBy("lock")
  private void reassign(PooledConnection opening, Effects effects) {
    opening.waiter = null;
    Waiter next = opening.route.queued.first();
    if (next != null) {
      queue.take(next);
      expect(next, opening);
    } else {
      surplus.add(opening);
      grantSlots(effects);
    }
  }

  @GuardedBy("lock")
  private void becomeIdle(PooledConnection free, long keepNanos, Effects effects) {
    if (keepNanos <= 0 || whenClosed != null) {
      beginClosing(free, effects);
      return;
    }
    move(free, State.IDLE);
    free.fresh = false;
    idle.add(free, keepNanos);
    grantSlots(effects);
  }

  /** Hands out what is free, or can be given up, in the order of arrival. */
  @GuardedBy("lock")
  private void grantSlots(Effects effects) {
    for (RoutePool route = queue.routes.first();
        route != null && (hasFreeSlot() || !idle.isEmpty() || !surplus.isEmpty());
        route = queue.routes.first()) {
      grant(route, openFor(route, effects));
    }
  }

  /** The first waiter in the queue of a route now expects this connection. */
  @GuardedBy("lock")
  private void grant(RoutePool route, PooledConnection opening) {
    Waiter waiter = route.queued.first();
    if (waiter == null) {
      throw new IllegalStateException("a waiting route without a waiter: " + route.route);
    }
    route.passedOver = 0;
    queue.take(waiter);
    expect(waiter, opening);
  }

  // ---- waiting -------------------------------------------------------------------------------

  @GuardedBy("lock")
  private void expect(Waiter waiter, PooledConnection opening) {
    waiter.state = Waiter.State.EXPECTING;
    waiter.opening = opening;
    opening.waiter = waiter;
    waiter.route.expecting.addLast(waiter.link);
  }

  @GuardedBy("lock")
  private void leaveExpecting(Waiter waiter) {
    waiter.route.expecting.remove(waiter.link);
  }

  @GuardedBy("lock")
  private void refuse(Waiter waiter, Refusal refusal, Effects effects) {
    waiter.state = Waiter.State.REFUSED;
    waiter.opening = null;
    LeaseReceiver receiver = waiter.receiver;
    effects.add(() -> receiver.refused(refusal));
  }

  boolean cancel(Waiter waiter, boolean onlyIfQueued) {
    Effects effects = new Effects();
    boolean cancelled = false;
    lock.lock();
    try {
      if (waiter.state == Waiter.State.QUEUED) {
        queue.remove(waiter);
        waiter.state = Waiter.State.CANCELLED;
        cancelled = true;
        dropIfUnused(waiter.route);
      } else if (waiter.state == Waiter.State.EXPECTING && !onlyIfQueued) {
        leaveExpecting(waiter);
        waiter.state = Waiter.State.CANCELLED;
        cancelled = true;
        PooledConnection opening = waiter.opening;
        waiter.opening = null;
        if (opening != null) {
          reassign(opening, effects);
        }
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

  void release(Lease lease, PooledConnection pooled, boolean used, long peerKeepAliveNanos) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (lease.over) {
        return;
      }
      lease.over = true;
      if (pooled.state() != State.LEASED) {
        return; // closed meanwhile
      }
      leased.remove(pooled.inPool);
      pooled.uses += used ? 1 : 0;
      long keepNanos = lifetime.keepNanos(pooled, peerKeepAliveNanos);
      if (keepNanos <= 0 || whenClosed != null) {
        beginClosing(pooled, effects);
      } else {
        serve(pooled, keepNanos, effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  @GuardedBy("lock")
  private void beginClosing(PooledConnection pooled, Effects effects) {
    move(pooled, State.CLOSING);
    Connection connection = pooled.connection;
    Dialer.Dial dial = pooled.dial;
    if (connection != null) {
      effects.add(connection::close);
    } else if (dial != null) {
      effects.add(dial::abort);
    }
    // Else dial() is under way on another thread and aborts what it begins.
  }

  void closed(PooledConnection pooled) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (pooled.state() == State.IDLE) {
        idle.remove(pooled);
      } else if (pooled.state() == State.LEASED) {
        leased.remove(pooled.inPool);
      }
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
    if (!pooled.routePlacePassedOn) {
      changeConnections(pooled.route, -1);
    }
    PooledConnection successor = pooled.successor;
    if (successor != null) {
      pooled.successor = null;
      inheritSlot(successor, effects);
    }
    grantSlots(effects);
    dropIfUnused(pooled.route);
    finishClosing(effects);
  }

  @GuardedBy("lock")
  private void inheritSlot(PooledConnection pending, Effects effects) {
    if (pending.waiter == null) {
      // Given up while it waited for its slot.
      surplus.remove(pending);
      move(pending, State.GONE);
      changeConnections(pending.route, -1);
      dropIfUnused(pending.route);
    } else {
      move(pending, State.OPENING);
      effects.add(() -> dial(pending));
    }
  }

  @GuardedBy("lock")
  private void changeConnections(RoutePool route, int by) {
    route.connections += by;
    queue.routes.update(route);
  }

  @GuardedBy("lock")
  private void dropIfUnused(RoutePool route) {
    if (route.isUnused()) {
      routes.remove(route.route, route);
    }
  }

  // ---- idle connections ----------------------------------------------------------------------

  private void closeExpired() {
    Effects effects = new Effects();
    lock.lock();
    try {
      for (PooledConnection expired : idle.takeExpired()) {
        beginClosing(expired, effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  // ---- close ---------------------------------------------------------------------------------

  /**
   * Closes the pool: waiters are refused, idle connections closed, leases run to their end.
   *
   * @param closed called once no socket is left; at once if none is
   */
  public void close(Runnable closed) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (whenClosed != null) {
        throw new IllegalStateException("the pool is closed already");
      }
      whenClosed = closed;
      idle.stopTimer();
      for (PooledConnection i = idle.unusedLongest(); i != null; i = idle.unusedLongest()) {
        idle.remove(i);
        beginClosing(i, effects);
      }
      for (RoutePool route : routes.values()) {
        refuseAll(route, effects);
      }
      for (PooledConnection s = surplus.first(); s != null; s = surplus.first()) {
        surplus.remove(s);
        beginClosing(s, effects);
      }
      finishClosing(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  /** Closes the connections that are still leased; their exchanges fail. */
  public void closeLeased() {
    Effects effects = new Effects();
    lock.lock();
    try {
      for (PooledConnection l = leased.first(); l != null; l = leased.first()) {
        leased.remove(l.inPool);
        beginClosing(l, effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  @GuardedBy("lock")
  private void refuseAll(RoutePool route, Effects effects) {
    Refusal refusal = new Refusal.PoolClosed();
    for (Waiter w = route.queued.first(); w != null; w = route.queued.first()) {
      queue.remove(w);
      refuse(w, refusal, effects);
    }
    for (Waiter w = route.expecting.first(); w != null; w = route.expecting.first()) {
      leaveExpecting(w);
      PooledConnection opening = w.opening;
      if (opening != null) {
        opening.waiter = null;
        surplus.add(opening);
      }
      refuse(w, refusal, effects);
    }
  }

  @GuardedBy("lock")
  private void finishClosing(Effects effects) {
    Runnable closed = whenClosed;
    if (closed != null && !tally.closedReported && tally.isEmpty()) {
      tally.closedReported = true;
      routes.clear();
      effects.add(closed);
    }
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
    return tally.snapshot(maxConnections, queue.size(), queue.oldestWaitNanos());
  }

  @GuardedBy("lock")
  private void move(PooledConnection pooled, State next) {
    tally.move(pooled.state(), next);
    pooled.become(next);
  }
}
