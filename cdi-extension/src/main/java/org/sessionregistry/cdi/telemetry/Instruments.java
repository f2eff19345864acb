package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongHistogramBuilder;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/**
 * What the exchanges of one session record as they go. Two sessions have the same instruments, told
 * apart by attributes. Thread-safe.
 *
 * @param pool the attributes of what is measured of the session's pool
 * @param duration of attempts
 * @param active attempts
 * @param requestSize of bodies
 * @param responseSize of bodies
 * @param waited for a connection
 * @param opening a connection
 * @param lived connections that are closed
 */
record Instruments(
    Attributes pool,
    DoubleHistogram duration,
    LongUpDownCounter active,
    LongHistogram requestSize,
    LongHistogram responseSize,
    DoubleHistogram waited,
    DoubleHistogram opening,
    DoubleHistogram lived) {

  /** What the semantic conventions ask for. */
  private static final List<Double> SECONDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  /** Waiting may take no time, and a pool that reuses connections should show that. */
  private static final List<Double> SHORTER_SECONDS =
      List.of(0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

  /** What the semantic conventions ask for. */
  private static final List<Double> LONGER_SECONDS =
      List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);

  private static final List<Long> BYTES =
      List.of(0L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L);

  static Instruments of(Meter meter, Attributes pool) {
    return new Instruments(
        pool,
        seconds(meter, Metric.REQUEST_DURATION, SECONDS),
        meter
            .upDownCounterBuilder(Metric.ACTIVE_REQUESTS.text())
            .setUnit(Metric.ACTIVE_REQUESTS.unit())
            .setDescription(Metric.ACTIVE_REQUESTS.meaning())
            .build(),
        bytes(meter, Metric.REQUEST_BODY_SIZE),
        bytes(meter, Metric.RESPONSE_BODY_SIZE),
        seconds(meter, Metric.WAIT_TIME, SHORTER_SECONDS),
        seconds(meter, Metric.CREATE_TIME, SHORTER_SECONDS),
        seconds(meter, Metric.CONNECTION_DURATION, LONGER_SECONDS));
  }

  private static DoubleHistogram seconds(Meter meter, Metric metric, List<Double> bounds) {
    DoubleHistogramBuilder builder =
        meter
            .histogramBuilder(metric.text())
            .setUnit(metric.unit())
            .setDescription(metric.meaning());
    try {
      builder.setExplicitBucketBoundariesAdvice(bounds);
    } catch (NoSuchMethodError e) {
      // An API before 1.32, as MicroProfile Telemetry 1 brings it: it gets the SDK's own buckets.
      return builder.build();
    }
    return builder.build();
  }

  private static LongHistogram bytes(Meter meter, Metric metric) {
    LongHistogramBuilder builder =
        meter
            .histogramBuilder(metric.text())
            .ofLongs()
            .setUnit(metric.unit())
            .setDescription(metric.meaning());
    try {
      builder.setExplicitBucketBoundariesAdvice(BYTES);
    } catch (NoSuchMethodError e) {
      // The same.
      return builder.build();
    }
    return builder.build();
  }
}
