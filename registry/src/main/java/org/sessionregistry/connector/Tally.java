package org.sessionregistry.connector;

import java.util.List;
import org.sessionregistry.connector.PooledConnection.State;

/** Counts what the pool holds and has done. Guarded by the pool's lock. */
@SuppressWarnings("EnumOrdinal") // an array costs less than a map, on every move
final class Tally {
  private final int[] byState = new int[State.values().length];
  long opened;
  long openFailures;
  long reused;

  /** Connections that serve, or will, a request that is not of priority {@code high}. */
  int ordinary;

  int leases;

  /** Of those in the queue, those whose member has no permit to start a request. */
  int waitingForPermit;

  private int peakInUse;
  private int peakWaiting;
  private long longestWaitNanos;

  /** Connections whose socket exists or may exist. */
  int slots() {
    return count(State.OPENING) + count(State.LEASED) + count(State.IDLE) + count(State.CLOSING);
  }

  boolean isEmpty() {
    return slots() + count(State.PENDING) == 0;
  }

  void add(State first) {
    byState[first.ordinal()]++;
  }

  void move(State from, State to) {
    byState[from.ordinal()]--;
    if (to != State.GONE) {
      byState[to.ordinal()]++;
    }
    if (to == State.LEASED) {
      peakInUse = Math.max(peakInUse, count(State.LEASED));
    }
  }

  void enqueued(int waiting) {
    peakWaiting = Math.max(peakWaiting, waiting);
  }

  void dequeued(long waitedNanos) {
    longestWaitNanos = Math.max(longestWaitNanos, waitedNanos);
  }

  PoolSnapshot snapshot(int maxConnections, WaitQueue queue, List<PoolSnapshot.Holder> holders) {
    return new PoolSnapshot(
        maxConnections,
        queue.limit(),
        count(State.LEASED),
        count(State.IDLE),
        count(State.OPENING) + count(State.PENDING),
        count(State.CLOSING),
        queue.size(),
        peakInUse,
        peakWaiting,
        opened,
        openFailures,
        reused,
        queue.oldestWaitNanos(),
        longestWaitNanos,
        leases,
        waitingForPermit,
        holders);
  }

  private int count(State state) {
    return byState[state.ordinal()];
  }
}
