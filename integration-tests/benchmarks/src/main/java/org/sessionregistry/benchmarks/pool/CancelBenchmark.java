package org.sessionregistry.benchmarks.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sessionregistry.connector.Waiter;

/** What it costs that all who wait give up. The time is that of all of them together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CancelBenchmark {
  /** In which order they give up. */
  public enum Order {
    /** Who came first is first. */
    ARRIVAL,
    /** Who came last is first. */
    REVERSE,
    /** At random, always the same way. */
    RANDOM
  }

  @Param({"OWN_POOL", "OWN_POOL_MANY_ROUTES", "SHARED"})
  Load load = Load.OWN_POOL;

  @Param Order order = Order.ARRIVAL;

  @Param({"1000", "100000"})
  int waiting;

  private BusyPool pool = new BusyPool(Load.OWN_POOL);
  private final List<Waiter> waiters = new ArrayList<>();

  /** A pool without anybody waiting. */
  @Setup(Level.Trial)
  public void fill() {
    pool = new BusyPool(load);
  }

  /** Fills its queue. */
  @Setup(Level.Invocation)
  public void queue() {
    waiters.clear();
    for (int i = 0; i < waiting; i++) {
      waiters.add(Objects.requireNonNull(pool.askNext()));
    }
    switch (order) {
      case ARRIVAL -> {}
      case REVERSE -> Collections.reverse(waiters);
      case RANDOM -> Collections.shuffle(waiters, new Random(waiting));
    }
  }

  /** All give up. */
  @Benchmark
  public void cancelAll() {
    for (Waiter waiter : waiters) {
      waiter.cancel();
    }
  }

  /** What was measured must be what was meant. */
  @TearDown(Level.Invocation)
  public void check() {
    if (pool.inUse() != Load.CONNECTIONS || pool.waiting() != 0) {
      throw new IllegalStateException(pool.inUse() + " in use, " + pool.waiting() + " waiting");
    }
  }
}
