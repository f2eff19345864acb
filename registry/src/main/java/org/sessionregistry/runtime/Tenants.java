package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.PoolSnapshot;
import org.sessionregistry.connector.PoolSum;
import org.sessionregistry.exchange.Counters;
import org.sessionregistry.exchange.SessionContext;
import org.sessionregistry.settings.TenancyType;

/**
 * The sessions that tenants have of a template: opened when they are needed, closed when they were
 * idle for long or there are too many. The rule: a request that found its tenant's session is sent,
 * even if that session is closed at the same moment; what is closed for want of room was idle.
 *
 * <p>Thread-safe. Sessions are opened, changed and closed under a lock; a request of a tenant that
 * has one looks into a map.
 */
final class Tenants {
  /** How many of those that were not used for the longest time are remembered to be the next. */
  private static final int REMEMBERED = 100;

  private static final long SHORTEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A tenant's session, and when it was used last. */
  private static final class Tenant {
    final String name;
    final LiveSession session;
    volatile long usedNanos;

    Tenant(String name, LiveSession session, long now) {
      this.name = name;
      this.session = session;
      this.usedNanos = now;
    }
  }

  private final Home home;
  private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Tenancy tenancy;

  /** Closing, but not closed. */
  @GuardedBy("lock")
  private final Set<LiveSession> leaving = ConcurrentHashMap.newKeySet();

  /** What the sessions have counted that are closed. */
  private final Counters departed = new Counters();

  /** What the pools have done that only those had; nothing unless each tenant has its own. */
  @GuardedBy("lock")
  private final PoolSum departedPools = new PoolSum();

  /** The next ones to close, each with the time at which it was idle. */
  @GuardedBy("lock")
  private final Deque<Idle> next = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean looking;

  @GuardedBy("lock")
  private boolean closed;

  private record Idle(Tenant tenant, long usedNanos) {}

  Tenants(Home home, Tenancy tenancy) {
    this.home = home;
    this.tenancy = tenancy;
  }

  /** The session of a tenant, opened if need be; null when all are closed. */
  @Nullable LiveSession of(String name) {
    Tenant tenant = tenants.get(name);
    if (tenant == null) {
      tenant = opened(name);
      if (tenant == null) {
        return null;
      }
    }
    tenant.usedNanos = now();
    return tenant.session;
  }

  private long now() {
    return home.threads().timer().nanoTime();
  }

  private @Nullable Tenant opened(String name) {
    lock.lock();
    try {
      Tenant other = tenants.get(name);
      if (other != null || closed) {
        return other;
      }
      if (tenants.size() >= tenancy.settings().maxTenants()) {
        makeRoom();
      }
      Tenant opened = new Tenant(name, tenancy.open(home, name), now());
      tenants.put(name, opened);
      opened.session.begin();
      lookLater();
      return opened;
    } finally {
      lock.unlock();
    }
  }

  // ---- closing those that are not used --------------------------------------------------------

  /** Closes the one that was not used for the longest time; none while all are in use. */
  @GuardedBy("lock")
  private void makeRoom() {
    Idle first = nextIdle();
    if (first == null) {
      remember();
      first = nextIdle();
    }
    if (first != null) {
      closeWhenIdle(first.tenant);
    }
  }

  @GuardedBy("lock")
  private @Nullable Idle nextIdle() {
    for (Idle idle = next.poll(); idle != null; idle = next.poll()) {
      Tenant tenant = idle.tenant;
      boolean still = tenants.get(tenant.name) == tenant && tenant.usedNanos == idle.usedNanos;
      if (still && tenant.session.isIdle()) {
        return idle;
      }
    }
    return null;
  }

  @GuardedBy("lock")
  private void remember() {
    next.addAll(
        tenants.values().stream()
            .filter(tenant -> tenant.session.isIdle())
            .map(tenant -> new Idle(tenant, tenant.usedNanos))
            .sorted(Comparator.comparingLong(Idle::usedNanos))
            .limit(REMEMBERED)
            .toList());
  }

  @GuardedBy("lock")
  private void closeWhenIdle(Tenant tenant) {
    tenants.remove(tenant.name);
    leave(tenant.session);
    tenant.session.closeWhenIdle(() -> contextOf(tenant.name));
  }

  /** Where requests begin that found a session just before it was closed. */
  private @Nullable SessionContext contextOf(String name) {
    LiveSession session = of(name);
    return session == null ? null : session.context();
  }

