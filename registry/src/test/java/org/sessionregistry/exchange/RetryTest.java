package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.TruncatedResponseException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/** A request is sent again once, when nobody can have acted on it or acting twice is harmless. */
class RetryTest {
  private final World world = World.simple();

  /** The next request takes a connection that has served another. */
  private static FakeConnection used(World world) {
    world.send();
    world.connection().respond(200, "");
    return world.connection();
  }

  @ParameterizedTest(name = "{0} {1}, {2}: {3}")
  @CsvSource({
    // RFC 9110 section 9.2.2: idempotent
    "GET, CLOSED_UNANSWERED, none, again",
    "HEAD, CLOSED_UNANSWERED, none, again",
    "OPTIONS, CLOSED_UNANSWERED, none, again",
    "TRACE, CLOSED_UNANSWERED, none, again",
    "PUT, CLOSED_UNANSWERED, text, again",
    "DELETE, CLOSED_UNANSWERED, none, again",
    "PUT, CLOSED_UNANSWERED, supplied, again",
    // not idempotent: the peer may have acted
    "POST, CLOSED_UNANSWERED, none, fails",
    "PATCH, CLOSED_UNANSWERED, text, fails",
    "get, CLOSED_UNANSWERED, none, fails",
    "MKCOL, CLOSED_UNANSWERED, none, fails",
    // a body that is gone
    "PUT, CLOSED_UNANSWERED, stream, fails",
    // nothing was written, so nobody can have acted
    "GET, NOT_SENT, none, again",
    "POST, NOT_SENT, text, again",
    "PATCH, NOT_SENT, stream, again",
    // RFC 9113 section 8.7: the peer says that it has not acted
    "GET, REFUSED, none, again",
    "POST, REFUSED, text, again",
    "POST, REFUSED, supplied, again",
    "POST, REFUSED, stream, fails",
    // it may have acted before it gave up
    "GET, RESET, none, fails",
    // the peer has answered something
    "GET, CLOSED_EARLY, none, fails",
    "GET, INVALID, none, fails",
    "GET, HEADERS_TOO_LARGE, none, fails",
    "PUT, REQUEST_BODY, text, fails",
  })
  void aRequestOnAUsedConnection(String method, Kind kind, String body, String outcome) {
    used(world);
    CompletableFuture<Response> future = world.send(request(method, body));
    world.connection().fail(kind);

    if (outcome.equals("again")) {
      assertThat(world.dialer.dials()).isEqualTo(2);
      world.connection().respond(200, "");
      assertThat(future).isCompleted();
      assertThat(world.statistics().failed()).isZero();
    } else {
      assertThat(future).isCompletedExceptionally();
      assertThat(world.dialer.dials()).isEqualTo(1);
    }
    assertThat(world.statistics().requests()).as("one exchange, sent twice or not").isEqualTo(2);
    world.assertNothingIsLeft();
  }

  private RequestBuilder request(String method, String body) {
    RequestBuilder request = world.request(method, "/");
    byte[] bytes = {'x'};
    return switch (body) {
      case "text" -> request.body("x");
      case "stream" -> request.body(RequestBody.ofInputStream(new ByteArrayInputStream(bytes)));
      case "supplied" ->
          request.body(RequestBody.ofInputStream(() -> new ByteArrayInputStream(bytes)));
      default -> request;
    };
  }

