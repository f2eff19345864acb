package org.sessionregistry.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.PooledConnection.State;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/**
 * Connections, and the requests that wait for them, of one session or of several that share them.
 * What it promises, its states and its threads are in the package documentation.
 *
 * <p>The one rule: state changes under the lock, and nothing foreign is called there. This class is
 * the door: each method is one event, which takes the lock, has {@link Members}, {@link WaitQueue},
 * {@link Connections} and {@link Matching} do what follows from it, and runs the effects after the
 * lock is released. It is longer than other files because there are that many events.
 */
public final class ConnectionPool implements ConnectionBudget.Spender {
  /**
   * How often a waiter may be passed over by later ones of another route, which take a connection
   * that is freed there. It is a balance: each time it is not, one connection is closed and another
   * opened.
   */
  static final int MAX_PASSED_OVER = 16;

  private final ConnectionBudget budget;
  private final Scheduler scheduler;
  private final Lifetime lifetime;
  final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  final Members members;

  @GuardedBy("lock")
  final WaitQueue queue;

  @GuardedBy("lock")
  final Connections connections;

  @GuardedBy("lock")
  private final IdleConnections idle;

  @GuardedBy("lock")
  private final Matching matching;

  @GuardedBy("lock")
  private long arrivals;

  /** An empty pool without members. */
  public ConnectionPool(
      PoolSettings pool, QueueSettings queue, ConnectionBudget budget, Scheduler scheduler) {
    this.budget = budget;
    this.scheduler = scheduler;
    this.lifetime = new Lifetime(pool, scheduler);
    Tally tally = new Tally();
    Slots slots = new Slots(pool, tally);
    WaitingRoutes routes = new WaitingRoutes(pool.maxConnectionsPerHost(), slots.reserves());
    this.members = new Members(pool.maxConnectionsPerTenant(), queue.order(), slots.reserves());
    this.queue = new WaitQueue(queue, routes, scheduler, tally);
    this.connections = new Connections(this, tally, slots, routes, members, lifetime, budget);
    this.idle = new IdleConnections(connections.shelves.idle, scheduler, this::closeExpired);
    this.matching = new Matching(this, this.queue, members, connections, lifetime, idle, budget);
  }

  // ---- members come and go -------------------------------------------------------------------

  /**
   * Adds a member that may start as many requests as it gets connections for.
   *
   * @param name the session's
   * @param terms what its connections are opened with; members whose terms are equal share them
   * @param dialer opens them
   */
  public PoolMember join(String name, Object terms, Dialer dialer) {
    return join(name, terms, dialer, null);
  }

