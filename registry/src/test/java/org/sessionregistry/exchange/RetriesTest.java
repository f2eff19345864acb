package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.AttemptTimeoutException;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.FailureKind;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionListener;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.settings.Percentage;
import org.sessionregistry.settings.RetrySettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** An attempt that failed is followed by another one, after a while and within limits. */
class RetriesTest {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final List<FailedAttempt> heard = new ArrayList<>();
  private World world = retrying(s -> s);

  /** Three further attempts, a second apart at most. */
  private World retrying(UnaryOperator<SessionSettingsBuilder> change) {
    SessionListener listener =
        new SessionListener() {
          @Override
          public void retrying(ExchangeView exchange, FailedAttempt failed) {
            heard.add(failed);
          }
        };
    return World.with(
        s ->
            change.apply(s.retries(r -> r.withMax(3).withBackoff(LONGEST).withMaxBackoff(LONGEST))),
        SessionHooks.builder().listener(listener).build());
  }

  private World retrying(UnaryOperator<RetrySettings> retries, Duration total) {
    return retrying(s -> s.retries(retries).timeout(total));
  }

  private void passBackoff() {
    world.time.advance(LONGEST);
  }

  private RequestBuilder request(String method, String body) {
    RequestBuilder request = world.request(method, "/x");
    byte[] bytes = {'x'};
    return switch (body) {
      case "text" -> request.body("x");
      case "stream" -> request.body(RequestBody.ofInputStream(new ByteArrayInputStream(bytes)));
      case "supplied" ->
          request.body(RequestBody.ofInputStream(() -> new ByteArrayInputStream(bytes)));
      default -> request;
    };
  }

  // ---- what is tried again --------------------------------------------------------------------

