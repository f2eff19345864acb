package org.sessionregistry.benchmarks.pool;

import org.sessionregistry.connector.Scheduler;

/** The time as a registry reads it, and a timer that never fires: nothing is idle so long. */
final class SystemClock implements Scheduler {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    return () -> {};
  }
}
