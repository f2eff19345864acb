package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionregistry.exchange.World.failure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.CredentialsException;
import org.sessionregistry.Headers;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.AuthType;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** A token that a supplier gives: asked for once, and once more when the server refuses it. */
class TokenTest {
  private final List<CompletableFuture<String>> questions = new ArrayList<>();
  private World world = supplied(this::ask, s -> s);

  private static World supplied(
      TokenSupplier supplier, UnaryOperator<SessionSettingsBuilder> change) {
    return World.with(change, SessionHooks.builder().tokens(supplier).build());
  }

  private CompletionStage<String> ask() {
    CompletableFuture<String> question = new CompletableFuture<>();
    questions.add(question);
    return question;
  }

  private void answer(String token) {
    questions.get(questions.size() - 1).complete(token);
  }

  private FakeConnection wire(int number) {
    return world.dialer.connection(number);
  }

  private static String authorization(FakeConnection connection) {
    return Headers.of(connection.request.headers()).first("Authorization").orElse("");
  }

  @Test
  void manyRequestsShareOneQuestionAndHoldNoConnectionMeanwhile() {
    List<CompletableFuture<Response>> futures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      futures.add(world.send());
    }
    assertThat(questions).hasSize(1);
    assertThat(world.dialer.dials()).isZero();

