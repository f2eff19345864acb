package org.sessionregistry.benchmarks;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks whose name matches, each in a JVM of its own, and prints what they cost with
 * more and more waiting. Many short measurements, of which the lower quartile counts, so that
 * neighbours on the same machine disturb some of them and not the result.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs them.
   *
   * @param args a regular expression; all without
   */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(args.length == 0 ? ".*" : args[0])
                    .forks(1)
                    .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
                    .warmupIterations(10)
                    .warmupTime(TimeValue.milliseconds(200))
                    .measurementIterations(80)
                    .measurementTime(TimeValue.milliseconds(25))
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .build())
            .run();
    System.out.println(new RatioTable(results));
  }
}
