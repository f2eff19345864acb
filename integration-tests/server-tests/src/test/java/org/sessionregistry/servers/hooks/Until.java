package org.sessionregistry.servers.hooks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does, never longer than a bound. */
final class Until {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

  private Until() {}

  static void is(String what, BooleanSupplier reached) {
    long deadline = System.nanoTime() + BOUND_NANOS;
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not reached in time: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
