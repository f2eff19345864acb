package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must happen, for a time that no test needs unless it fails. */
final class Await {
  /** Far beyond what anything here takes. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private Await() {}

  /** Waits until something is true. */
  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up, and still not true: " + what).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Waits for a latch. */
  static void opened(CountDownLatch gate) throws InterruptedException {
    assertThat(gate.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).as("the gate opens").isTrue();
  }

  /** The value of a future that must complete well. */
  static <T> T value(CompletableFuture<T> future) throws Exception {
    return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What a future fails with, which it must. */
  static Throwable failure(CompletableFuture<?> future) throws Exception {
    try {
      Object value = future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError("expected a failure, but got " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("neither a value nor a failure within " + LIMIT, e);
    }
  }
}