  @ParameterizedTest(name = "{0} {1}, {2}: {3}")
  @CsvSource({
    "429, GET, none, again",
    "502, GET, none, again",
    "503, GET, none, again",
    "504, GET, none, again",
    // not one of retries.on-status
    "500, GET, none, answered",
    "404, GET, none, answered",
    "200, GET, none, answered",
    // RFC 9110 section 9.2.2: idempotent
    "503, HEAD, none, again",
    "503, OPTIONS, none, again",
    "503, TRACE, none, again",
    "503, PUT, text, again",
    "503, DELETE, none, again",
    "503, PUT, supplied, again",
    // not idempotent: the server may have acted before it answered
    "503, POST, none, answered",
    "503, PATCH, text, answered",
    "503, MKCOL, none, answered",
    // a body that is gone
    "503, PUT, stream, answered",
  })
  void anAnswer(int status, String method, String body, String outcome) {
    CompletableFuture<Response> future = world.send(request(method, body));
    world.connection().respond(status, "");
    if (outcome.equals("again")) {
      assertThat(future).isNotDone();
      assertThat(world.pool().inUse()).as("connections held while it waits").isZero();
      passBackoff();
      world.connection().respond(200, "");
      assertThat(future.join().status()).isEqualTo(200);
      assertThat(world.statistics().retries()).isEqualTo(1);
    } else {
      assertThat(future.join().status()).isEqualTo(status);
      assertThat(world.statistics().retries()).isZero();
    }
    world.assertNothingIsLeft();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "CLOSED_UNANSWERED, GET, again",
    "NOT_SENT, GET, again",
    "CLOSED_UNANSWERED, POST, fails",
    // the peer has answered something, which it would answer again
    "INVALID, GET, fails",
    "HEADERS_TOO_LARGE, GET, fails",
    // the application's own fault
    "REQUEST_BODY, PUT, fails",
  })
  void aFailureOfTheWire(Kind kind, String method, String outcome) {
    CompletableFuture<Response> future = world.send(request(method, "none"));
    world.connection().fail(kind);
    if (outcome.equals("again")) {
      assertThat(future).isNotDone();
      passBackoff();
      world.connection().respond(200, "");
      assertThat(future.join().failedAttempts()).hasSize(1);
    } else {
      assertThat(future).isCompletedExceptionally();
    }
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(
      value = DialFailure.Kind.class,
      names = {"HOST_NOT_FOUND", "DNS_TIMEOUT", "CONNECT_FAILED", "CONNECT_TIMEOUT"})
  void aConnectionThatCannotBeOpened(DialFailure.Kind kind) {
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send();
    world.dialer.dial(0).fail(kind);
    assertThat(future).isNotDone();
    passBackoff();
    world.dialer.dial(1).open();
    world.connection().respond(200, "");
    assertThat(future.join().failedAttempts()).hasSize(1);
    world.assertNothingIsLeft();
  }

  @Test
  void anAttemptThatTakesTooLong() {
    world = retrying(s -> s.timeout(t -> t.withAttempt(Duration.ofSeconds(5))));
    CompletableFuture<Response> future = world.send();
    world.connection().sent();
    world.time.advance(Duration.ofSeconds(5));
    assertThat(future).isNotDone();
    assertThat(world.connection().closed).as("what may still be answered").isTrue();
    passBackoff();
    world.connection().respond(200, "");
    assertThat(kinds(future)).containsExactly(FailureKind.ATTEMPT_TIMEOUT);
    world.assertNothingIsLeft();
  }

  @Test
  void anAnswerThatDoesNotCome() {
    world = retrying(s -> s.timeout(t -> t.withResponse(Duration.ofSeconds(5))));
    CompletableFuture<Response> future = world.send();
    world.connection().sent();
    world.time.advance(Duration.ofSeconds(5));
    passBackoff();
    world.connection().respond(200, "");
    assertThat(kinds(future)).containsExactly(FailureKind.RESPONSE_TIMEOUT);
    world.assertNothingIsLeft();
  }

  @Test
  void anAttemptInTheQueueThatTakesTooLongLeavesIt() {
    world =
        retrying(
            s ->
                s.pool(p -> p.withMaxConnections(1))
                    .timeout(t -> t.withAttempt(Duration.ofSeconds(5))));
    CompletableFuture<Response> first = world.send(world.request("POST", "/"));
    CompletableFuture<Response> waiting = world.send();
    world.time.advance(Duration.ofSeconds(5));
    failure(first, AttemptTimeoutException.class);
    assertThat(waiting).isNotDone();
    passBackoff();
    world.connection().respond(200, "");
    assertThat(kinds(waiting)).containsExactly(FailureKind.ATTEMPT_TIMEOUT);
    world.assertNothingIsLeft();
  }

  private static List<FailureKind> kinds(CompletableFuture<Response> future) {
    return future.join().failedAttempts().stream()
        .map(attempt -> attempt.failure().orElseThrow().kind())
        .toList();
  }

  // ---- how often, and how long ----------------------------------------------------------------

  @Test
  void theLastAnswerIsGiven() {
    CompletableFuture<Response> future = world.send();
    for (int i = 0; i < 4; i++) {
      assertThat(future).isNotDone();
      world.connection().sent().head(503).data("busy " + i).end();
      passBackoff();
    }
    assertThat(future.join().textAsync().join()).isEqualTo("busy 3");
    assertThat(future.join().failedAttempts()).hasSize(3).isEqualTo(heard);
    assertThat(world.connection().exchanges).isEqualTo(4);
    assertThat(world.statistics().requests()).as("one exchange").isEqualTo(1);
    assertThat(world.statistics().retries()).isEqualTo(3);
    world.assertNothingIsLeft();
  }

  @Test
  void theLastFailureIsGiven() {
    CompletableFuture<Response> future = world.send();
    for (int i = 0; i < 4; i++) {
      assertThat(future).isNotDone();
      world.connection().finishClose();
      passBackoff();
    }
    failure(future, ConnectionLostException.class);
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void whatWentWrongCanBeSeen() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(503, "Retry-After", "2").end();
    world.time.advance(Duration.ofSeconds(2).minus(World.TICK));
    assertThat(world.connection().isBusy()).isFalse();
    world.time.advance(World.TICK);
    world.connection().respond(200, "");

    FailedAttempt expected =
        new FailedAttempt(OptionalInt.of(503), Optional.empty(), Duration.ofSeconds(2));
    assertThat(future.join().failedAttempts()).containsExactly(expected);
    assertThat(heard).containsExactly(expected);
    assertThat(expected).hasToString("503, then 2.0 s");
  }

  @Test
  void aRetryAfterLongerThanTheTimeThatIsLeftGivesTheAnswerAtOnce() {
    world = retrying(r -> r.withMax(3), Duration.ofSeconds(10));
    CompletableFuture<Response> future = world.send();
    world.time.advance(Duration.ofSeconds(4));
    world.connection().sent().head(503, "Retry-After", "6").data("x").end();
    assertThat(future.join().status()).isEqualTo(503);
    assertThat(world.statistics().retries()).isZero();
    future.join().close();
    world.assertNothingIsLeft();
  }

  @Test
  void aRetryAfterWithinTheTimeThatIsLeftIsWaitedFor() {
    world = retrying(r -> r.withMax(3), Duration.ofSeconds(10));
    CompletableFuture<Response> future = world.send();
    world.time.advance(Duration.ofSeconds(4));
    world.connection().sent().head(503, "Retry-After", "5").end();
    assertThat(future).isNotDone();
    world.time.advance(Duration.ofSeconds(5));
    world.connection().respond(200, "");
    assertThat(future).isCompleted();
    world.assertNothingIsLeft();
  }

  @Test
  void nothingIsTriedAgainUnlessThatIsAskedFor() {
    world = World.simple();
    CompletableFuture<Response> future = world.send();
    world.connection().respond(503, "");
    assertThat(future.join().status()).isEqualTo(503);
    assertThat(future.join().failedAttempts()).isEmpty();
  }

  @Test
  void noWaitIsNoTimer() {
    world = retrying(s -> s.retries(r -> r.withBackoff(Duration.ZERO).withMax(3)));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(503, "");
    world.connection().respond(200, "");
    assertThat(future).isCompleted();
  }

  // ---- the budget -----------------------------------------------------------------------------

  @Test
  void anOutageIsNotMultiplied() {
    world = retrying(s -> s.retries(r -> r.withBackoff(Duration.ZERO).withMax(3)));
    int sent = 0;
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Response> future = world.send();
      while (!future.isDone()) {
        world.connection().respond(503, "");
        sent++;
      }
      assertThat(future.join().status()).isEqualTo(503);
    }
    assertThat(sent).as("attempts of 100 requests, 20% and 10 more").isBetween(125, 130);
    world.assertNothingIsLeft();
  }

  @Test
  void aBudgetOfNothingMakesNoRetry() {
    world = retrying(s -> s.retries(r -> r.withMax(3).withBudget(new Percentage(0))));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(503, "");
    assertThat(future.join().status()).isEqualTo(503);
  }

  @Test
  void aStaleConnectionIsReplacedFreeOfChargeAndAtOnce() {
    world = retrying(s -> s.retries(r -> r.withMax(1).withBudget(new Percentage(0))));
    world.send();
    world.connection().respond(200, "");
    CompletableFuture<Response> future = world.send();
    world.connection().finishClose();
    assertThat(world.dialer.dials()).isEqualTo(2);
    world.connection().respond(200, "");
    assertThat(future.join().failedAttempts()).isEmpty();
    world.assertNothingIsLeft();
  }

  @Test
  void aStaleConnectionIsReplacedInEachFurtherAttempt() {
    world.send();
    world.connection().respond(200, "");
    CompletableFuture<Response> future = world.send();
    world.connection().respond(503, ""); // the connection stays, and dies in the next attempt
    passBackoff();
    world.connection().finishClose();
    assertThat(world.dialer.dials()).isEqualTo(2);
    world.connection().respond(200, "");
    assertThat(future.join().failedAttempts()).hasSize(1);
    world.assertNothingIsLeft();
  }

  // ---- the end while it waits -----------------------------------------------------------------

  private CompletableFuture<Response> waiting() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(503, "Retry-After", "5").end();
    assertThat(future).isNotDone();
    return future;
  }

  @Test
  void whoDoesNotWantItAnyMoreLeavesNoTimer() {
    CompletableFuture<Response> future = waiting();
    future.cancel(true);
    assertThat(world.time.pending()).as("the idle connection's").isEqualTo(1);
    assertThat(world.connection().exchanges).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void theTotalLimitHoldsWhileItWaits() {
    world = retrying(s -> s.timeout(Duration.ofSeconds(10)));
    CompletableFuture<Response> future = waiting();
    world.time.advance(Duration.ofSeconds(5));
    world.connection().sent();
    world.time.advance(Duration.ofSeconds(5));
    failure(future, TotalTimeoutException.class);
    world.assertNothingIsLeft();
  }

  @Test
  void theRequestsOwnLimitIsWhatIsLeft() {
    CompletableFuture<Response> future = world.send(world.get("/").timeout(Duration.ofSeconds(4)));
    world.connection().sent().head(503, "Retry-After", "5").end();
    assertThat(future.join().status()).isEqualTo(503);
  }

  @Test
  void aSessionThatClosesDoesNotWait() {
    CompletableFuture<Response> future = waiting();
    world.context.enter(SessionContext.Stage.CLOSING);
    failure(future, SessionClosedException.class);
    assertThat(world.connection().exchanges).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aSessionThatIsClosingTriesNothingAgain() {
    CompletableFuture<Response> future = world.send();
    world.context.enter(SessionContext.Stage.CLOSING);
    world.connection().respond(503, "");
    assertThat(future.join().status()).isEqualTo(503);
    world.assertNothingIsLeft();
  }

  @Test
  void theTimeOfAllAttemptsAndWaitsCounts() {
    world = retrying(s -> s.timeout(Duration.ofSeconds(20)));
    CompletableFuture<Response> future = waiting();
    world.time.advance(Duration.ofSeconds(5));
    world.connection().sent();
    world.time.advance(Duration.ofSeconds(15));
    TotalTimeoutException failure = failure(future, TotalTimeoutException.class);
    assertThat(failure.detail().elapsed()).isEqualTo(Duration.ofSeconds(20));
  }

  // ---- together with others -------------------------------------------------------------------

  @Test
  void aRedirectAndARetryGoTogether() {
    CompletableFuture<Response> future = world.send();
    world.connection().respond(503, "");
    passBackoff();
    world.connection().sent().head(302, "Location", "/y").end();
    world.connection().respond(503, "");
    passBackoff();
    assertThat(world.connection().request.target()).isEqualTo("/y");
    world.connection().respond(200, "");
    assertThat(future.join().failedAttempts()).hasSize(2);
    assertThat(future.join().history()).hasSize(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aBodyThatDoesNotSayWhetherItIsThereFailsTheExchange() {
    RequestBody silent = new SilentBody(RequestBody.ofText("text"));
    CompletableFuture<Response> future = world.send(world.request("PUT", "/x").body(silent));
    world.connection().respond(503, "");
    failure(future, RequestBodyException.class);
    world.assertNothingIsLeft();
  }

  @Test
  void anAnswerWhoseRestIsCutOffIsTriedAgainAllTheSame() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(503).data("x").finishClose();
    passBackoff();
    world.connection().respond(200, "");
    assertThat(future).isCompleted();
    world.assertNothingIsLeft();
  }
}
