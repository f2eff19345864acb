package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.sessionregistry.exchange.World.failure;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.Headers;
import org.sessionregistry.ListenerFailedException;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/** What a request asks of the wire, as the connection is told, and what comes back of it. */
class TransmissionTest {
  private final World world = World.simple();

  private Headers sent(RequestBuilder request) {
    world.send(request);
    return Headers.of(world.connection().request.headers());
  }

  private RequestBuilder post() {
    return world.request("POST", "/").body("content");
  }

  @Test
  void aPlainRequestAsksForNothing() {
    assertThat(sent(post()).names()).doesNotContain("expect", "te", "trailer", "connection");
    assertThat(world.connection().request.continueNanos()).isZero();
    assertThat(world.connection().request.trailers()).isNull();
  }

  @Test
  void anExpectationIsSentAndItsWaitHandedOver() {
    assertThat(sent(post().expectContinue()).first("Expect")).contains("100-continue");
    assertThat(world.connection().request.continueNanos()).isEqualTo(1_000_000_000L);
  }

  @Test
  void anEmptyBodyExpectsNothingAndHasNoTrailers() {
    Headers head =
        sent(world.request("POST", "/").body(new byte[0]).expectContinue().trailer("a", "b"));
    assertThat(head.names()).contains("content-length").doesNotContain("expect", "trailer");
    assertThat(world.connection().request.continueNanos()).isZero();
    assertThat(world.connection().request.trailers()).isNull();
  }

  @Test
  void trailersTakeTheLengthsPlace() {
    // RFC 9112 section 7.1.2: only chunks have a trailer section
    Headers head = sent(post().trailer("A", "1").trailer("B", () -> "2"));
    assertThat(head.contains("Content-Length")).isFalse();
    assertThat(head.all("Transfer-Encoding")).containsExactly("chunked");
    assertThat(head.first("Trailer")).contains("A, B");
    assertThat(world.connection().request.trailers().get()).containsExactly("A", "1", "B", "2");
  }