  @Test
  void theSecondAttemptSendsTheSameRequest() {
    FakeConnection first = used(world);
    world.send(world.request("PUT", "/p?q").header("A", "1").body("x"));
    first.finishClose();
    assertThat(world.connection().request).usingRecursiveComparison().isEqualTo(first.request);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOT_SENT", "CLOSED_UNANSWERED"})
  void aNewConnectionThatDiesIsAFailureOfThePeer(Kind kind) {
    CompletableFuture<Response> future = world.send();
    world.connection().fail(kind);
    failure(future, ConnectionLostException.class);
    assertThat(world.dialer.dials()).isEqualTo(1);
  }

  @Test
  void whatAPeerSaysThatItDidNotTakeIsSentAgainEvenIfItsConnectionIsNew() {
    CompletableFuture<Response> future = world.send(request("POST", "text"));
    world.connection().fail(Kind.REFUSED);
    assertThat(world.dialer.dials()).isEqualTo(2);
    world.connection().respond(200, "");
    assertThat(future).isCompleted();
    world.assertNothingIsLeft();
  }

  @Test
  void whatAPeerDoesNotTakeTwiceFails() {
    CompletableFuture<Response> future = world.send();
    world.connection().fail(Kind.REFUSED);
    world.connection().fail(Kind.REFUSED);
    failure(future, ConnectionLostException.class);
    assertThat(world.dialer.dials()).isEqualTo(2);
    world.assertNothingIsLeft();
  }

  @Test
  void thereIsNoThirdAttempt() {
    used(world).closesLater = false;
    CompletableFuture<Response> future = world.send();
    world.connection().finishClose();
    world.connection().finishClose();
    failure(future, ConnectionLostException.class);
    assertThat(world.dialer.dials()).isEqualTo(2);
    world.assertNothingIsLeft();
  }

  @Test
  void theSecondAttemptTakesNoConnectionThatWasIdle() {
    world.send();
    world.send();
    world.dialer.connection(0).respond(200, "");
    world.dialer.connection(1).respond(200, "");
    world.send();
    world.dialer.connection(1).finishClose();

    assertThat(world.dialer.dials()).isEqualTo(3);
    assertThat(world.dialer.connection(2).isBusy()).isTrue();
    assertThat(world.dialer.connection(0).isBusy()).isFalse();
  }

  @Test
  void aResponseThatHasBegunIsNotAskedForAgain() {
    used(world);
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200).data("x").finishClose();
    failure(future.join().bytesAsync(), TruncatedResponseException.class);
    assertThat(world.dialer.dials()).isEqualTo(1);
  }

  @Test
  void nothingIsSentAgainWhenThatIsSwitchedOff() {
    World off = World.with(s -> s.retries(r -> r.withStaleConnection(false)));
    used(off);
    CompletableFuture<Response> future = off.send();
    off.connection().fail(Kind.NOT_SENT);
    failure(future, ConnectionLostException.class);
    assertThat(off.dialer.dials()).isEqualTo(1);
  }

  @Test
  void nothingIsSentAgainForWhoDoesNotWantItAnyMore() {
    used(world);
    CompletableFuture<Response> future = world.send();
    future.cancel(true);
    assertThat(world.dialer.dials()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void theSecondAttemptCanBeCancelledToo() {
    used(world);
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send();
    world.dialer.connection(0).finishClose();
    assertThat(world.dialer.dials()).isEqualTo(2);
    future.cancel(true);
    world.dialer.dial(1).open();
    world.assertNothingIsLeft();
    assertThat(world.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void theTotalLimitHoldsForBothAttemptsTogether() {
    World limited = World.with(s -> s.timeout(Duration.ofSeconds(10)));
    used(limited);
    CompletableFuture<Response> future = limited.send();
    limited.time.advance(Duration.ofSeconds(6));
    limited.connection().finishClose();
    limited.time.advance(Duration.ofSeconds(4));
    assertThat(future).isCompletedExceptionally();
    limited.assertNothingIsLeft();
  }

  @Test
  void aBodyThatThrowsWhenItIsAskedFailsTheExchange() {
    FakeConnection stale = used(world);
    RequestBody silent = new SilentBody(RequestBody.ofText("text"));
    CompletableFuture<Response> future = world.send(world.request("PUT", "/x").body(silent));
    stale.fail(Kind.CLOSED_UNANSWERED);

    assertThat(failure(future, RequestBodyException.class)).hasMessageContaining("it does not say");
    world.assertNothingIsLeft();
  }
}
