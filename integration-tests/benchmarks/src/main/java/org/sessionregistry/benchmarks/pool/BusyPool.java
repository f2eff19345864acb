package org.sessionregistry.benchmarks.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ConnectionBudget;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.LeaseReceiver;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Refusal;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Waiter;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/**
 * A pool all of whose connections are leased, with some requests waiting. It stays so: whoever gets
 * a connection in {@link #turn} asks for another. For one thread.
 */
final class BusyPool {
  private final Deque<Lease> leases = new ArrayDeque<>();

  /** Whose they are, in the same order. */
  private final Deque<Caller> holders = new ArrayDeque<>();

  private final Deque<Caller> served = new ArrayDeque<>();
  private final List<Caller> callers = new ArrayList<>();
  private int asked;

  BusyPool(Load load) {
    ConnectionPool pool =
        new ConnectionPool(
            load.settings(), QueueSettings.DEFAULTS, new ConnectionBudget(0), new SystemClock());
    List<PoolMember> members = new ArrayList<>();
    for (int i = 0; i < load.members; i++) {
      members.add(pool.join("member-" + i, "terms", new InstantDialer()));
    }
    for (int i = 0; i < load.callers(); i++) {
      callers.add(
          new Caller(
              members.get(i % load.members),
              new Route("http", "host-" + i % load.routes, 80),
              load.priority(i)));
    }
    while (leases.size() < Load.CONNECTIONS) {
      askNext();
    }
    served.clear();
  }

  /** One more request, of the caller whose turn it is. It waits, because the pool is full. */
  @Nullable Waiter askNext() {
    return callers.get(asked++ % callers.size()).ask();
  }

  /**
   * The lease that is oldest ends; whoever gets the connection waits for another, or takes it again
   * where nobody waits.
   */
  void turn() {
    Lease lease = leases.remove();
    Caller holder = holders.remove();
    lease.release(Long.MAX_VALUE);
    Caller next = served.poll();
    if (next == null) {
      holder.ask();
      served.clear();
    } else {
      next.ask();
    }
  }

  int inUse() {
    return leases.size();
  }

  int waiting() {
    return callers.get(0).member.snapshot().waiting();
  }

  /** One who asks for a connection again and again. */
  private final class Caller implements LeaseReceiver {
    private final PoolMember member;
    private final Route route;
    private final Priority priority;

    Caller(PoolMember member, Route route, Priority priority) {
      this.member = member;
      this.route = route;
      this.priority = priority;
    }

    @Nullable Waiter ask() {
      return member.acquire(route, priority, false, this);
    }

    @Override
    public void leased(Lease lease) {
      leases.add(lease);
      holders.add(this);
      served.add(this);
    }

    @Override
    public void cutOff(Lease lease) {
      throw new IllegalStateException("nobody leaves the pool");
    }

    @Override
    public void refused(Refusal refusal) {
      throw new IllegalStateException("refused: " + refusal);
    }
  }
}
