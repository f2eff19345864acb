package org.sessionregistry.servers.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Headers;
import org.sessionregistry.InformationalResponse;
import org.sessionregistry.ListenerFailedException;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** Expectations, informational responses, trailers and progress, with each server and version. */
@ParameterizedClass
@EnumSource(Upstream.class)
@Timeout(20)
class WireTest {
  private static final int LARGE = 3 << 20;

  /** None of the servers lets us wait. */
  private static final Duration LONG = Duration.ofSeconds(10);

  @Parameter Upstream upstream;

  private WireServer server;
  private SessionRegistry registry;
  private ClientSession session;

  @BeforeEach
  void start() throws Exception {
    server = upstream.start();
    registry = SessionRegistry.builder().build();
    session =
        registry.open(
            SessionSettings.builder("wire")
                .baseUrl(server.origin())
                .httpVersion(upstream.version)
                .build());
  }

  @AfterEach
  void stop() throws Exception {
    registry.close(); // waits for what is still in flight
    assertThat(session.statistics().inFlight()).isZero();
    server.close();
  }

  /** In memory, small and large; streamed with and without length; each made anew. */
  static Stream<Supplier<RequestBody>> bodies() {
    byte[] small = "small".getBytes(UTF_8);
    byte[] large = new byte[LARGE];
    large[LARGE - 1] = 7;
    return Stream.of(
        () -> RequestBody.ofBytes(small),
        () -> RequestBody.ofBytes(large),
        () -> RequestBody.ofInputStream(new ByteArrayInputStream(small)),
        () -> RequestBody.ofInputStream(new ByteArrayInputStream(large)));
  }

  private static boolean isSmall(RequestBody body) {
    return body.inMemory().filter(bytes -> bytes.length < LARGE).isPresent();
  }

  // ---- Expect (RFC 9110 section 10.1.1) -------------------------------------------------------

  @ParameterizedTest
  @MethodSource("bodies")
  void aBodyThatIsWantedIsSent(Supplier<RequestBody> body) throws Exception {
    // A large one does not arrive at Undertow over HTTP/2; at Jetty it does. Why is not known.
    assumeTrue(upstream != Upstream.UNDERTOW_2 || isSmall(body.get()));
    List<Integer> informational = Collections.synchronizedList(new ArrayList<>());
    Response response =
        session
            .post("/echo")
            .body(body.get())
            .expectContinue(LONG)
            .onInformational(said -> informational.add(said.status()))
            .send();
    assertThat(response.headers().first("seen-expect")).contains("100-continue");
    assertThat(response.bytes()).hasSizeBetween(5, LARGE);
    assertThat(informational).containsExactly(100);
  }

  @Test
  void aBodyThatIsNotWantedIsNotSent() throws Exception {
    assumeTrue(upstream.isJetty()); // Undertow asks for it, to throw it away
    List<Long> sent = Collections.synchronizedList(new ArrayList<>());
    try (Response response =
        session
            .post("/refuse")
            .body(new byte[LARGE])
            .expectContinue(LONG)
            .onUploadProgress((bytes, total) -> sent.add(bytes))
            .send()) {
      assertThat(response.status()).isEqualTo(413);
      response.bytes();
    }
    assertThat(sent).isEmpty();
    assertThat(session.statistics().bytesSent()).isZero();
    assertThat(session.post("/echo").body("next").send().text()).isEqualTo("next");
  }

  @Test
  void aRequestWithoutABodyExpectsNothing() throws Exception {
    try (Response response = session.get("/echo").expectContinue().send()) {
      assertThat(response.headers().first("seen-expect").orElse("")).isEmpty();
    }
  }

  // ---- 1xx (RFC 9110 section 15.2) ------------------------------------------------------------

  @Test
  void earlyHintsAreHeardBeforeTheResponse() throws Exception {
    assumeTrue(upstream.isJetty());
    AtomicReference<InformationalResponse> heard = new AtomicReference<>();
    Response response = session.get("/hints").onInformational(heard::set).send();
    assertThat(heard.get().status()).isEqualTo(103);
    assertThat(heard.get().headers().first("link")).contains("</style.css>");
    assertThat(response.headers().contains("link")).isFalse();
    assertThat(response.text()).isEqualTo("styled");
  }

