package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.settings.SessionSettings;

/**
 * Reads the statistics of a registry whenever metrics are collected, on the collector's thread. A
 * pool that several sessions share is told once, so that sums are right; those of the tenants of
 * one session are told as one, because there may be ten thousand.
 */
final class PoolMeasurements {
  private static final double NANOS = 1e9;

  private final SessionRegistry registry;
  private final ObservableLongMeasurement open;
  private final ObservableLongMeasurement connectionLimit;
  private final ObservableLongMeasurement opened;
  private final ObservableLongMeasurement openFailures;
  private final ObservableLongMeasurement reused;
  private final ObservableLongMeasurement queueLength;
  private final ObservableLongMeasurement queueLimit;
  private final ObservableDoubleMeasurement oldestWait;
  private final ObservableLongMeasurement active;
  private final ObservableLongMeasurement failures;
  private final ObservableLongMeasurement retries;

  private PoolMeasurements(Meter meter, SessionRegistry registry) {
    this.registry = registry;
    this.open = level(meter, Metric.OPEN_CONNECTIONS);
    this.connectionLimit = level(meter, Metric.CONNECTION_LIMIT);
    this.opened = count(meter, Metric.CONNECTIONS_OPENED);
    this.openFailures = count(meter, Metric.OPEN_FAILURES);
    this.reused = count(meter, Metric.CONNECTIONS_REUSED);
    this.queueLength = level(meter, Metric.QUEUE_LENGTH);
    this.queueLimit = level(meter, Metric.QUEUE_LIMIT);
    this.oldestWait =
        meter
            .gaugeBuilder(Metric.OLDEST_WAIT.text())
            .setUnit(Metric.OLDEST_WAIT.unit())
            .setDescription(Metric.OLDEST_WAIT.meaning())
            .buildObserver();
    this.active = level(meter, Metric.EXCHANGES_ACTIVE);
    this.failures = count(meter, Metric.EXCHANGE_FAILURES);
    this.retries = count(meter, Metric.EXCHANGE_RETRIES);
  }

  /** Begins to tell of a registry. */
  static BatchCallback begin(Meter meter, SessionRegistry registry) {
    PoolMeasurements all = new PoolMeasurements(meter, registry);
    return meter.batchCallback(
        all::read,
        all.open,
        all.connectionLimit,
        all.opened,
        all.openFailures,
        all.reused,
        all.queueLength,
        all.queueLimit,
        all.oldestWait,
        all.active,
        all.failures,
        all.retries);
  }

  private static ObservableLongMeasurement level(Meter meter, Metric metric) {
    return meter
        .upDownCounterBuilder(metric.text())
        .setUnit(metric.unit())
        .setDescription(metric.meaning())
        .buildObserver();
  }

  private static ObservableLongMeasurement count(Meter meter, Metric metric) {
    return meter
        .counterBuilder(metric.text())
        .setUnit(metric.unit())
        .setDescription(metric.meaning())
        .buildObserver();
  }

  private void read() {
    Set<String> pools = new HashSet<>();
    for (SessionStatistics session : registry.statistics().sessions().values()) {
      exchanges(session);
      if (session.sharedPool().isEmpty()) {
        own(session);
      } else if (pools.add(session.sharedPool().get())) {
        pool(session.pool(), pool(session), pool(session));
      }
    }
  }

  private void exchanges(SessionStatistics session) {
    Attributes name = Attributes.of(Keys.SESSION, session.session());
    active.record(session.inFlight(), name);
    retries.record(session.retries(), name);
    session
        .failures()
        .forEach(
            (kind, count) ->
                failures.record(count, name.toBuilder().put(Keys.ERROR_TYPE, kind.name()).build()));
  }

  private void own(SessionStatistics session) {
    Attributes name = pool(session);
    AttributesBuilder server = name.toBuilder();
    registry
        .find(session.session())
        .map(ClientSession::settings)
        .flatMap(PoolMeasurements::onlyServer)
        .ifPresent(url -> server(url, server));
    pool(session.pool(), name, server.build());
  }

  /** Where all connections lead; nowhere in particular if a tenant has a base URL of its own. */
  private static Optional<URI> onlyServer(SessionSettings session) {
    return session
        .baseUrl()
        .filter(
            url ->
                session.tenants().values().stream()
                    .allMatch(tenant -> tenant.baseUrl().equals(session.baseUrl())));
  }

  private static void server(URI url, AttributesBuilder attributes) {
    Endpoint to = Endpoint.of(url);
    attributes
        .put(Keys.SERVER_ADDRESS, to.address())
        .put(Keys.SERVER_PORT, to.port())
        .put(Keys.URL_SCHEME, to.scheme());
  }

  private static Attributes pool(SessionStatistics session) {
    return Attributes.of(Keys.POOL, session.sharedPool().orElse(session.session()));
  }

  private void pool(PoolStatistics pool, Attributes name, Attributes server) {
    open.record(pool.inUse(), server.toBuilder().put(Keys.CONNECTION_STATE, "active").build());
    open.record(pool.idle(), server.toBuilder().put(Keys.CONNECTION_STATE, "idle").build());
    if (pool.maxConnections() > 0) {
      connectionLimit.record(pool.maxConnections(), name);
    }
    pool.queueLimit().ifPresent(limit -> queueLimit.record(limit, name));
    opened.record(pool.opened(), name);
    openFailures.record(pool.openFailures(), name);
    reused.record(pool.reused(), name);
    queueLength.record(pool.waiting(), name);
    oldestWait.record(pool.oldestWait().toNanos() / NANOS, name);
  }
}
