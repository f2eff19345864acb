package org.sessionregistry.servers.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cdi.telemetry.SessionTelemetry;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** A server, OpenTelemetry's SDK in memory, and a registry that tells it. */
final class TelemetryWorld implements BeforeEachCallback, AfterEachCallback {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
          .setPropagators(
              ContextPropagators.create(
                  TextMapPropagator.composite(
                      W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
          .build();
  final SessionRegistry registry = SessionRegistry.builder().build();
  private SessionTelemetry.Watch watch;
  Upstream upstream;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    upstream = new Upstream();
    watch = SessionTelemetry.of(sdk).watch(registry);
  }

  /** A session named {@code crm} whose base URL is the server. */
  ClientSession session(
      HttpVersionPreference version, UnaryOperator<SessionSettingsBuilder> change) {
    return session(sdk, version, change, SessionHooks.NONE);
  }

  ClientSession session(
      OpenTelemetry telemetry,
      HttpVersionPreference version,
      UnaryOperator<SessionSettingsBuilder> change,
      SessionHooks own) {
    SessionSettings settings =
        change
            .apply(SessionSettings.builder("crm").baseUrl(upstream.origin()).httpVersion(version))
            .build();
    return registry.open(settings, SessionTelemetry.of(telemetry).hooks(settings, own));
  }

  /** The spans that have ended, in that order. */
  List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  /** What is measured now, by name. */
  Map<String, MetricData> metrics() {
    Map<String, MetricData> metrics = new TreeMap<>();
    reader.collectAllMetrics().forEach(metric -> metrics.put(metric.getName(), metric));
    return metrics;
  }

  /** Waits until every exchange has ended. */
  void awaitQuiet() {
    await(
        "nothing is in flight",
        () ->
            registry.statistics().sessions().values().stream()
                .allMatch(session -> session.inFlight() == 0 && session.pool().inUse() == 0));
  }

  static void await(String what, BooleanSupplier reached) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not reached in time: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    try (Upstream closing = upstream;
        sdk;
        registry) {
      watch.close();
    }
  }
}
