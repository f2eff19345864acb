package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/**
 * Tells OpenTelemetry of sessions: a span for each attempt of an exchange, sent along in the
 * headers that the configured propagators write, and metrics of requests, connections and queues,
 * by the semantic conventions for HTTP clients. In a CDI application with an {@link OpenTelemetry}
 * bean, as MicroProfile Telemetry has one, it is at work without being asked; elsewhere:
 *
 * <pre>{@code
 * SessionTelemetry telemetry = SessionTelemetry.of(openTelemetry);
 * SessionRegistry registry =
 *     SessionRegistry.builder()
 *         .session(settings, telemetry.hooks(settings, SessionHooks.NONE))
 *         .build();
 * SessionTelemetry.Watch watch = telemetry.watch(registry);
 * }</pre>
 *
 * <p>Needs version 1.15 of OpenTelemetry's API, and 1.32 for histograms with the buckets that the
 * conventions ask for. Thread-safe.
 */
public final class SessionTelemetry {
  private static final String SCOPE = "org.sessionregistry";
  private static final String SCHEMA = "https://opentelemetry.io/schemas/1.29.0";

  private final Tracer tracer;
  private final Meter meter;
  private final TextMapPropagator propagator;
  private final boolean silent;

  private SessionTelemetry(OpenTelemetry telemetry) {
    String version = SessionRegistry.class.getPackage().getImplementationVersion();
    this.tracer = tracer(telemetry.getTracerProvider(), version);
    this.meter = meter(telemetry.getMeterProvider(), version);
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
    this.silent =
        telemetry.getTracerProvider() == TracerProvider.noop()
            && telemetry.getMeterProvider() == MeterProvider.noop()
            && telemetry.getPropagators() == ContextPropagators.noop();
  }

  private static Tracer tracer(TracerProvider provider, @Nullable String version) {
    TracerBuilder builder = provider.tracerBuilder(SCOPE).setSchemaUrl(SCHEMA);
    return (version == null ? builder : builder.setInstrumentationVersion(version)).build();
  }

  private static Meter meter(MeterProvider provider, @Nullable String version) {
    MeterBuilder builder = provider.meterBuilder(SCOPE).setSchemaUrl(SCHEMA);
    return (version == null ? builder : builder.setInstrumentationVersion(version)).build();
  }

  /**
   * Tells this OpenTelemetry.
   *
   * @param telemetry what gets spans and metrics, and says which headers carry them on
   * @return to be asked for the hooks of sessions
   */
  public static SessionTelemetry of(OpenTelemetry telemetry) {
    return new SessionTelemetry(telemetry);
  }

  /**
   * Tells the application's OpenTelemetry, for who must not know its type.
   *
   * @param telemetry an {@link OpenTelemetry}
   * @return to be asked for the hooks of sessions
   */
  public static SessionTelemetry ofBean(Object telemetry) {
    return of((OpenTelemetry) telemetry);
  }

  /**
   * The hooks of a session whose requests are told. Where OpenTelemetry is switched off, they are
   * the application's own and nothing else.
   *
   * @param session the session's settings
   * @param own what the application adds to the session; {@link SessionHooks#NONE} if nothing
   * @return both, in the order in which they work together
   */
  public SessionHooks hooks(SessionSettings session, SessionHooks own) {
    if (silent) {
      return own;
    }
    String pool = session.pool().name().orElse(session.name());
    Instruments instruments = Instruments.of(meter, Attributes.of(Keys.POOL, pool));
    SessionHooks outermost = SessionHooks.builder().aroundExchange(new TracedExchange()).build();
    SessionHooks innermost =
        SessionHooks.builder()
            .aroundAttempt(new TracedAttempt(session.name(), tracer, propagator, instruments))
            .listener(new TelemetryListener(instruments))
            .build();
    return outermost.and(own).and(innermost);
  }

  /**
   * Tells of the registry's connections and queues, whenever metrics are collected.
   *
   * @param registry whose
   * @return to be closed when the registry is
   */
  public Watch watch(SessionRegistry registry) {
    if (silent) {
      return () -> {};
    }
    BatchCallback callback = PoolMeasurements.begin(meter, registry);
    return callback::close;
  }

  /** What lasts until it is closed; closing twice is harmless. */
  @FunctionalInterface
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