  @Test
  void aLengthThatIsUnknownAnywayStaysSo() {
    RequestBody stream = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[9]));
    Headers head = sent(world.request("POST", "/").body(stream).trailer("A", "1"));
    assertThat(head.all("Transfer-Encoding")).containsExactly("chunked");
  }

  @Test
  void aRedirectThatDropsTheBodyDropsWhatBelongsToIt() {
    world.send(post().expectContinue().trailer("A", "1"));
    world.connection().sent().head(303, "Location", "/there").end();
    Headers head = Headers.of(world.connection().request.headers());
    assertThat(head.names()).doesNotContain("expect", "trailer", "transfer-encoding");
  }

  @Test
  void whoAcceptsTrailersSaysSo() {
    // RFC 9110 section 10.1.4: TE is about the connection
    Headers head = sent(world.get("/").acceptTrailers());
    assertThat(head.first("TE")).contains("trailers");
    assertThat(head.first("Connection")).contains("TE");
  }

  @Test
  void whileABodyWaitsTheTimeToWriteDoesNotRun() {
    World limited = World.with(s -> s.timeout(t -> t.withWrite(Duration.ofSeconds(1))));
    CompletableFuture<Response> future =
        limited.send(limited.request("POST", "/").body("x").expectContinue(Duration.ofSeconds(30)));
    limited.time.advance(Duration.ofSeconds(20));
    assertThat(future).isNotDone();
    limited.connection().begun();
    limited.time.advance(Duration.ofSeconds(1).plus(World.TICK));
    assertThat(future).isCompletedExceptionally();
    limited.assertNothingIsLeft();
  }

  @Test
  void anExpectationThatIsRefusedIsDroppedOnTheSecondRequest() {
    CompletableFuture<Response> future = world.send(post().expectContinue());
    world.connection().head(417).end();
    assertThat(Headers.of(world.connection().request.headers()).contains("Expect")).isFalse();
    world.connection().respond(200, "");
    assertThat(future.join().status()).isEqualTo(200);
    assertThat(world.statistics().retries()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void anExpectationThatIsRefusedIsDroppedEvenIfTheAnswerIsCutShort() {
    CompletableFuture<Response> future = world.send(post().expectContinue());
    world.connection().head(417).fail(Kind.DISCARDED);
    world.connection().respond(200, "");
    assertThat(future.join().status()).isEqualTo(200);
    world.assertNothingIsLeft();
  }

  @Test
  void aRefusalThatNobodyExpectedIsTheAnswer() {
    CompletableFuture<Response> future = world.send(post());
    world.connection().respond(417, "");
    assertThat(future.join().status()).isEqualTo(417);
    assertThat(world.dialer.dials()).isEqualTo(1);
  }

  @Test
  void aBodyThatIsGoneIsNotSentAgainForARefusal() {
    RequestBody once = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[9]));
    CompletableFuture<Response> future =
        world.send(world.request("POST", "/").body(once).expectContinue());
    world.connection().begun().respond(417, "");
    assertThat(future.join().status()).isEqualTo(417);
    world.assertNothingIsLeft();
  }

  @Test
  void progressStartsOverWhenTheRequestIsSentAgain() {
    world.send();
    world.connection().respond(200, "");
    List<String> heard = new ArrayList<>();
    world.send(
        world
            .request("PUT", "/")
            .body("content")
            .onUploadProgress((sent, total) -> heard.add(sent + " of " + total.orElse(-1))));
    world.connection().written(3).written(2).finishClose();
    world.connection().written(7).respond(200, "");
    assertThat(heard).containsExactly("3 of 7", "5 of 7", "7 of 7");
    world.assertNothingIsLeft();
  }

  @Test
  void aListenerThatThrowsEndsTheExchangeAndHearsNoMore() {
    List<Long> heard = new ArrayList<>();
    CompletableFuture<Response> future =
        world.send(
            post()
                .onUploadProgress(
                    (sent, total) -> {
                      heard.add(sent);
                      throw new IllegalStateException("no");
                    }));
    world.connection().written(3);
    failure(future, ListenerFailedException.class);
    assertThat(heard).containsExactly(3L);
    world.assertNothingIsLeft();
  }

  // ---- trailers of the response ---------------------------------------------------------------

  @Test
  void trailersAreThereWhenTheEndIs() {
    Response response = world.respondedHead();
    CompletableFuture<Headers> trailers = response.trailersAsync();
    assertThatIllegalStateException().isThrownBy(response::trailers);
    world.connection().data("x").trailers("A", "1");
    assertThat(trailers).isNotDone();
    world.connection().end();
    assertThat(trailers).isCompletedWithValue(Headers.of("A", "1"));
    assertThat(response.trailers()).isEqualTo(Headers.of("A", "1"));
    assertThat(response.trailersAsync()).isCompletedWithValue(Headers.of("A", "1"));
  }

  @Test
  void aResponseThatFailsHasNoTrailers() {
    Response response = world.respondedHead();
    CompletableFuture<Headers> before = response.trailersAsync();
    world.connection().fail(Kind.TRUNCATED);
    assertThat(before).isCompletedExceptionally();
    assertThat(response.trailersAsync()).isCompletedExceptionally();
    assertThatIllegalStateException().isThrownBy(response::trailers);
  }

  @Test
  void aResponseThatIsClosedEarlyHasNoTrailers() {
    Response response = world.respondedHead();
    CompletableFuture<Headers> before = response.trailersAsync();
    response.close();
    failure(before, ResponseClosedException.class);
    failure(response.trailersAsync(), ResponseClosedException.class);
  }

  @Test
  void whoCancelsHisFutureOfTheTrailersDisturbsNobody() {
    Response response = world.respondedHead();
    response.trailersAsync().cancel(true);
    CompletableFuture<Headers> other = response.trailersAsync();
    world.connection().trailers("A", "1").end();
    assertThat(other).isCompletedWithValue(Headers.of("A", "1"));
  }
}
