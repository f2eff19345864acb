package org.sessionregistry.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the connections of several pools together. A pool takes a permit for each socket and
 * gives it back when the socket is gone; those that find none stand in line, and the idle
 * connections of the others are given up for them, one for each time that a pool comes into the
 * line.
 *
 * <p>Thread-safe. Pools take permits while they hold their own lock, so no pool is ever called from
 * here under the budget's.
 */
public final class ConnectionBudget {
  /** A pool as the budget sees it; called without any lock. */
  interface Spender {
    /** A permit is free, and this pool is first in line. Tells whether it needs yet another. */
    boolean permitFree();

    /** Closes an idle connection, if there is one. */
    boolean giveUpIdle();
  }

  private final int max;
  private final List<Spender> spenders = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private int taken;

  /** Those that found no permit, the one that waits longest first, each with its last call. */
  @GuardedBy("lock")
  private final Map<Spender, Long> line = new LinkedHashMap<>();

  @GuardedBy("lock")
  private long calls;

  @GuardedBy("lock")
  private int passedOver;

  /** Read without the lock on the way of every lease that ends. */
  private volatile boolean wanted;

  /**
   * A budget.
   *
   * @param max how many connections; 0 for no limit
   */
  public ConnectionBudget(int max) {
    this.max = max;
  }

  /** From now on its idle connections are given up for others. */
  void join(Spender spender) {
    if (max > 0 && !spenders.contains(spender)) {
      spenders.add(spender);
    }
  }

  /** It has no connection left; {@link #serveLine} has to follow, outside of all locks. */
  void leave(Spender spender) {
    if (max > 0) {
      spenders.remove(spender);
      lock.lock();
      try {
        line.remove(spender);
        wanted = !line.isEmpty();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Takes a permit, unless there is none or another pool was here before. */
  boolean tryTake(Spender spender) {
    if (max == 0) {
      return true;
    }
    lock.lock();
    try {
      if (taken >= max || (!line.isEmpty() && line.keySet().iterator().next() != spender)) {
        return false;
      }
      taken++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The pool found no permit and needs one. */
  void standInLine(Spender spender) {
    lock.lock();
    try {
      if (line.put(spender, ++calls) != null) {
        return; // it stands where it stood, and is not sent away by whoever is asking it now
      }
      wanted = true;
    } finally {
      lock.unlock();
    }
    serveLine(new LinkedHashSet<>(Set.of(spender)));
  }

  /** A socket is gone. */
  void giveBack() {
    if (max == 0) {
      return;
    }
    lock.lock();
    try {
      taken--;
    } finally {
      lock.unlock();
    }
    serveLine();
  }

  /** Whether others than this pool need a permit, so that none should be held in reserve. */
  boolean isWantedByOthers(Spender spender) {
    if (!wanted) {
      return false;
    }
    lock.lock();
    try {
      return line.size() > (line.containsKey(spender) ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asked by a pool that has a use for a connection that came free: whether those in line have let
   * others go before often enough, so that the connection has to be given up for them. The pool is
   * then behind them, if it stands in line itself.
   */
  boolean isPassedOverTooOften(Spender spender) {
    if (!wanted || !isWantedByOthers(spender)) {
      return false;
    }
    lock.lock();
    try {
      passedOver++;
      if (passedOver <= ConnectionPool.MAX_PASSED_OVER) {
        return false;
      }
      passedOver = 0;
      Long call = line.remove(spender);
      if (call != null) {
        line.put(spender, call);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Offers free permits to those in line, each in turn, until they or the permits are used up. */
  void serveLine() {
    serveLine(new LinkedHashSet<>());
  }

  /** And then gives up an idle connection for each of those that still need one. */
  private void serveLine(Set<Spender> needy) {
    for (Place first = firstInLine(); first != null; first = firstInLine()) {
      if (staysInLine(first, first.spender.permitFree())) {
        needy.add(first.spender);
      } else {
        needy.remove(first.spender);
      }
    }
    needy.forEach(this::reclaimFor);
  }

  /** Who was first in line, and its last call then. */
  private record Place(Spender spender, long call) {}

  private @Nullable Place firstInLine() {
    lock.lock();
    try {
      if (taken >= max || line.isEmpty()) {
        return null;
      }
      Map.Entry<Spender, Long> first = line.entrySet().iterator().next();
      return new Place(first.getKey(), first.getValue());
    } finally {
      lock.unlock();
    }
  }

  /** It had its turn; if it needs more, or has called again meanwhile, it is the last in line. */
  private boolean staysInLine(Place had, boolean needsMore) {
    lock.lock();
    try {
      passedOver = 0;
      Long call = line.remove(had.spender);
      boolean stays = call != null && (needsMore || call != had.call);
      if (stays) {
        line.put(had.spender, call);
      }
      wanted = !line.isEmpty();
      return stays;
    } finally {
      lock.unlock();
    }
  }

  private void reclaimFor(Spender spender) {
    for (Spender other : spenders) {
      if (other != spender && other.giveUpIdle()) {
        return;
      }
    }
  }
}
