package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;

/**
 * How many connections there may be, and who may take them. Guarded by the pool's lock.
 *
 * <p>Some of them can be reserved for priority {@code high}: all other requests together may occupy
 * the rest only. A connection that serves one of them already costs nothing more when another joins
 * it.
 */
final class Slots {
  final int max;
  private final int ordinaryMax;
  private final Tally tally;
  private boolean relieved;

  Slots(PoolSettings settings, Tally tally) {
    this.max = settings.maxConnections();
    this.ordinaryMax =
        settings.reservedHigh() == 0 ? Integer.MAX_VALUE : max - settings.reservedHigh();
    this.tally = tally;
  }

  boolean reserves() {
    return ordinaryMax != Integer.MAX_VALUE;
  }

  boolean hasFree() {
    return max == 0 || tally.slots() < max;
  }

  /** Who may take a connection that nobody uses, or a slot. */
  Eligible eligible() {
    return tally.ordinary < ordinaryMax ? Eligible.ALL : Eligible.HIGH;
  }

  /** Who may join those that use this connection. */
  Eligible eligible(PooledConnection pooled) {
    return pooled.ordinary > 0 ? Eligible.ALL : eligible();
  }

  boolean admits(Priority priority, @Nullable PooledConnection pooled) {
    return priority == Priority.HIGH
        || (pooled == null ? eligible() : eligible(pooled)) == Eligible.ALL;
  }

  /**
   * The first that expects a connection and may have this one instead of the one it would leave.
   */
  @Nullable Waiter firstExpecting(PooledConnection pooled) {
    Waiter first = pooled.route.expecting.first();
    if (first == null || admits(first.priority, pooled)) {
      return first;
    }
    PooledConnection left = first.opening;
    return left != null && left.ordinary == 1
        ? first
        : pooled.route.expecting.first(other -> other.priority == Priority.HIGH);
  }

  /** The connection placed last of those that a request of this priority may have. */
  @Nullable PooledConnection choose(Chain<PooledConnection> shelf, Priority priority) {
    PooledConnection last = shelf.last();
    return last == null || admits(priority, last)
        ? last
        : shelf.first(other -> admits(priority, other));
  }

  /** The first of those that lost what they expected and may have this one instead. */
  @Nullable Waiter firstHomeless(PooledConnection opening) {
    return opening.route.homeless.first(waiter -> admits(waiter.priority, opening));
  }

  /** One of these connections that a waiter in the queue of its route may have. */
  @Nullable PooledConnection firstUsable(Chain<PooledConnection> shelf) {
    return shelf.first(pooled -> pooled.route.queued.first(eligible(pooled)) != null);
  }

  /** Somebody uses the connection, or will once it is open. */
  void occupy(PooledConnection pooled, Priority priority) {
    if (priority != Priority.HIGH && pooled.ordinary++ == 0) {
      tally.ordinary++;
    }
  }

  /** And does not any more. */
  void vacate(PooledConnection pooled, Priority priority) {
    if (priority != Priority.HIGH && --pooled.ordinary == 0) {
      relieved |= tally.ordinary == ordinaryMax;
      tally.ordinary--;
    }
  }

  /** Whether more than those of priority {@code high} may take something since this was asked. */
  boolean wasRelieved() {
    boolean was = relieved;
    relieved = false;
    return was;
  }
}
