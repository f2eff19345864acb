package org.sessionregistry.cdi.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettings;

/**
 * What the dashboard and the documentation name is what OpenTelemetry's exporter for Prometheus
 * really shows of sessions that have done something of everything.
 */
class DashboardTest {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{([^}]*)\\})? ");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final Pattern NAME = Pattern.compile("\\b(?:http_|session_|error_)[a-z_]+\\b");

  private static final Set<String> NAMES = new TreeSet<>();
  private static final Set<String> LABELS = new TreeSet<>();

  @BeforeAll
  static void readWhatIsShown() throws Exception {
    String shown = shown();
    Matcher sample = SAMPLE.matcher(shown);
    while (sample.find()) {
      NAMES.add(sample.group(1));
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        LABELS.add(label.group(1));
      }
    }
  }

  private static String shown() throws Exception {
    PrometheusMetricReader reader = new PrometheusMetricReader(true, attribute -> false);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    try (OpenTelemetrySdk sdk =
            OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build();
        SessionRegistry registry = SessionRegistry.builder().build()) {
      SessionTelemetry telemetry = SessionTelemetry.of(sdk);
      SessionSettings settings =
          SessionSettings.builder("crm")
              .baseUrl("http://127.0.0.1:" + port + "/")
              .queue(QueueSettings.ofMaxSize(5))
              .build();
      try (SessionTelemetry.Watch watch = telemetry.watch(registry)) {
        ClientSession session =
            registry.open(settings, telemetry.hooks(settings, SessionHooks.NONE));
        for (int i = 0; i < 2; i++) {
          try (Response response = session.post("/x").body("text").send()) {
            response.text();
          }
        }
        server.stop(0);
        assertThatThrownBy(() -> session.get("/y").send())
            .isInstanceOf(ConnectionFailedException.class);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new PrometheusTextFormatWriter(false).write(text, reader.collect());
        return text.toString(UTF_8);
      }
    } finally {
      server.stop(0);
    }
  }

  private static Path docs(String file) {
    return Path.of("..", "docs").resolve(file);
  }

  private static JsonObject dashboard() throws Exception {
    try (JsonReader reader =
        Json.createReader(Files.newInputStream(docs("operations/dashboard.json")))) {
      return reader.readObject();
    }
  }

  private static List<String> expressions() throws Exception {
    List<String> expressions = new ArrayList<>();
    for (JsonObject panel : dashboard().getJsonArray("panels").getValuesAs(JsonObject.class)) {
      if (panel.getString("type").equals("row")) {
        continue;
      }
      assertThat(panel.getJsonArray("targets")).as(panel.getString("title")).isNotEmpty();
      for (JsonObject target : panel.getJsonArray("targets").getValuesAs(JsonObject.class)) {
        expressions.add(target.getString("expr"));
        expressions.add(target.getString("legendFormat"));
      }
    }
    for (JsonObject variable :
        dashboard()
            .getJsonObject("templating")
            .getJsonArray("list")
            .getValuesAs(JsonObject.class)) {
      JsonString definition = variable.getJsonString("definition");
      if (definition != null) {
        expressions.add(definition.getString());
      }
    }
    return expressions;
  }

  @Test
  void everyNameInTheDashboardIsShown() throws Exception {
    Set<String> known = new TreeSet<>(NAMES);
    known.addAll(LABELS);
    assertThat(expressions()).hasSizeGreaterThan(30);
    for (String expression : expressions()) {
      Matcher name = NAME.matcher(expression);
      while (name.find()) {
        assertThat(known).as(expression).contains(name.group());
      }
    }
  }

  @Test
  void everyExpressionReadsAMetric() throws Exception {
    for (String expression : expressions()) {
      if (!expression.startsWith("{{")) {
        assertThat(NAMES).as(expression).anyMatch(expression::contains);
      }
    }
  }

  @Test
  void panelsHaveAPlaceOfTheirOwn() throws Exception {
    Set<String> places = new TreeSet<>();
    for (JsonObject panel : dashboard().getJsonArray("panels").getValuesAs(JsonObject.class)) {
      JsonObject place = panel.getJsonObject("gridPos");
      assertThat(places.add(place.getInt("x") + " " + place.getInt("y")))
          .as(panel.getString("title"))
          .isTrue();
    }
  }

  @Test
  void everyMetricIsShownAndDocumented() throws Exception {
    String documented = Files.readString(docs("operations.md"));
    for (Metric metric : Metric.values()) {
      String row =
          documented
              .lines()
              .filter(line -> line.startsWith("| `" + metric.text() + "` | `"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(metric.text() + " is not in the table"));
      String[] cells = row.split("\\|");
      assertThat(cells[3].strip()).as(metric.text()).isEqualTo(metric.unit());
      assertThat(cells[4].strip()).as(metric.text()).isEqualTo(metric.meaning());
      String shown = cells[2].strip().replace("`", "");
      assertThat(Stream.of(shown, shown + "_count"))
          .as(metric.text() + " as Prometheus has it, among " + NAMES)
          .anyMatch(NAMES::contains);
    }
  }
}
