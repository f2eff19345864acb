package org.sessionregistry.exchange;

import java.time.Duration;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.connector.PoolSnapshot;

/** Shows the pool's own snapshot in the words of the API. */
public final class Snapshots {
  private Snapshots() {}

  /**
   * Translates a snapshot.
   *
   * @param pool as the connector sees it
   * @return as applications see it
   */
  public static PoolStatistics statistics(PoolSnapshot pool) {
    return new PoolStatistics(
        pool.maxConnections(),
        pool.queueLimit(),
        pool.inUse(),
        pool.idle(),
        pool.opening(),
        pool.closing(),
        pool.waiting(),
        pool.peakInUse(),
        pool.peakWaiting(),
        pool.opened(),
        pool.openFailures(),
        pool.reused(),
        Duration.ofNanos(pool.oldestWaitNanos()),
        Duration.ofNanos(pool.longestWaitNanos()),
        pool.leases(),
        pool.waitingForPermit(),
        pool.holders().stream()
            .map(h -> new PoolStatistics.Holder(h.name(), h.holding(), h.waiting()))
            .toList());
  }
}
