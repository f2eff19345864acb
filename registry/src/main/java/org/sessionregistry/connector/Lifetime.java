package org.sessionregistry.connector;

import java.util.concurrent.ThreadLocalRandom;
import org.sessionregistry.settings.PoolSettings;

/** How long a connection may live, lie idle and be used. Immutable. */
final class Lifetime {
  private final Scheduler scheduler;
  private final long keepAliveNanos;
  private final long maxLifetimeNanos;
  private final int maxUses;

  Lifetime(PoolSettings settings, Scheduler scheduler) {
    this.scheduler = scheduler;
    this.keepAliveNanos = settings.keepAlive().toNanos();
    this.maxLifetimeNanos = settings.maxLifetime().toNanos();
    this.maxUses = settings.maxUses();
  }

  /**
   * A connection was opened: a random tenth less, so that those of one moment do not all end in
   * one.
   */
  void begin(PooledConnection opened) {
    long jitter = ThreadLocalRandom.current().nextLong(maxLifetimeNanos / 10 + 1);
    opened.endOfLifeNanos = scheduler.nanoTime() + maxLifetimeNanos - jitter;
  }

  /**
   * How long a connection that is free now may be kept.
   *
   * @param peerNanos how long the peer keeps it
   * @return nanoseconds; nothing when it has to be closed
   */
  long keepNanos(PooledConnection free, long peerNanos) {
    if (maxUses > 0 && free.uses >= maxUses) {
      return 0;
    }
    long keep = Math.min(peerNanos, keepAliveNanos);
    return maxLifetimeNanos == 0
        ? keep
        : Math.min(keep, free.endOfLifeNanos - scheduler.nanoTime());
  }

  /** Whether a connection that is in use may take one exchange more. */
  boolean mayServeMore(PooledConnection pooled) {
    return (maxUses == 0 || pooled.uses + pooled.leases.size() < maxUses)
        && (maxLifetimeNanos == 0 || pooled.endOfLifeNanos - scheduler.nanoTime() > 0);
  }
}
