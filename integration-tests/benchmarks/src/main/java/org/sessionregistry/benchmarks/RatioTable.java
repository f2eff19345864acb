package org.sessionregistry.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What an operation costs by the number of those that wait: one line for each number, with the
 * ratio to the least that somebody waits in. An operation on all of them counts as one on each.
 * Immutable.
 */
final class RatioTable {
  private static final String WAITING = "waiting";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String LINE = "%-52s %9s %9s %8s %7s%n";
  private static final int LOWER_QUARTILE = 25;

  /** By benchmark with its other parameters, then by the number of those that wait. */
  private final Map<String, TreeMap<Integer, Cost>> costs = new LinkedHashMap<>();

  private record Cost(double nanos, double bytes) {}

  RatioTable(Collection<RunResult> results) {
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      int waiting = Integer.parseInt(params.getParam(WAITING));
      int operations = params.getBenchmark().endsWith("All") ? waiting : 1;
      costs
          .computeIfAbsent(name(params), name -> new TreeMap<>())
          .put(
              waiting,
              new Cost(
                  result.getPrimaryResult().getStatistics().getPercentile(LOWER_QUARTILE)
                      / operations,
                  allocated(result) / operations));
    }
  }

  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    StringBuilder name = new StringBuilder(full.substring(full.lastIndexOf('.') + 1));
    for (String key : params.getParamsKeys()) {
      if (!key.equals(WAITING)) {
        name.append(' ').append(params.getParam(key));
      }
    }
    return name.toString();
  }

  private static double allocated(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return allocated == null ? Double.NaN : allocated.getStatistics().getPercentile(50);
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append(LINE.formatted("operation", WAITING, "ns", "bytes", "ratio"));
    costs.forEach(
        (name, byWaiting) -> {
          Map.Entry<Integer, Cost> least = byWaiting.higherEntry(0);
          byWaiting.forEach(
              (waiting, cost) ->
                  table.append(
                      LINE.formatted(
                          name,
                          waiting,
                          number("%.0f", cost.nanos),
                          number("%.0f", cost.bytes),
                          least == null ? "" : ratio(cost, least.getValue()))));
        });
    return table.toString();
  }

  private static String ratio(Cost cost, Cost least) {
    return number("%.2f", cost.nanos / least.nanos);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
