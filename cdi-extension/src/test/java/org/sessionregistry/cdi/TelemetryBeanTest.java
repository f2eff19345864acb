package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;

/** An application whose container has OpenTelemetry, as with MicroProfile Telemetry. */
class TelemetryBeanTest {
  private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();
  private static final InMemoryMetricReader METRICS = InMemoryMetricReader.create();
  private static final OpenTelemetrySdk SDK =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(SPANS))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(METRICS).build())
          .build();

  private TestServer server;

  /** Produces what MicroProfile Telemetry produces. */
  static class Telemetry {
    @Produces
    @ApplicationScoped
    OpenTelemetry telemetry() {
      return SDK;
    }
  }

  /** A second one, so that neither is the one. */
  static class More {
    @Produces
    @ApplicationScoped
    OpenTelemetry another() {
      return OpenTelemetry.noop();
    }
  }

  /** Loses the thread of the caller before the request is sent. */
  @ApplicationScoped
  @SessionName("github")
  static class Later implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return java.util.concurrent.CompletableFuture.supplyAsync(() -> request)
          .thenCompose(next::send);
    }
  }

  @BeforeEach
  void startServer() {
    server = new TestServer();
    SPANS.reset();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Application.Builder application() {
    return Application.configured("client-session.github.base-url", server.url());
  }

  private static void get(Application application) throws Exception {
    try (Response response = application.session("github").get("repos").send()) {
      response.text();
    }
  }

  @Test
  void sessionsAreToldToTheBeanWithoutBeingAsked() throws Exception {
    try (Application application = application().beans(Telemetry.class, Later.class).start()) {
      Span caller = SDK.getTracer("test").spanBuilder("caller").startSpan();
      try (Scope scope = caller.makeCurrent()) {
        get(application);
      }
      assertThat(SPANS.getFinishedSpanItems())
          .extracting(SpanData::getName, SpanData::getParentSpanId)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("GET", caller.getSpanContext().getSpanId()));
      assertThat(METRICS.collectAllMetrics())
          .extracting(MetricData::getName)
          .contains("http.client.request.duration", "http.client.open_connections");
    }
    assertThat(METRICS.collectAllMetrics())
        .extracting(MetricData::getName)
        .as("of a stopped application nothing is read")
        .doesNotContain("http.client.open_connections");
  }

  @Test
  void withoutABeanNothingIsTold() throws Exception {
    try (Application application = application().start()) {
      get(application);
    }
    assertThat(SPANS.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void ofTwoBeansNoneIsChosen() throws Exception {
    try (Application application = application().beans(Telemetry.class, More.class).start()) {
      get(application);
    }
    assertThat(SPANS.getFinishedSpanItems()).isEmpty();
  }
}
