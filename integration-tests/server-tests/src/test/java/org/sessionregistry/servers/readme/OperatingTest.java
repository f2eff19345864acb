package org.sessionregistry.servers.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.Response;
import org.sessionregistry.settings.LogDetail;
import org.sessionregistry.settings.SessionSettings;

/** What docs/operations.md shows is what compiles and runs here. */
class OperatingTest {
  private static final String DOCUMENT = "docs/operations.md";

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'o', 'k'});
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private SessionSettings settings() {
    return SessionSettings.builder("github")
        .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
        .log(LogDetail.SUMMARY)
        .build();
  }

  @Test
  void theDocumentShowsTheExample() throws IOException {
    String shown = Snippets.blocks(DOCUMENT, "java").get(0);
    assertThat(Snippets.snippet("Operating.java", "telemetry")).startsWith(shown);
    assertThat(Snippets.blocks(DOCUMENT, "java")).hasSize(1);
  }

  @Test
  void withoutAContainerTwoLinesAreEnough() throws Exception {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    InMemoryMetricReader metrics = InMemoryMetricReader.create();
    try (OpenTelemetrySdk sdk =
            OpenTelemetrySdk.builder()
                .setTracerProvider(
                    SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .build();
        Operating.Watched watched = Operating.watched(sdk, settings());
        Response response =
            watched.registry().session("github").get("/users/{user}").path("user", "a").send()) {
      assertThat(response.text()).isEqualTo("ok");
      assertThat(spans.getFinishedSpanItems())
          .extracting(SpanData::getName)
          .containsExactly("GET /users/{user}");
      assertThat(metrics.collectAllMetrics())
          .extracting(MetricData::getName)
          .contains("http.client.request.duration", "session.pool.queue.length");
    }
  }

  @Test
  void aLineOfTheLogHasTheFormThatTheDocumentShows() throws Exception {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.sessionregistry.log.github");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try (Operating.Watched watched = Operating.watched(OpenTelemetry.noop(), settings());
        Response response = watched.registry().session("github").get("/users/ada").send()) {
      response.text();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    List<String> shown = Snippets.blocks(DOCUMENT, "text").get(0).lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(form(lines.element())).isEqualTo(form(shown.get(0)));
  }

  /** Without what differs from one request to the other. */
  private static String form(String line) {
    return line.replaceFirst("https?://[^/]*", "").replaceAll("\\d+", "0");
  }
}
