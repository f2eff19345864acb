package org.sessionregistry.transport;

import java.util.concurrent.TimeUnit;
import org.sessionregistry.connector.Scheduler;

/**
 * Counts the streams that we gave up. Servers take many of them in a short time for an attack (CVE
 * 2023-44487) and end the connection with all that is on it; so it is retired in time, and what
 * comes next goes to another. Confined to the event loop.
 */
final class ResetBudget {
  /** Below what servers bear: Netty's own takes 200 in 30 s, others take more. */
  private static final int MOST = 100;

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Scheduler scheduler;
  private long sinceNanos;
  private int spent;

  ResetBudget(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Counts one, and tells whether that was too many. */
  boolean isOverspentByOne() {
    long now = scheduler.nanoTime();
    if (spent == 0 || now - sinceNanos > WINDOW_NANOS) {
      sinceNanos = now;
      spent = 0;
    }
    return ++spent >= MOST;
  }
}
