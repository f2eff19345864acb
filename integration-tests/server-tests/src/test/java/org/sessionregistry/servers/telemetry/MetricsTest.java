package org.sessionregistry.servers.telemetry;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionregistry.settings.HttpVersionPreference.HTTP_1_1;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cdi.telemetry.SessionTelemetry;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;
import org.sessionregistry.settings.TenancyType;
import org.sessionregistry.settings.TenantPool;

/** What is measured: semantic conventions for HTTP client metrics, version 1.29, and ours. */
class MetricsTest {
  @RegisterExtension final TelemetryWorld world = new TelemetryWorld();

  private MetricData metric(String name) {
    return Optional.ofNullable(world.metrics().get(name))
        .orElseThrow(() -> new AssertionError(name + " is not among " + world.metrics().keySet()));
  }

  private HistogramPointData onlyHistogram(String name) {
    MetricData metric = metric(name);
    assertThat(metric.getHistogramData().getPoints()).as(name).hasSize(1);
    return metric.getHistogramData().getPoints().iterator().next();
  }

  /** The values by one attribute. */
  private Map<String, Long> values(String name, String attribute) {
    return metric(name).getLongSumData().getPoints().stream()
        .collect(
            toMap(
                point -> String.valueOf(point.getAttributes().get(stringKey(attribute))),
                LongPointData::getValue,
                Long::sum));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aRequestIsMeasuredOnce(HttpVersionPreference version) throws Exception {
    ClientSession session = world.session(version, s -> s);
    try (Response response =
        session.post("/users/{user}").path("user", "ada").body("12345").send()) {
      assertThat(response.text()).isEqualTo("/users/ada");
    }
    world.awaitQuiet();
    HistogramPointData duration = onlyHistogram("http.client.request.duration");
    Attributes asked =
        Attributes.builder()
            .put("session.name", "crm")
            .put("http.request.method", "POST")
            .put("server.address", "127.0.0.1")
            .put("server.port", world.upstream.port())
            .put("url.scheme", "http")
            .put("url.template", "/users/{user}")
            .build();
    Attributes answered =
        asked.toBuilder()
            .put("http.response.status_code", 200)
            .put("network.protocol.version", version == HTTP_1_1 ? "1.1" : "2")
            .build();
    assertThat(duration.getAttributes()).isEqualTo(answered);
    assertThat(duration.getCount()).isEqualTo(1);
    assertThat(duration.getSum()).isBetween(1e-6, 20.0);
    assertThat(duration.getBoundaries())
        .as("advice of the conventions")
        .containsExactly(
            0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    assertThat(metric("http.client.request.duration").getUnit()).isEqualTo("s");
    assertThat(onlyHistogram("http.client.request.body.size").getSum()).isEqualTo(5);
    assertThat(onlyHistogram("http.client.response.body.size").getSum()).isEqualTo(10);
    assertThat(onlyHistogram("http.client.response.body.size").getAttributes()).isEqualTo(answered);
    assertThat(onlyHistogram("session.pool.connection.wait_time").getCount()).isEqualTo(1);
    assertThat(onlyHistogram("session.pool.connection.create_time").getSum()).isPositive();
    assertThat(metric("http.client.active_requests").getLongSumData().getPoints())
        .extracting(LongPointData::getAttributes, LongPointData::getValue)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(asked, 0L));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aConnectionIsMeasuredWhenItIsClosed(HttpVersionPreference version) throws Exception {
    ClientSession session = world.session(version, s -> s);
    for (int i = 0; i < 2; i++) {
      try (Response response = session.get("/x").send()) {
        response.text();
      }
      world.awaitQuiet();
    }
    assertThat(world.metrics()).doesNotContainKey("http.client.connection.duration");
    session.close();
    HistogramPointData duration = onlyHistogram("http.client.connection.duration");
    assertThat(duration.getCount()).isEqualTo(1);
    assertThat(duration.getSum()).isBetween(1e-6, 20.0);
    assertThat(duration.getBoundaries())
        .as("advice of the conventions")
        .containsExactly(
            0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);
    assertThat(duration.getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("session.pool.name", "crm")
                .put("server.address", "127.0.0.1")
                .put("server.port", world.upstream.port())
                .put("url.scheme", "http")
                .put("network.protocol.version", version == HTTP_1_1 ? "1.1" : "2")
                .build());
  }

  @Test
  void aFailureIsMeasuredByItsKind() throws Exception {
    ClientSession session =
        world.session(
            HTTP_1_1, s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(0)));
    CompletableFuture<Response> stalling = session.get("/stall").sendAsync();
    world.upstream.awaitStalled();
    assertThatThrownBy(() -> session.get("/x").send()).isInstanceOf(QueueFullException.class);
    assertThat(values("http.client.active_requests", "session.name")).containsEntry("crm", 1L);
    assertThat(values("session.exchange.active", "session.name")).containsEntry("crm", 1L);
    assertThat(values("session.exchange.failures", "error.type"))
        .containsExactly(Map.entry("QUEUE_FULL", 1L));
    HistogramPointData duration = onlyHistogram("http.client.request.duration");
    assertThat(duration.getAttributes().get(stringKey("error.type"))).isEqualTo("QUEUE_FULL");
    assertThat(duration.getAttributes().get(longKey("http.response.status_code"))).isNull();
    stalling.cancel(true);
  }

  @Test
  void connectionsAndQueueAreReadWhenMetricsAreCollected() throws Exception {
    ClientSession session =
        world.session(
            HTTP_1_1, s -> s.pool(p -> p.withMaxConnections(2)).queue(QueueSettings.ofMaxSize(7)));
    CompletableFuture<Response> first = session.get("/stall").sendAsync();
    CompletableFuture<Response> second = session.get("/stall").sendAsync();
    TelemetryWorld.await("both stall", () -> world.upstream.calls.size() == 2);
    CompletableFuture<Response> third = session.get("/waits").sendAsync();
    assertThat(values("http.client.open_connections", "http.connection.state"))
        .containsOnly(Map.entry("active", 2L), Map.entry("idle", 0L));
    assertThat(metric("http.client.open_connections").getLongSumData().getPoints())
        .extracting(point -> point.getAttributes().get(longKey("server.port")))
        .containsOnly((long) world.upstream.port());
    assertThat(values("session.pool.queue.length", "session.pool.name")).containsEntry("crm", 1L);
    assertThat(values("session.pool.queue.limit", "session.pool.name")).containsEntry("crm", 7L);
    assertThat(values("session.pool.connection.limit", "session.pool.name"))
        .containsEntry("crm", 2L);
    assertThat(values("session.pool.connection.opened", "session.pool.name"))
        .containsEntry("crm", 2L);
    assertThat(
            metric("session.pool.queue.oldest_wait")
                .getDoubleGaugeData()
                .getPoints()
                .iterator()
                .next()
                .getValue())
        .isPositive();
    first.cancel(true);
    second.cancel(true);
    third.join().close();
  }

  @Test
  void aSharedPoolIsToldOnceByItsOwnName() throws Exception {
    SessionTelemetry telemetry = SessionTelemetry.of(world.sdk);
    SessionSettings a = sharing("a");
    SessionSettings b = sharing("b");
    try (SessionRegistry registry =
            SessionRegistry.builder()
                .pool(SharedPoolSettings.named("both").withQueue(QueueSettings.ofMaxSize(9)))
                .session(a, telemetry.hooks(a, SessionHooks.NONE))
                .session(b, telemetry.hooks(b, SessionHooks.NONE))
                .build();
        SessionTelemetry.Watch watch = telemetry.watch(registry)) {
      registry.session("a").get("/x").send().close();
      registry.session("b").get("/x").send().close();
      assertThat(metric("session.pool.connection.limit").getLongSumData().getPoints()).hasSize(1);
      assertThat(values("session.pool.connection.limit", "session.pool.name"))
          .containsOnlyKeys("both");
      assertThat(values("session.pool.queue.limit", "session.pool.name"))
          .containsExactly(Map.entry("both", 9L));
      assertThat(values("session.exchange.active", "session.name")).containsOnlyKeys("a", "b");
      assertThat(onlyHistogram("session.pool.connection.wait_time").getCount()).isEqualTo(2);
    }
    assertThat(world.metrics())
        .as("not watched any more")
        .doesNotContainKey("session.exchange.active");
  }

  @Test
  void thePoolsOfIsolatedTenantsAreToldAsOne() throws Exception {
    world.session(
        HTTP_1_1,
        s ->
            s.pool(p -> p.withMaxConnections(3))
                .tenancy(t -> t.withType(TenancyType.REQUIRED).withPool(TenantPool.ISOLATED)));
    for (String tenant : List.of("acme", "bolt")) {
      try (Response response = world.registry.session("crm", tenant).get("/x").send()) {
        response.text();
      }
    }
    world.awaitQuiet();
    assertThat(values("http.client.open_connections", "http.connection.state"))
        .containsOnly(Map.entry("active", 0L), Map.entry("idle", 2L));
    assertThat(metric("session.pool.connection.opened").getLongSumData().getPoints())
        .extracting(LongPointData::getValue)
        .containsExactly(2L);
    assertThat(values("session.pool.connection.limit", "session.pool.name"))
        .containsExactly(Map.entry("crm", 6L));
    world.registry.session("crm", "acme").close();
    assertThat(values("session.pool.connection.opened", "session.pool.name"))
        .as("a counter never goes back")
        .containsExactly(Map.entry("crm", 2L));
  }

  private SessionSettings sharing(String name) {
    return SessionSettings.builder(name)
        .baseUrl(world.upstream.origin())
        .pool(p -> p.withName("both"))
        .build();
  }
}
