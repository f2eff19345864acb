package org.sessionregistry.servers.exchange;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what another thread does, never longer than a bound and never for a fixed time. */
final class Wait {
  static final Duration BOUND = Duration.ofSeconds(20);

  private Wait() {}

  static void until(String what, BooleanSupplier reached) {
    if (!isReached(BOUND, reached)) {
      throw new AssertionError("not reached within " + BOUND + ": " + what);
    }
  }

  static boolean isReached(Duration bound, BooleanSupplier reached) {
    long deadline = System.nanoTime() + bound.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  /** Waits until a number that grows has stood still for half a second. */
  static long untilStill(LongSupplier number) {
    long[] last = {number.getAsLong(), System.nanoTime()};
    until(
        "a number that stands still",
        () -> {
          long now = number.getAsLong();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > 500_000_000L;
        });
    return last[0];
  }

  static void on(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the latch was not opened within " + BOUND);
    }
  }

  /** What a future completes with. */
  static <T> T on(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the future failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the future is not done after " + BOUND, e);
    }
  }

  /** What a future fails with. */
  static Throwable failure(CompletableFuture<?> future) throws InterruptedException {
    try {
      Object value = future.get(BOUND.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("the future did not fail, it gave " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("the future is not done after " + BOUND, e);
    }
  }
}
