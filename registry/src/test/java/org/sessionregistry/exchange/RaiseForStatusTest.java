package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.FailureKind;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.Response;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** Answers that count as failures: those of the session, and one that is asked to. */
class RaiseForStatusTest {
  private World world = raising(s -> s);

  private static World raising(UnaryOperator<SessionSettingsBuilder> change) {
    return World.with(s -> change.apply(s.raiseForStatus(true)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 499, 500, 503, 599})
  void anAnswerOf4xxOr5xxFails(int status) {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(status, "X", "y").data("it is ").data("gone").end();

    HttpStatusException failure = failure(future, HttpStatusException.class);
    assertThat(failure).hasMessageContaining("answered " + status + " Reason: it is gone");
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.headers().first("x")).contains("y");
    assertThat(failure.bodyStart()).isEqualTo("it is gone");
    assertThat(failure.kind()).isEqualTo(FailureKind.HTTP_STATUS);
    assertThat(failure.detail().uri()).hasToString("http://a/x");
    assertThat(world.statistics().failed()).isEqualTo(1);
    assertThat(world.statistics().succeeded()).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void theConnectionOfAFailureServesOthers() {
    world.send();
    world.connection().respond(404, "no");
    CompletableFuture<Response> next = world.send();
    world.connection().respond(200, "");
    assertThat(next).isCompleted();
    assertThat(world.dialer.dials()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 304, 399})
  void anotherAnswerIsGiven(int status) {
    CompletableFuture<Response> future = world.send();
    world.connection().respond(status, "");
    assertThat(future.join().status()).isEqualTo(status);
    world.assertNothingIsLeft();
  }

  @Test
  void theFailureWaitsForTheTextThatExplainsIt() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(500).data("a");
    assertThat(future).isNotDone();
    world.connection().data("b").end();
    assertThat(failure(future, HttpStatusException.class).bodyStart()).isEqualTo("ab");
  }

  @Test
  void aLongTextIsCutAndTheRestIsNotRead() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(500).data("x".repeat(8191));
    assertThat(future).isNotDone();
    world.connection().data("yz");
    assertThat(failure(future, HttpStatusException.class).bodyStart()).hasSize(8192).endsWith("xy");
    assertThat(world.connection().isDiscarding()).isTrue();
    world.connection().end();
    assertThat(world.statistics().failed()).isEqualTo(1);
    assertThat(world.statistics().cancelled()).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void theMessageShowsTheStartOfALongText() {
    CompletableFuture<Response> future = world.send();
    world.connection().respond(500, "long \r\n  text ".repeat(100));
    assertThat(failure(future, HttpStatusException.class).getMessage())
        .contains("500 Reason: long text long text")
        .doesNotContain("\n")
        .hasSizeLessThan(500);
  }

  @Test
  void theTextIsReadInItsCharset() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(500, "Content-Type", "text/plain; charset=ISO-8859-1");
    world.connection().data(new byte[] {(byte) 0xE4});
    world.connection().end();
    assertThat(failure(future, HttpStatusException.class).bodyStart()).isEqualTo("\u00e4");
  }

  @Test
  void aTextThatIsCutOffIsLeftOut() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(502).data("half").finishClose();
    assertThat(failure(future, HttpStatusException.class).status()).isEqualTo(502);
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aTextThatDoesNotComeInTimeIsLeftOut() {
    world = raising(s -> s.timeout(Duration.ofSeconds(3)));
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(502).data("half");
    world.time.advance(Duration.ofSeconds(3));
    assertThat(failure(future, HttpStatusException.class).status()).isEqualTo(502);
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void whoDoesNotWantItAnyMoreIsNotKeptByTheText() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(502).data("half");
    future.cancel(true);
    assertThat(world.statistics().cancelled()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aRedirectIsFollowedBeforeItCounts() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(302, "Location", "/y").end();
    world.connection().respond(404, "");
    assertThat(failure(future, HttpStatusException.class).detail().uri()).hasToString("http://a/y");
    world.assertNothingIsLeft();
  }

  @Test
  void aRetryIsMadeBeforeItCounts() {
    world = raising(s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ZERO)));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(503, "");
    assertThat(future).isNotDone();
    world.connection().respond(200, "");
    assertThat(future.join().status()).isEqualTo(200);
    world.assertNothingIsLeft();
  }

  // ---- by hand --------------------------------------------------------------------------------

  private Response answered(int status, String body) {
    world = World.simple();
    CompletableFuture<Response> future = world.send();
    world.connection().respond(status, body);
    return future.join();
  }

  @Test
  void anAnswerMayBeAskedToFail() {
    Response response = answered(418, "short and stout");
    assertThat(failure(response.raiseForStatusAsync(), HttpStatusException.class))
        .hasMessageContaining("418 Reason: short and stout");
    world.assertNothingIsLeft();
  }

  @Test
  void aGoodAnswerIsGivenBack() {
    Response response = answered(200, "x");
    assertThat(response.raiseForStatusAsync().join()).isSameAs(response);
    assertThat(response.bytesAsync().join()).isEqualTo("x".getBytes(UTF_8));
    world.assertNothingIsLeft();
  }

  @Test
  void aTextThatWasReadBeforeIsShownAsWell() {
    Response response = answered(500, "broken");
    response.bytesAsync().join();
    assertThat(failure(response.raiseForStatusAsync(), HttpStatusException.class).bodyStart())
        .isEqualTo("broken");
  }

  @Test
  void aTextThatSomebodyElseReadsIsLeftOut() {
    Response response = answered(500, "broken");
    RecordingSubscriber reader = new RecordingSubscriber();
    response.body().subscribe(reader);
    assertThat(failure(response.raiseForStatusAsync(), HttpStatusException.class).bodyStart())
        .isEmpty();
  }
}