  @GuardedBy("lock")
  private void leave(LiveSession session) {
    leaving.add(session);
    session.whenClosed(() -> departed(session));
  }

  private void departed(LiveSession session) {
    lock.lock();
    try {
      if (!closed && leaving.remove(session)) {
        List<Counters> parts = new ArrayList<>();
        session.addCountersTo(parts);
        parts.forEach(departed::absorb);
        if (tenancy.isIsolated()) {
          departedPools.addPast(session.pools());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void lookLater() {
    Duration timeout = tenancy.settings().idleTimeout();
    if (!timeout.isZero() && !looking && !closed && !tenants.isEmpty()) {
      looking = true;
      long every = Math.max(SHORTEST_LOOK_NANOS, timeout.toNanos() / 4);
      home.threads().timer().schedule(every, this::lookElsewhere);
    }
  }

  /** There may be many of them, and the timer is for all. */
  private void lookElsewhere() {
    try {
      home.threads().blocking().execute(this::look);
    } catch (RejectedExecutionException ended) {
      closeAsync(); // the registry has ended, and they with it
    }
  }

  private void look() {
    lock.lock();
    try {
      looking = false;
      long idle = tenancy.settings().idleTimeout().toNanos();
      long now = now();
      for (Tenant tenant : List.copyOf(tenants.values())) {
        if (idle > 0 && now - tenant.usedNanos >= idle && tenant.session.isIdle()) {
          closeWhenIdle(tenant);
        }
      }
      lookLater();
    } finally {
      lock.unlock();
    }
  }

  // ---- settings change ------------------------------------------------------------------------

  /** Tenants begin their requests under another tenancy from now on. */
  void become(Tenancy changed) {
    lock.lock();
    try {
      tenancy = changed;
      for (Tenant tenant : tenants.values()) {
        changed
            .change(home, tenant.name, tenant.session)
            .ifPresent(generation -> tenant.session.become(generation));
      }
      lookLater();
    } finally {
      lock.unlock();
    }
  }

  /** There are no tenants any more; what they have begun ends as it would have. */
  void dissolve() {
    lock.lock();
    try {
      tenants
          .values()
          .forEach(
              tenant -> {
                leave(tenant.session);
                tenant.session.closeWhenIdle(() -> null);
              });
      tenants.clear();
    } finally {
      lock.unlock();
    }
  }

  // ---- what they do, and their end ------------------------------------------------------------

  void addCountersTo(List<Counters> parts) {
    lock.lock();
    try {
      parts.add(departed);
      leaving.forEach(session -> session.addCountersTo(parts));
      tenants.values().forEach(tenant -> tenant.session.addCountersTo(parts));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The pools of all tenants as one, if each has its own: there may be ten thousand of them.
   *
   * @param own the template's
   * @return the same if they share it
   */
  PoolSnapshot withTheirPools(PoolSnapshot own) {
    lock.lock();
    try {
      if (!tenancy.isIsolated()) {
        return own;
      }
      PoolSum sum = new PoolSum();
      if (tenants.isEmpty() || tenancy.settings().type() == TenancyType.OPTIONAL) {
        sum.add(own);
      } else {
        sum.addEnding(own); // no request takes a connection of it
      }
      for (Tenant tenant : tenants.values()) {
        PoolSnapshot pool = tenant.session.pools();
        sum.add(pool);
        sum.hold(tenant.name, pool);
      }
      leaving.forEach(session -> sum.addEnding(session.pools()));
      sum.addPast(departedPools.total());
      return sum.total();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the session of one tenant; the next request opens another. */
  CompletionStage<Void> close(String name) {
    lock.lock();
    try {
      Tenant tenant = tenants.remove(name);
      if (tenant == null) {
        return CompletableFuture.completedStage(null);
      }
      leave(tenant.session);
      return tenant.session.closeAsync();
    } finally {
      lock.unlock();
    }
  }

  /** Closes all of them, side by side. */
  CompletableFuture<Void> closeAsync() {
    Collection<LiveSession> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      tenants.values().forEach(tenant -> all.add(tenant.session));
      all.addAll(leaving);
    } finally {
      lock.unlock();
    }
    return CompletableFuture.allOf(
        all.stream()
            .map(session -> session.closeAsync().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }
}
