package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailureKind;
import org.sessionregistry.Headers;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.Interceptor;
import org.sessionregistry.InterceptorException;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionListener;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** What applications put around an exchange or around each attempt of it. */
class InterceptorsTest {
  /** Where an interceptor stands. */
  enum Around {
    EXCHANGE,
    ATTEMPT;

    SessionHooks hooks(Interceptor... interceptors) {
      SessionHooks.Builder hooks = SessionHooks.builder();
      for (Interceptor interceptor : interceptors) {
        if (this == EXCHANGE) {
          hooks.aroundExchange(interceptor);
        } else {
          hooks.aroundAttempt(interceptor);
        }
      }
      return hooks.build();
    }

    World world(Interceptor... interceptors) {
      return World.with(s -> s, hooks(interceptors));
    }

    World world(UnaryOperator<SessionSettingsBuilder> change, Interceptor... interceptors) {
      return World.with(change, hooks(interceptors));
    }
  }

  private final List<String> log = new ArrayList<>();

  private Interceptor logged(String name) {
    return (request, next) -> {
      log.add(name + " " + request.method() + " " + request.reference());
      return next.send(request)
          .whenComplete(
              (response, failure) ->
                  log.add(name + " " + (response == null ? "failed" : response.status())));
    };
  }

  /** The connection that the last request went over. */
  private static FakeConnection wire(World world) {
    for (int i = world.dialer.dials() - 1; i >= 0; i--) {
      if (world.dialer.connection(i).isBusy()) {
        return world.dialer.connection(i);
      }
    }
    throw new AssertionError("nothing is on its way");
  }

  private static Headers fields(World world) {
    return Headers.of(world.connection().request.headers());
  }

