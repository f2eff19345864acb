package org.sessionregistry.benchmarks.pool;

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

/**
 * What it costs to release a lease and to ask for another, by the number of requests that wait.
 * With none, it is how an idle connection is used again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReleaseBenchmark {
  @Param Load load = Load.OWN_POOL;

  @Param({"0", "100", "10000", "100000"})
  int waiting;

  private BusyPool pool = new BusyPool(Load.OWN_POOL);

  /** Fills the pool and its queue. */
  @Setup(Level.Trial)
  public void fill() {
    pool = new BusyPool(load);
    for (int i = 0; i < waiting; i++) {
      pool.askNext();
    }
  }

  /** One lease ends, another begins, and the queue is as long as before. */
  @Benchmark
  public void acquireAndRelease() {
    pool.turn();
  }

  /** What was measured must be what was meant. */
  @TearDown(Level.Iteration)
  public void check() {
    if (pool.inUse() != Load.CONNECTIONS || pool.waiting() != waiting) {
      throw new IllegalStateException(pool.inUse() + " in use, " + pool.waiting() + " waiting");
    }
  }
}