  /**
   * Adds a member.
   *
   * @param name the session's
   * @param terms what its connections are opened with; members whose terms are equal share them
   * @param dialer opens them
   * @param limit how many requests it may start; null without a limit
   */
  public PoolMember join(String name, Object terms, Dialer dialer, @Nullable RateLimit limit) {
    lock.lock();
    try {
      if (members.isEmpty()) {
        budget.join(this);
      }
      PoolMember member = members.add(this, name, terms, dialer);
      if (limit != null) {
        member.starts = new MemberStarts(member, limit, connections.tally);
      }
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
      refuseAll(member, effects);
      if (member.starts != null) {
        member.starts.leave();
      }
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
        matching.giveUpExpecting(w, effects);
      }
      matching.refuse(w, refusal, effects);
      if (opening != null) {
        matching.reassign(opening, effects);
      }
      members.dropIfUnused(w.route);
    }
    queue.unpark(member);
  }

  /** Perhaps nobody is left who could use the connections of this table. */
  @GuardedBy("lock")
  private void closeUnusable(RouteTable table, Effects effects) {
    if (table.members > 0) {
      return;
    }
    for (RoutePool route : List.copyOf(table.routes.values())) {
      for (PooledConnection i = route.idle.first(); i != null; i = route.idle.first()) {
        connections.giveUp(i, effects);
      }
      for (PooledConnection s = route.surplus.first(); s != null; s = route.surplus.first()) {
        connections.giveUp(s, effects);
      }
    }
    members.dropIfUnused(table);
    if (members.isEmpty()) {
      idle.stopTimer();
    }
  }

  /** Ends the leases of a member: connections that only it uses are closed. */
  void closeLeased(PoolMember member) {
    Effects effects = new Effects();
    lock.lock();
    try {
      List<PooledConnection> itsOwn = new ArrayList<>();
      connections.shelves.leased.forEach(
          pooled -> {
            int its = pooled.leasesOf(member);
            if (its == pooled.leases.size()) {
              itsOwn.add(pooled);
            } else if (its > 0) {
              cutOff(pooled, member, effects);
            }
          });
      for (PooledConnection pooled : itsOwn) {
        connections.beginClosing(pooled, effects);
      }
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

  // ---- a request asks, or leaves -------------------------------------------------------------

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
        RoutePool routePool = members.route(member, route);
        boolean more = member.mayHoldMore();
        PooledConnection ready =
            more && !fresh ? matching.ready(routePool, priority, true, effects) : null;
        PooledConnection opening =
            more && ready == null
                ? matching.opening(routePool, member, priority, fresh, effects)
                : null;
        if (more && fresh && opening == null) {
          ready = matching.ready(routePool, priority, true, effects); // better one used than none
        }
        if (ready != null) {
          queue.servedAtOnce(member);
          if (member.starts != null) {
            member.starts.start(false);
          }
          lease = connections.lease(ready, member, priority, receiver);
        } else if (opening != null) {
          queue.servedAtOnce(member);
          waiter = newWaiter(member, routePool, priority, receiver);
          matching.expect(waiter, opening);
        } else if (queue.isFull() || queue.isFullFor(member)) {
          refusal = matching.queueFull(member, routePool, priority);
          members.dropIfUnused(routePool);
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

  @GuardedBy("lock")
  private Waiter newWaiter(
      PoolMember member, RoutePool route, Priority priority, LeaseReceiver receiver) {
    Waiter waiter = new Waiter(member, route, receiver, priority, arrivals++);
    member.waiters.addLast(waiter.inMember);
    return waiter;
  }

  void warmUp(PoolMember member, Route route, int count) {
    Effects effects = new Effects();
    lock.lock();
    try {
      RoutePool routePool = members.route(member, route);
      for (int i = 0; i < count && member.whenLeft == null; i++) {
        if (connections.openInFreeSlot(routePool, member, effects) == null) {
          break;
        }
      }
      members.dropIfUnused(routePool);
    } finally {
      lock.unlock();
    }
    effects.run();
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
        matching.giveUpExpecting(waiter, effects);
        cancelled = true;
      }
      if (cancelled) {
        waiter.state = Waiter.State.CANCELLED;
        waiter.member.waiters.remove(waiter.inMember);
        if (opening != null) {
          matching.reassign(opening, effects);
        }
        settle(effects);
        members.dropIfUnused(waiter.route);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
    return cancelled;
  }

  // ---- the dialer reports --------------------------------------------------------------------

  /** Begins to open a connection, outside the lock. */
  void dial(PooledConnection pooled) {
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
      connections.opened(pooled, connection, capacity);
      if (pooled.state() == State.CLOSING) {
        effects.add(connection::close);
      } else {
        matching.opened(pooled, effects);
      }
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  void dialFailed(PooledConnection pooled, Dialer.DialFailure failure) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (pooled.state() != State.CLOSING) {
        connections.tally.openFailures++;
      }
      Refusal refusal = new Refusal.DialFailed(failure, pooled.timing());
      for (Waiter w = pooled.awaiting.first(); w != null; w = pooled.awaiting.first()) {
        matching.giveUpExpecting(w, effects);
        matching.refuse(w, refusal, effects);
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
        connections.retire(pooled, effects);
      } else {
        connections.learnCapacity(pooled, capacity);
        connections.shelves.place(pooled);
        if (pooled.state() == State.LEASED) {
          matching.serve(pooled, 0, effects);
        }
      }
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  void closed(PooledConnection pooled) {
    Effects effects = new Effects();
    lock.lock();
    try {
      gone(pooled, effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  @GuardedBy("lock")
  private void gone(PooledConnection pooled, Effects effects) {
    connections.gone(pooled, effects);
    matching.grantSlots(effects);
    settle(effects);
    members.dropIfUnused(pooled.route);
  }

  // ---- a lease or the time is over -----------------------------------------------------------

  void release(Lease lease, boolean used, long peerKeepAliveNanos) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (lease.index < 0) {
        return; // over already, or its connection is
      }
      PooledConnection pooled = lease.pooled;
      connections.end(lease);
      pooled.uses += used ? 1 : 0;
      if (!used && lease.member.starts != null) {
        lease.member.starts.takeBack(effects);
      }
      if (!pooled.leases.isEmpty()) {
        connections.shelves.place(pooled);
        matching.serve(pooled, 0, effects);
      } else {
        long keepNanos = lifetime.keepNanos(pooled, peerKeepAliveNanos);
        if (keepNanos <= 0 || pooled.retired || pooled.route.table.members == 0) {
          connections.beginClosing(pooled, effects);
        } else {
          matching.serve(pooled, keepNanos, effects);
        }
      }
      settle(effects);
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  private void closeExpired() {
    Effects effects = new Effects();
    lock.lock();
    try {
      for (PooledConnection expired : idle.expired()) {
        connections.beginClosing(expired, effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
  }

  /** At the end of a transition: limits that were reached may not be any more. */
  @GuardedBy("lock")
  private void settle(Effects effects) {
    matching.settle(effects);
    if (!members.isAnybodyLeaving()) {
      return;
    }
    boolean empty = connections.tally.isEmpty();
    for (PoolMember left : members.takeThoseWhoLeft(empty)) {
      effects.add(left.whenLeft());
    }
    if (empty && members.isEmpty() && !members.isAnybodyLeaving()) {
      budget.leave(this);
      effects.add(budget::serveLine);
    }
  }

  /** There is a permit for a member that was told that there is none. */
  void mayStartAgain(PoolMember member) {
    Effects effects = new Effects();
    lock.lock();
    try {
      if (member.starts != null && member.whenLeft == null) {
        member.starts.mayStartAgain();
        members.relieve(member);
        settle(effects);
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
      matching.grantSlots(effects);
      settle(effects);
      Slots slots = connections.slots;
      more = slots.hasFree() && queue.routes.first(slots.eligible()) != null;
    } finally {
      lock.unlock();
    }
    effects.run();
    return more;
  }

  @Override
  public boolean giveUpIdle() {
    Effects effects = new Effects();
    PooledConnection spare;
    lock.lock();
    try {
      spare = connections.shelves.firstSpare();
      if (spare != null) {
        connections.giveUp(spare, effects);
      }
    } finally {
      lock.unlock();
    }
    effects.run();
    return spare != null;
  }

  // ---- reading -------------------------------------------------------------------------------

  long nanoTime() {
    return scheduler.nanoTime();
  }

  boolean isWithoutPermit(Waiter waiter) {
    lock.lock();
    try {
      return waiter.state == Waiter.State.QUEUED && waiter.member.isWithoutPermit();
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
    return connections.tally.snapshot(connections.slots.max, queue, members.largestHolders());
  }
}