  // ---- where they stand -----------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void theFirstOneIsOutermost(Around around) {
    World world = around.world(logged("a"), logged("b"));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(200, "");
    String shown = around == Around.EXCHANGE ? "/x" : "http://a/x";
    assertThat(log).containsExactly("a GET " + shown, "b GET " + shown, "b 200", "a 200");
    assertThat(future).isCompleted();
    world.assertNothingIsLeft();
  }

  @Test
  void whatOneAttachesTheInnerOnesAndTheListenersFind() {
    SessionHooks hooks =
        SessionHooks.builder()
            .aroundExchange((request, next) -> next.send(request.withAttachment(Long.class, 7L)))
            .aroundAttempt(
                (request, next) -> {
                  log.add("attempt " + request.attachment(Long.class).orElseThrow());
                  return next.send(request);
                })
            .listener(
                new SessionListener() {
                  @Override
                  public void succeeded(ExchangeView exchange) {
                    log.add("end " + exchange.request().attachment(Long.class).orElseThrow());
                  }
                })
            .build();
    World world = World.with(s -> s, hooks);
    world.send();
    world.connection().sent().head(302, "Location", "/y").end();
    world.connection().sent().head(200).end();
    assertThat(log).containsExactly("attempt 7", "attempt 7", "end 7");
    assertThat(world.connection().request.headers()).doesNotContain("7");
    world.assertNothingIsLeft();
  }

  @Test
  void aroundAnExchangeItIsCalledOnceWhateverHappensWithin() {
    World world =
        Around.EXCHANGE.world(
            s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ZERO)), logged("a"));
    world.send();
    world.connection().respond(503, "");
    world.connection().sent().head(302, "Location", "/y").end();
    world.connection().respond(200, "");
    assertThat(log).containsExactly("a GET /x", "a 200");
    world.assertNothingIsLeft();
  }

  @Test
  void aroundAttemptsItSeesEveryRedirectAndEveryRetry() {
    World world =
        Around.ATTEMPT.world(
            s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ZERO)), logged("a"));
    CompletableFuture<Response> future = world.send(world.request("POST", "/x"));
    wire(world).sent().head(303, "Location", "/y").end();
    wire(world).respond(503, "");
    wire(world).respond(200, "");
    assertThat(log)
        .containsExactly(
            "a POST http://a/x", "a 303", "a GET http://a/y", "a 503", "a GET http://a/y", "a 200");
    assertThat(future.join().history()).hasSize(1);
    assertThat(future.join().failedAttempts()).hasSize(1);
    future.join().close();
    world.assertNothingIsLeft();
  }

  @Test
  void aroundAnAttemptItSeesAllThatIsSent() {
    List<Headers> seen = new ArrayList<>();
    World world =
        Around.ATTEMPT.world(
            s -> s.auth(AuthSettings.basic("u", "p")).header("X-Default", "d").userAgent("agent"),
            (request, next) -> {
              seen.add(request.headers());
              return next.send(request);
            });
    world.cookies.store(URI.create("http://a/"), List.of("jar=j"));
    world.send(world.request("PUT", "/x").header("Own", "o").cookie("c", "v").body("text"));
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).first("Authorization")).contains("Basic dTpw");
    assertThat(seen.get(0).first("X-Default")).contains("d");
    assertThat(seen.get(0).first("Own")).contains("o");
    assertThat(seen.get(0).first("Cookie")).contains("jar=j; c=v");
    assertThat(seen.get(0).first("User-Agent")).contains("agent");
    assertThat(seen.get(0).contains("Content-Length")).as("what frames the message").isFalse();
    assertThat(fields(world).first("Content-Length")).contains("4");
    assertThat(fields(world).all("Cookie")).containsExactly("jar=j; c=v");
    assertThat(fields(world).all("Authorization")).hasSize(1);
  }

  @Test
  void toAnotherOriginGoesWhatItSaysItselfAndNothingOfTheSession() {
    World world =
        Around.ATTEMPT.world(
            s -> s.auth(AuthSettings.basic("u", "p")).header("X-Api-Key", "k").header("A", "d"),
            (request, next) ->
                next.send(
                    request
                        .withReference("http://b/y")
                        .withHeader("A", "mine")
                        .withHeader("Signature", "s")));
    world.cookies.store(URI.create("http://a/"), List.of("jar=j"));
    world.send();
    Headers sent = fields(world);
    assertThat(sent.all("Host")).containsExactly("b");
    assertThat(sent.names()).doesNotContain("authorization", "cookie", "x-api-key");
    assertThat(sent.all("A")).containsExactly("mine");
    assertThat(sent.all("Signature")).containsExactly("s");
    assertThat(sent.names()).contains("user-agent");
  }

  @Test
  void aHostThatItTookAwayIsSaidAllTheSame() {
    World world =
        Around.ATTEMPT.world(
            s -> s,
            (request, next) ->
                next.send(request.withHeaders(request.headers().filter(name -> name.equals("A")))));
    world.send(world.get("/x").header("A", "1"));
    assertThat(fields(world).all("Host")).containsExactly("a");
    assertThat(fields(world).all("A")).containsExactly("1");
    assertThat(fields(world).contains("User-Agent")).isFalse();
  }

  @Test
  void aroundAnAttemptItSeesHowAChallengeIsAnswered() {
    List<String> seen = new ArrayList<>();
    World world =
        Around.ATTEMPT.world(
            s -> s.auth(AuthSettings.digest("u", "p")),
            (request, next) -> {
              seen.add(request.headers().first("Authorization").orElse("none").split(" ")[0]);
              return next.send(request);
            });
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(401, "WWW-Authenticate", "Digest nonce=n, qop=auth").end();
    world.connection().respond(200, "");
    assertThat(seen).containsExactly("none", "Digest");
    assertThat(future.join().status()).isEqualTo(200);
    world.assertNothingIsLeft();
  }

  @Test
  void bothKindsGoTogether() {
    World world =
        World.with(
            s -> s,
            SessionHooks.builder()
                .aroundAttempt(logged("attempt"))
                .aroundExchange(logged("exchange"))
                .build());
    world.send();
    world.connection().respond(200, "");
    assertThat(log)
        .containsExactly(
            "exchange GET /x", "attempt GET http://a/x", "attempt 200", "exchange 200");
  }

  // ---- what they may do -----------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void itChangesTheRequest(Around around) {
    World world =
        around.world(
            (request, next) ->
                next.send(
                    request
                        .withMethod("PUT")
                        .withReference("http://a/changed?q=1")
                        .withHeader("X-Trace", "t")
                        .withBody(RequestBody.ofText("body"))));
    CompletableFuture<Response> future = world.send();
    assertThat(world.connection().request.method()).isEqualTo("PUT");
    assertThat(world.connection().request.target()).isEqualTo("/changed?q=1");
    assertThat(world.connection().request.bytes()).isEqualTo("body".getBytes(UTF_8));
    assertThat(fields(world).first("X-Trace")).contains("t");
    world.connection().respond(200, "");
    assertThat(future.join().uri()).hasToString("http://a/changed?q=1");
    future.join().close();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void itAnswersItselfAndNothingIsSent(Around around) {
    Response kept = World.simple().respondedHead();
    World world = around.world((request, next) -> CompletableFuture.completedStage(kept));
    assertThat(world.send().join()).isSameAs(kept);
    assertThat(world.dialer.dials()).isZero();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void itReplacesTheResponse(Around around) {
    Response other = World.simple().respondedHead();
    World world =
        around.world(
            (request, next) ->
                next.send(request)
                    .thenApply(
                        response -> {
                          response.close();
                          return other;
                        }));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(200, "");
    assertThat(future.join()).isSameAs(other);
    assertThat(world.statistics().inFlight()).isZero();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void itReadsTheBodyBeforeTheApplicationGetsIt(Around around) {
    World world =
        around.world(
            (request, next) ->
                next.send(request)
                    .thenCompose(response -> response.bytesAsync().thenApply(bytes -> response)));
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200).data("a");
    assertThat(future).isNotDone();
    world.connection().data("b").end();
    assertThat(future.join().textAsync().join()).isEqualTo("ab");
    assertThat(world.statistics().succeeded()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void itSendsAgain(Around around) {
    World world =
        around.world(
            (request, next) ->
                next.send(request)
                    .thenCompose(
                        response -> {
                          response.close();
                          return next.send(request.withHeader("Again", "yes"));
                        }));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(500, "");
    assertThat(fields(world).first("Again")).contains("yes");
    world.connection().respond(200, "");
    assertThat(future.join().status()).isEqualTo(200);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void itSendsAgainAfterAFailure(Around around) {
    World world =
        around.world(
            (request, next) ->
                next.send(request)
                    .handle(
                        (response, failure) ->
                            failure == null
                                ? CompletableFuture.completedStage(response)
                                : next.send(request))
                    .thenCompose(stage -> stage));
    CompletableFuture<Response> future = world.send();
    world.connection().finishClose();
    world.connection().respond(200, "");
    assertThat(future.join().status()).isEqualTo(200);
    world.assertNothingIsLeft();
  }

  @Test
  void whatItGivesBackAroundAnAttemptIsJudged() {
    Response redirect = redirectOfAnother();
    World world =
        Around.ATTEMPT.world(
            (request, next) ->
                request.reference().endsWith("/x")
                    ? CompletableFuture.completedStage(redirect)
                    : next.send(request));
    CompletableFuture<Response> future = world.send();
    assertThat(world.connection().request.target()).isEqualTo("/y");
    world.connection().respond(200, "");
    assertThat(future.join().status()).isEqualTo(200);
    world.assertNothingIsLeft();
  }

  private static Response redirectOfAnother() {
    World other = World.with(s -> s.redirects(r -> r.withMax(0)));
    CompletableFuture<Response> future = other.send();
    other.connection().sent().head(302, "Location", "http://a/y").end();
    return future.join();
  }

  @Test
  void aFailureOfAnAttemptThatPassesThroughIsTriedAgain() {
    World world =
        Around.ATTEMPT.world(
            s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ZERO)), logged("a"));
    CompletableFuture<Response> future = world.send();
    world.connection().finishClose();
    world.connection().respond(200, "");
    assertThat(log).containsExactly("a GET http://a/x", "a failed", "a GET http://a/x", "a 200");
    assertThat(future.join().failedAttempts()).hasSize(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aTimedOutAttemptIsTriedAgain() {
    World world =
        Around.ATTEMPT.world(
            s ->
                s.retries(r -> r.withMax(1).withBackoff(Duration.ZERO))
                    .timeout(t -> t.withAttempt(Duration.ofSeconds(1))),
            logged("a"));
    CompletableFuture<Response> future = world.send();
    world.time.advance(Duration.ofSeconds(1));
    world.connection().respond(200, "");
    assertThat(future.join().failedAttempts())
        .extracting(attempt -> attempt.failure().orElseThrow().kind())
        .containsExactly(FailureKind.ATTEMPT_TIMEOUT);
    world.assertNothingIsLeft();
  }

  @Test
  void aStaleConnectionIsReplacedWithin() {
    World world = Around.ATTEMPT.world(logged("a"));
    world.send();
    world.connection().respond(200, "");
    log.clear();
    CompletableFuture<Response> future = world.send();
    world.connection().finishClose();
    world.connection().respond(200, "");
    assertThat(log).containsExactly("a GET http://a/x", "a 200");
    assertThat(future).isCompleted();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aStatusThatIsRaisedIsSeenAsItsKindSays(Around around) {
    World world = around.world(s -> s.raiseForStatus(true), logged("a"));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(404, "no");
    failure(future, HttpStatusException.class);
    assertThat(log).last().isEqualTo(around == Around.EXCHANGE ? "a failed" : "a 404");
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  // ---- what goes wrong ------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void whatItThrowsFailsTheExchange(Around around) {
    World world =
        around.world(
            (request, next) -> {
              throw new IllegalStateException("out of order");
            });
    InterceptorException failure = failure(world.send(), InterceptorException.class);
    assertThat(failure)
        .hasMessageContaining("out of order")
        .hasCauseExactlyInstanceOf(IllegalStateException.class);
    assertThat(failure.detail().uri()).hasToString("http://a/x");
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void whatItThrowsAfterItSentLeavesNothing(Around around) {
    World world =
        around.world(
            (request, next) -> {
              next.send(request);
              throw new IllegalStateException("out of order");
            });
    failure(world.send(), InterceptorException.class);
    assertThat(world.statistics().inFlight()).isZero();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void whatItThrowsAfterTheAnswerLeavesNothing(Around around) {
    World world =
        around.world(
            (request, next) ->
                next.send(request)
                    .thenApply(
                        response -> {
                          throw new IllegalStateException("out of order");
                        }));
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200);
    failure(future, InterceptorException.class);
    world.connection().finishClose();
    assertThat(world.statistics().inFlight()).isZero();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("NullAway") // what an application may do
  void noStageFailsTheExchange(Around around) {
    World world = around.world((request, next) -> null);
    assertThat(failure(world.send(), InterceptorException.class)).hasMessageContaining("null");
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("NullAway") // what an application may do
  void noResponseFailsTheExchange(Around around) {
    World world = around.world((request, next) -> CompletableFuture.completedStage(null));
    assertThat(failure(world.send(), InterceptorException.class)).hasMessageContaining("null");
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aStageThatFailedFailsTheExchange(Around around) {
    World world =
        around.world(
            (request, next) -> CompletableFuture.failedStage(new IllegalStateException("no")));
    assertThat(failure(world.send(), InterceptorException.class)).hasMessageContaining("no");
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aFailureOfTheSessionPassesAsItIs(Around around) {
    World world = around.world(logged("a"));
    CompletableFuture<Response> future = world.send();
    world.connection().finishClose();
    failure(future, ConnectionLostException.class);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void anAddressThatCannotBeUsedFailsTheExchange(Around around) {
    World world = around.world((request, next) -> next.send(request.withReference("ftp://a/x")));
    failure(world.send(), InterceptorException.class);
    world.assertNothingIsLeft();
  }

  // ---- one that never answers -----------------------------------------------------------------

  private final List<CompletableFuture<Response>> held = new ArrayList<>();

  private CompletionStage<Response> hold(Request request, Interceptor.Next next) {
    CompletableFuture<Response> never = new CompletableFuture<>();
    held.add(never);
    return never;
  }

  /** Goes on and keeps what came. */
  private CompletionStage<Response> keep(Request request, Interceptor.Next next) {
    next.send(request);
    return hold(request, next);
  }

  @ParameterizedTest
  @EnumSource
  void whoCancelsIsNotKeptByIt(Around around) {
    World world = around.world(this::hold);
    CompletableFuture<Response> future = world.send();
    future.cancel(true);
    assertThat(future).isCancelled();
    held.get(0).complete(World.simple().respondedHead());
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void whatItHoldsIsGivenBackWhenSomebodyCancels(Around around) {
    World world = around.world(this::keep);
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200).data("x");
    future.cancel(true);
    assertThat(world.connection().closed || world.connection().isDiscarding()).isTrue();
    world.connection().finishClose();
    world.assertNothingIsLeft();
  }

  @Test
  void theTotalLimitHoldsAroundAnAttempt() {
    World world = Around.ATTEMPT.world(s -> s.timeout(Duration.ofSeconds(3)), this::hold);
    CompletableFuture<Response> future = world.send();
    world.time.advance(Duration.ofSeconds(3));
    failure(future, TotalTimeoutException.class);
    world.assertNothingIsLeft();
  }

  @Test
  void theTotalLimitGivesBackWhatIsHeldAroundAnAttempt() {
    World world = Around.ATTEMPT.world(s -> s.timeout(Duration.ofSeconds(3)), this::keep);
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200).data("x");
    world.time.advance(Duration.ofSeconds(3));
    failure(future, TotalTimeoutException.class);
    assertThat(world.connection().closed).isTrue();
    world.assertNothingIsLeft();
  }

  @Test
  void theTotalLimitHoldsAroundAnExchange() {
    World world = Around.EXCHANGE.world(s -> s.timeout(Duration.ofSeconds(3)), this::hold);
    CompletableFuture<Response> future = world.send();
    world.time.advance(Duration.ofSeconds(3));
    failure(future, TotalTimeoutException.class);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatClosesDoesNotWaitForIt(Around around) {
    World world = around.world(this::hold);
    CompletableFuture<Response> future = world.send();
    world.context.enter(SessionContext.Stage.CLOSING);
    failure(future, SessionClosedException.class);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSentAfterTheEnd(Around around) {
    List<Runnable> later = new ArrayList<>();
    World world =
        around.world(
            (request, next) -> {
              CompletableFuture<Response> answer = new CompletableFuture<>();
              later.add(() -> next.send(request).thenAccept(answer::complete));
              return answer;
            });
    world.send().cancel(true);
    later.get(0).run();
    assertThat(world.dialer.dials()).isZero();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aResponseThatComesTooLateIsClosed(Around around) {
    Response late = World.simple().respondedHead();
    CompletableFuture<Response> answer = new CompletableFuture<>();
    World world = around.world((request, next) -> answer);
    world.send().cancel(true);
    answer.complete(late);
    assertThat(late.bytesAsync()).isCompletedExceptionally();
    world.assertNothingIsLeft();
  }
}