    answer("t1");
    assertThat(world.dialer.dials()).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      assertThat(authorization(wire(i))).isEqualTo("Bearer t1");
      wire(i).respond(200, "");
    }
    assertThat(futures).allSatisfy(future -> assertThat(future).isCompleted());
    world.send();
    assertThat(questions).as("kept").hasSize(1);
  }

  @Test
  void aRefusedTokenIsReplacedOnceForAll() {
    List<CompletableFuture<Response>> futures = List.of(world.send(), world.send(), world.send());
    answer("t1");
    for (int i = 0; i < 3; i++) {
      wire(i).sent().head(401).data("x").end();
    }
    assertThat(questions).hasSize(2);
    answer("t2");
    for (int i = 0; i < 3; i++) {
      assertThat(authorization(wire(i))).isEqualTo("Bearer t2");
      wire(i).respond(200, "");
    }
    assertThat(futures).allSatisfy(one -> assertThat(one.join().status()).isEqualTo(200));
    assertThat(world.statistics().retries()).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void whoIsRefusedLaterWithTheOldTokenTakesTheNewOne() {
    CompletableFuture<Response> early = world.send();
    CompletableFuture<Response> late = world.send();
    answer("t1");
    wire(0).respond(401, "");
    answer("t2");
    wire(1).respond(401, "");
    assertThat(questions).hasSize(2);
    wire(0).respond(200, "");
    wire(1).respond(200, "");
    assertThat(early.join().status()).isEqualTo(200);
    assertThat(late.join().status()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsRefusedAgainIsAnswered() {
    CompletableFuture<Response> future = world.send();
    answer("t1");
    wire(0).respond(401, "");
    answer("t2");
    wire(0).respond(401, "no");
    assertThat(future.join().status()).isEqualTo(401);
    assertThat(questions).hasSize(2);
    future.join().close();
    world.assertNothingIsLeft();
  }

  @Test
  void aTokenThatIsThereAtOnceCostsNoDetour() {
    world = supplied(() -> CompletableFuture.completedStage("t"), s -> s);
    world.send();
    assertThat(authorization(wire(0))).isEqualTo("Bearer t");
  }

  @Test
  void aRequestThatGoesElsewhereNeedsNoToken() {
    world.send(world.get("http://b/"));
    assertThat(questions).isEmpty();
    assertThat(authorization(wire(0))).isEmpty();
  }

  @Test
  void aRedirectElsewhereDoesNotTakeItAlong() {
    world.send();
    answer("t1");
    wire(0).sent().head(302, "Location", "http://b/").end();
    assertThat(authorization(wire(1))).isEmpty();
    wire(1).respond(401, "");
    assertThat(questions).as("what another origin refuses, nobody asked for").hasSize(1);
  }

  @Test
  void aRequestWithAHeaderOfItsOwnNeedsNoToken() {
    world.send(world.get("/").header("Authorization", "Own x"));
    assertThat(questions).isEmpty();
    assertThat(authorization(wire(0))).isEqualTo("Own x");
  }

  // ---- what goes wrong ------------------------------------------------------------------------

  @Test
  void aSupplierThatFailsFailsAllThatWait() {
    List<CompletableFuture<Response>> futures = List.of(world.send(), world.send());
    questions.get(0).completeExceptionally(new IllegalStateException("no login"));
    for (CompletableFuture<Response> future : futures) {
      assertThat(failure(future, CredentialsException.class))
          .hasMessageContaining("no login")
          .hasCauseExactlyInstanceOf(IllegalStateException.class);
    }
    assertThat(world.dialer.dials()).as("nothing was sent").isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void aSupplierThatFailedIsAskedAgainByTheNextRequest() {
    world.send();
    questions.get(0).completeExceptionally(new IllegalStateException());
    world.send();
    answer("t");
    assertThat(authorization(wire(0))).isEqualTo("Bearer t");
  }

  @Test
  void aSupplierThatThrowsFailsTheRequest() {
    world =
        supplied(
            () -> {
              throw new IllegalStateException("no login");
            },
            s -> s);
    failure(world.send(), CredentialsException.class);
    failure(world.send(), CredentialsException.class);
    world.assertNothingIsLeft();
  }

  @Test
  @SuppressWarnings("NullAway") // what an application may do
  void aSupplierThatGivesNoStageFailsTheRequest() {
    world = supplied(() -> null, s -> s);
    assertThat(failure(world.send(), CredentialsException.class)).hasMessageContaining("null");
    failure(world.send(), CredentialsException.class);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\r\nX: y", "Bearer x", "t=t", "\u00e4\u00e4"})
  void whatIsNoTokenIsNotSentAndNotShown(String rubbish) {
    CompletableFuture<Response> future = world.send();
    answer(rubbish);
    CredentialsException failure = failure(future, CredentialsException.class);
    assertThat(failure).hasMessageContaining("RFC 6750 section 2.1");
    if (!rubbish.isBlank()) {
      assertThat(failure.getMessage()).doesNotContain(rubbish);
      assertThat(failure.getCause().toString()).doesNotContain(rubbish);
    }
    world.assertNothingIsLeft();
  }

  @Test
  void nullIsNoToken() {
    CompletableFuture<Response> future = world.send();
    questions.get(0).complete(null);
    assertThat(failure(future, CredentialsException.class)).hasMessageContaining("null");
    world.assertNothingIsLeft();
  }

  @Test
  void whoCancelsWhileTheTokenIsAskedForSendsNothing() {
    CompletableFuture<Response> cancelled = world.send();
    CompletableFuture<Response> other = world.send();
    cancelled.cancel(true);
    answer("t");
    assertThat(world.dialer.dials()).isEqualTo(1);
    wire(0).respond(200, "");
    assertThat(other).isCompleted();
    assertThat(world.statistics().cancelled()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void theTotalLimitHoldsWhileTheTokenIsAskedFor() {
    world = supplied(this::ask, s -> s.timeout(Duration.ofSeconds(3)));
    CompletableFuture<Response> future = world.send();
    world.time.advance(Duration.ofSeconds(3));
    failure(future, TotalTimeoutException.class);
    answer("t");
    assertThat(world.dialer.dials()).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void aSessionThatClosesDoesNotWaitForAToken() {
    CompletableFuture<Response> future = world.send();
    world.context.enter(SessionContext.Stage.CLOSING);
    failure(future, SessionClosedException.class);
    answer("t");
    assertThat(world.dialer.dials()).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void aTokenIsInNoMessage() {
    CompletableFuture<Response> future = world.send();
    answer("t0ken");
    wire(0).finishClose();
    Throwable failure = failure(future);
    assertThat(failure.toString()).doesNotContain("t0ken");
  }

  // ---- beside the settings --------------------------------------------------------------------

  @Test
  void aFixedTokenIsSentWithEveryRequest() {
    world = World.with(s -> s.auth(AuthSettings.bearer("fix")));
    world.send();
    assertThat(authorization(wire(0))).isEqualTo("Bearer fix");
    wire(0).respond(401, "");
    assertThat(wire(0).exchanges).as("there is nothing else to say").isEqualTo(1);
  }

  @Test
  void userAndPasswordAreSentInUtf8() {
    world = World.with(s -> s.auth(AuthSettings.basic("test", "123\u00a3")));
    world.send();
    assertThat(authorization(wire(0)))
        .as("RFC 7617 section 2.1")
        .isEqualTo("Basic dGVzdDoxMjPCow==");
  }

  @Test
  void aSupplierTakesThePlaceOfAFixedToken() {
    world =
        supplied(
            () -> CompletableFuture.completedStage("t"), s -> s.auth(AuthSettings.bearer("fix")));
    world.send();
    assertThat(authorization(wire(0))).isEqualTo("Bearer t");
  }

  @Test
  void aSupplierBesideAPasswordIsAContradiction() {
    assertThatThrownBy(() -> supplied(this::ask, s -> s.auth(AuthSettings.basic("u", "p"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("bearer or none beside a token supplier");
    assertThatThrownBy(() -> supplied(this::ask, s -> s.header("authorization", "s3cret")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aBearerWithoutATokenIsAContradiction() {
    SessionSettings settings =
        SessionSettings.builder("s")
            .baseUrl("http://a/")
            .auth(
                new AuthSettings(
                    AuthType.BEARER, Optional.empty(), Optional.empty(), Optional.empty()))
            .build();
    assertThatThrownBy(() -> CredentialsChoice.of(settings, SessionHooks.NONE, Optional.empty()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("a token supplier");
  }
}