  @Test
  void aListenerThatThrowsFailsTheExchange() throws Exception {
    assumeTrue(upstream.isJetty());
    IllegalStateException thrown = new IllegalStateException("not today");
    assertThatExceptionOfType(ListenerFailedException.class)
        .isThrownBy(
            () ->
                session
                    .get("/hints")
                    .onInformational(
                        said -> {
                          throw thrown;
                        })
                    .send())
        .withMessageContaining("onInformational")
        .withMessageContaining("not today")
        .withCause(thrown);
    assertThat(session.get("/hints").send().text()).isEqualTo("styled");
  }

  // ---- trailers of responses (RFC 9110 section 6.5) -------------------------------------------

  @Test
  void trailersComeAfterTheBody() throws Exception {
    Response response = session.get("/trailers").acceptTrailers().send();
    assertThat(response.text()).isEqualTo("one,two");
    assertThat(response.trailers()).isEqualTo(Headers.of("checksum", "42"));
    assertThat(response.trailersAsync().get(10, TimeUnit.SECONDS))
        .isEqualTo(Headers.of("checksum", "42"));
    assertThat(response.headers().contains("checksum")).isFalse();
  }

  @Test
  void trailersComeAfterAStreamedBody() throws Exception {
    Response response = session.get("/trailers").acceptTrailers().send();
    var trailers = response.trailersAsync();
    assertThat(response.inputStream().readAllBytes()).asString().isEqualTo("one,two");
    assertThat(trailers.get(10, TimeUnit.SECONDS).first("checksum")).contains("42");
  }

  @Test
  void aResponseWithoutTrailersHasNone() throws Exception {
    Response response = session.post("/echo").body("x").send();
    response.bytes();
    assertThat(response.trailers()).isEqualTo(Headers.empty());
  }

  @Test
  void withoutItsEndAResponseHasNoTrailersYet() throws Exception {
    try (Response response = session.post("/echo").body(new byte[LARGE]).send()) {
      assertThatIllegalStateException().isThrownBy(response::trailers);
    }
  }

  // ---- trailers of requests -------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("bodies")
  void aTrailerIsEvaluatedWhenTheBodyWasSent(Supplier<RequestBody> body) throws Exception {
    AtomicReference<Long> sent = new AtomicReference<>(0L);
    Response response =
        session
            .post("/echo")
            .body(body.get())
            .trailer("checksum", () -> "c-4711")
            .onUploadProgress((bytes, total) -> sent.set(bytes))
            .send();
    assertThat(response.headers().first("seen-trailer")).contains("checksum");
    assertThat(response.headers().first("seen-checksum")).contains("c-4711");
    assertThat(response.headers().first("seen-content-length").orElse("")).isEmpty();
    assertThat((long) response.bytes().length).isEqualTo(sent.get());
  }

  @Test
  void aTrailerFollowsABodyThatWasExpected() throws Exception {
    Response response =
        session.post("/echo").body("x").trailer("checksum", "1").expectContinue().send();
    assertThat(response.headers().first("seen-checksum")).contains("1");
    assertThat(response.text()).isEqualTo("x");
  }

  @Test
  void aTrailerThatCannotBeSentFailsTheExchange() throws Exception {
    assertThatExceptionOfType(RequestBodyException.class)
        .isThrownBy(
            () -> session.post("/echo").body("x").trailer("checksum", () -> "a\r\nb: c").send())
        .withMessageContaining("trailer 'checksum'")
        .withMessageContaining("RFC 9110 section 5.5");
  }

  // ---- progress -------------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("bodies")
  void progressGrowsToTheWholeBody(Supplier<RequestBody> body) throws Exception {
    List<Long> sent = Collections.synchronizedList(new ArrayList<>());
    AtomicReference<OptionalLong> total = new AtomicReference<>(OptionalLong.empty());
    RequestBody one = body.get();
    byte[] echoed =
        session
            .post("/echo")
            .body(one)
            .onUploadProgress(
                (bytes, of) -> {
                  sent.add(bytes);
                  total.set(of);
                })
            .send()
            .bytes();
    assertThat(sent).isSorted().last().isEqualTo((long) echoed.length);
    assertThat(total.get()).isEqualTo(one.contentLength());
    assertThat(sent.size()).isBetween(1, echoed.length);
  }

  @Test
  void aProgressListenerThatThrowsFailsTheExchange() {
    assertThatExceptionOfType(ListenerFailedException.class)
        .isThrownBy(
            () ->
                session
                    .post("/echo")
                    .body(new byte[LARGE])
                    .onUploadProgress(
                        (bytes, of) -> {
                          throw new AssertionError("enough");
                        })
                    .send())
        .withMessageContaining("onUploadProgress")
        .withMessageContaining("enough");
  }
}
