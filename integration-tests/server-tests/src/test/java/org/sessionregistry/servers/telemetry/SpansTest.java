package org.sessionregistry.servers.telemetry;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionregistry.settings.HttpVersionPreference.HTTP_1_1;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Interceptor;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTimeoutException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.QueueSettings;

/**
 * A span for each attempt, and its identity in the headers that the server gets: semantic
 * conventions for HTTP client spans, version 1.29.
 */
class SpansTest {
  @RegisterExtension final TelemetryWorld world = new TelemetryWorld();

  private static String get(ClientSession session, String path) throws Exception {
    try (Response response = session.get(path).send()) {
      return response.text();
    }
  }

  private static String text(SpanData span, String key) {
    return span.getAttributes().get(stringKey(key));
  }

  private static Long number(SpanData span, String key) {
    return span.getAttributes().get(longKey(key));
  }

  private SpanData onlySpan() {
    assertThat(world.spans()).hasSize(1);
    return world.spans().get(0);
  }

  /** What W3C Trace Context has a client send. */
  private static String traceparent(SpanData span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01";
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aRequestIsAChildOfWhoSendsItAndItsServerKnows(HttpVersionPreference version)
      throws Exception {
    ClientSession session = world.session(version, s -> s);
    Span caller = world.sdk.getTracer("test").spanBuilder("caller").startSpan();
    try (Scope scope = caller.makeCurrent();
        Response response =
            session.get("/users/{user}").path("user", "ada").query("token", "s3cret").send()) {
      assertThat(response.text()).isEqualTo("/users/ada");
    }
    SpanData span = onlySpan();
    assertThat(span.getName()).isEqualTo("GET /users/{user}");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
    assertThat(world.upstream.calls)
        .extracting(Upstream.Call::traceparent)
        .containsExactly(traceparent(span));
    assertThat(text(span, "session.name")).isEqualTo("crm");
    assertThat(text(span, "http.request.method")).isEqualTo("GET");
    assertThat(text(span, "server.address")).isEqualTo("127.0.0.1");
    assertThat(number(span, "server.port")).isEqualTo(world.upstream.port());
    assertThat(text(span, "url.full"))
        .isEqualTo(world.upstream.origin() + "/users/ada?token=REDACTED");
    assertThat(text(span, "url.template")).isEqualTo("/users/{user}");
    assertThat(number(span, "http.response.status_code")).isEqualTo(200);
    assertThat(text(span, "network.protocol.version")).isEqualTo(version == HTTP_1_1 ? "1.1" : "2");
    assertThat(text(span, "network.peer.address")).isEqualTo("127.0.0.1");
    assertThat(number(span, "network.peer.port")).isEqualTo(world.upstream.port());
    assertThat(number(span, "http.request.resend_count")).isNull();
    assertThat(text(span, "error.type")).isNull();
    assertThat(span.getAttributes().get(doubleKey("session.pool.connection.wait_time")))
        .isPositive();
  }

  @Test
  void theCallersContextIsTakenWhereSendIsCalledAndNotWhereTheRequestIsSentLater()
      throws Exception {
    ClientSession session = world.session(HTTP_1_1, s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> stalling = session.get("/stall").sendAsync();
    world.upstream.awaitStalled();
    Span caller = world.sdk.getTracer("test").spanBuilder("caller").startSpan();
    CompletableFuture<Response> waiting;
    try (Scope scope = caller.makeCurrent()) {
      waiting = session.get("/waits").sendAsync();
    }
    stalling.cancel(true);
    waiting.join().close();
    assertThat(world.spans())
        .filteredOn(span -> text(span, "url.full").endsWith("/waits"))
        .extracting(SpanData::getParentSpanId)
        .containsExactly(caller.getSpanContext().getSpanId());
  }

  @Test
  void aPlainPathIsNoNameBecauseThereMayBeVeryMany() throws Exception {
    get(world.session(HTTP_1_1, s -> s), "/users/7");
    assertThat(onlySpan().getName()).isEqualTo("GET");
    assertThat(text(onlySpan(), "url.template")).isNull();
  }

  @Test
  void aMethodOfOnesOwnIsNotCountedByItsName() throws Exception {
    world.session(HTTP_1_1, s -> s).request("REPORT", "/x").send().close();
    assertThat(onlySpan().getName()).isEqualTo("HTTP");
    assertThat(text(onlySpan(), "http.request.method")).isEqualTo("_OTHER");
    assertThat(text(onlySpan(), "http.request.method_original")).isEqualTo("REPORT");
  }

  @Test
  void baggageGoesAlongIfItsPropagatorIsConfigured() throws Exception {
    ClientSession session = world.session(HTTP_1_1, s -> s);
    try (Scope scope = Baggage.builder().put("plan", "gold").build().makeCurrent()) {
      get(session, "/x");
    }
    assertThat(world.upstream.calls)
        .extracting(Upstream.Call::baggage)
        .containsExactly("plan=gold");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aServersErrorIsAnError(HttpVersionPreference version) throws Exception {
    get(world.session(version, s -> s), "/broken");
    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(text(onlySpan(), "error.type")).isEqualTo("500");
    assertThat(number(onlySpan(), "http.response.status_code")).isEqualTo(500);
  }

  @Test
  void aConnectionThatIsRefusedIsAnErrorWithItsKind() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    ClientSession session = world.session(HTTP_1_1, s -> s.baseUrl("http://127.0.0.1:" + nobody));
    assertThatThrownBy(() -> get(session, "/x")).isInstanceOf(ConnectionFailedException.class);
    assertThat(text(onlySpan(), "error.type")).isEqualTo("CONNECTION_FAILED");
    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(onlySpan().getStatus().getDescription()).contains("crm", "127.0.0.1:" + nobody);
    assertThat(number(onlySpan(), "http.response.status_code")).isNull();
    assertThat(text(onlySpan(), "network.peer.address")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aTimeOutIsAnErrorWithItsKind(HttpVersionPreference version) {
    ClientSession session =
        world.session(version, s -> s.timeout(t -> t.withResponse(Duration.ofMillis(50))));
    assertThatThrownBy(() -> get(session, "/stall")).isInstanceOf(ResponseTimeoutException.class);
    assertThat(text(onlySpan(), "error.type")).isEqualTo("RESPONSE_TIMEOUT");
    assertThat(text(onlySpan(), "network.peer.address")).isEqualTo("127.0.0.1");
  }

  @Test
  void aFullQueueIsAnErrorWithItsKind() throws Exception {
    ClientSession session =
        world.session(
            HTTP_1_1, s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(0)));
    CompletableFuture<Response> stalling = session.get("/stall").sendAsync();
    assertThatThrownBy(() -> get(session, "/x")).isInstanceOf(QueueFullException.class);
    assertThat(text(onlySpan(), "error.type")).isEqualTo("QUEUE_FULL");
    stalling.cancel(true);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aRedirectIsASpanOfItsOwnUnderTheSameCaller(HttpVersionPreference version) throws Exception {
    Span caller = world.sdk.getTracer("test").spanBuilder("caller").startSpan();
    ClientSession session = world.session(version, s -> s);
    try (Scope scope = caller.makeCurrent();
        Response response = session.get("/{what}").path("what", "moved").send()) {
      assertThat(response.text()).isEqualTo("/here");
    }
    List<SpanData> spans = world.spans();
    assertThat(spans)
        .extracting(SpanData::getName)
        .as("the template is of the first place only")
        .containsExactly("GET /{what}", "GET");
    assertThat(spans)
        .extracting(span -> number(span, "http.response.status_code"))
        .containsExactly(302L, 200L);
    assertThat(spans)
        .extracting(span -> number(span, "http.request.resend_count"))
        .containsExactly(null, 1L);
    assertThat(spans)
        .extracting(SpanData::getParentSpanId)
        .containsOnly(caller.getSpanContext().getSpanId());
    assertThat(world.upstream.calls)
        .extracting(Upstream.Call::traceparent)
        .containsExactly(traceparent(spans.get(0)), traceparent(spans.get(1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aRetryIsASpanOfItsOwnUnderTheSameCaller(HttpVersionPreference version) throws Exception {
    Span caller = world.sdk.getTracer("test").spanBuilder("caller").startSpan();
    ClientSession session =
        world.session(version, s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ofMillis(1))));
    try (Scope scope = caller.makeCurrent()) {
      assertThat(get(session, "/flaky")).isEqualTo("/flaky");
    }
    List<SpanData> spans = world.spans();
    assertThat(spans).extracting(span -> text(span, "error.type")).containsExactly("503", null);
    assertThat(spans)
        .extracting(span -> number(span, "http.request.resend_count"))
        .containsExactly(null, 1L);
    assertThat(spans)
        .extracting(SpanData::getParentSpanId)
        .containsOnly(caller.getSpanContext().getSpanId());
    assertThat(world.upstream.calls)
        .extracting(Upstream.Call::traceparent)
        .containsExactly(traceparent(spans.get(0)), traceparent(spans.get(1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aCancelledRequestEndsItsSpan(HttpVersionPreference version) throws Exception {
    ClientSession session = world.session(version, s -> s);
    CompletableFuture<Response> stalling = session.get("/stall").sendAsync();
    world.upstream.awaitStalled();
    assertThat(world.spans()).isEmpty();
    stalling.cancel(true);
    assertThat(text(onlySpan(), "error.type")).isEqualTo("CANCELLED");
    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void theApplicationsInterceptorsStandWithinTheExchangeAndAroundTheSpan() throws Exception {
    Interceptor later = // goes on when the caller's context is not current any more
        (request, next) ->
            CompletableFuture.supplyAsync(() -> 1).thenCompose(x -> next.send(request));
    Interceptor twice =
        (request, next) ->
            next.send(request)
                .thenCompose(
                    first -> {
                      first.close();
                      return next.send(request);
                    });
    SessionHooks own = SessionHooks.builder().aroundExchange(later).aroundAttempt(twice).build();
    ClientSession session = world.session(world.sdk, HTTP_1_1, s -> s, own);
    Span caller = world.sdk.getTracer("test").spanBuilder("caller").startSpan();
    try (Scope scope = caller.makeCurrent()) {
      get(session, "/x");
    }
    assertThat(world.spans())
        .hasSize(2)
        .extracting(SpanData::getParentSpanId)
        .containsOnly(caller.getSpanContext().getSpanId());
  }

  @Test
  void whereOpenTelemetryIsSwitchedOffNothingIsAdded() throws Exception {
    ClientSession session =
        world.session(OpenTelemetry.noop(), HTTP_1_1, s -> s, SessionHooks.NONE);
    get(session, "/x");
    assertThat(world.spans()).isEmpty();
    assertThat(world.upstream.calls).extracting(Upstream.Call::traceparent).containsOnly("null");
  }
}
