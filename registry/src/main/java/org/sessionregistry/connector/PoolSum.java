package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.sessionregistry.connector.PoolSnapshot.Holder;

/**
 * Several pools as if they were one. What is counted is added up; peaks and waits are those of the
 * pool that had the greatest, because they were not at the same moment; there is no limit as soon
 * as one of those that count has none. For one thread at a time.
 */
public final class PoolSum {
  private static final int HOLDERS_SHOWN = 3;

  private boolean limited;
  private boolean unlimited;
  private int maxConnections;
  private boolean unlimitedQueue;
  private int queueLimit;
  private int inUse;
  private int idle;
  private int opening;
  private int closing;
  private int waiting;
  private int peakInUse;
  private int peakWaiting;
  private long opened;
  private long openFailures;
  private long reused;
  private long oldestWaitNanos;
  private long longestWaitNanos;
  private int leases;
  private int waitingForPermit;
  private final List<Holder> holders = new ArrayList<>();

  /** Adds a pool that takes requests. */
  public void add(PoolSnapshot pool) {
    limited = true;
    unlimited |= pool.maxConnections() == 0;
    maxConnections = added(maxConnections, pool.maxConnections());
    unlimitedQueue |= pool.queueLimit().isEmpty();
    queueLimit = added(queueLimit, pool.queueLimit().orElse(0));
    addEnding(pool);
  }

  /** Adds a pool that is on its way out: what it may is not what the others may. */
  public void addEnding(PoolSnapshot pool) {
    inUse += pool.inUse();
    idle += pool.idle();
    opening += pool.opening();
    closing += pool.closing();
    waiting += pool.waiting();
    leases += pool.leases();
    waitingForPermit += pool.waitingForPermit();
    oldestWaitNanos = Math.max(oldestWaitNanos, pool.oldestWaitNanos());
    holders.addAll(pool.holders());
    addPast(pool);
  }

  /** Adds what a pool has done that is no more. */
  public void addPast(PoolSnapshot pool) {
    peakInUse = Math.max(peakInUse, pool.peakInUse());
    peakWaiting = Math.max(peakWaiting, pool.peakWaiting());
    opened += pool.opened();
    openFailures += pool.openFailures();
    reused += pool.reused();
    longestWaitNanos = Math.max(longestWaitNanos, pool.longestWaitNanos());
  }

  /** Names who holds what of a pool that nobody else uses, if it holds anything. */
  public void hold(String name, PoolSnapshot pool) {
    int holding = pool.leases() + pool.opening();
    if (holding > 0) {
      holders.add(new Holder(name, holding, pool.waiting()));
    }
  }

  /** Ten thousand pools of a large number each are more than there are numbers. */
  private static int added(int sum, int more) {
    return (int) Math.min(Integer.MAX_VALUE, (long) sum + more);
  }

  /** All of them together. */
  public PoolSnapshot total() {
    holders.sort(Comparator.comparingInt(Holder::holding).reversed());
    return new PoolSnapshot(
        unlimited ? 0 : maxConnections,
        unlimitedQueue || !limited ? OptionalInt.empty() : OptionalInt.of(queueLimit),
        inUse,
        idle,
        opening,
        closing,
        waiting,
        peakInUse,
        peakWaiting,
        opened,
        openFailures,
        reused,
        oldestWaitNanos,
        longestWaitNanos,
        leases,
        waitingForPermit,
        List.copyOf(holders.subList(0, Math.min(HOLDERS_SHOWN, holders.size()))));
  }
}
