package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.TruncatedResponseException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.settings.DataSize;

/** What comes together is told together. */
class TogetherTest {
  private final World world = World.simple();

  @Test
  void aResponseWhoseBodyCameWithItIsToldWhenAllIsOver() {
    List<String> told = new ArrayList<>();
    CompletableFuture<Response> future = world.send();
    future.thenAccept(
        response ->
            told.add(
                response.bytesAsync().isDone()
                    + ", idle "
                    + world.pool().idle()
                    + ", succeeded "
                    + world.statistics().succeeded()));
    world.connection().sent().headAndMore(200).data("abc");
    assertThat(future).isNotDone();

    world.connection().end();
    assertThat(told).containsExactly("true, idle 1, succeeded 1");
    assertThat(future.join().textAsync()).isCompletedWithValue("abc");
  }

  @Test
  void aResponseWithoutABodyIsToldWhenItIsOver() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().headAndMore(204).end();
    assertThat(future.join().bytesAsync().join()).isEmpty();
  }

  @Test
  void aResponseWhoseBodyTakesLongerIsToldWithoutIt() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().headAndMore(200).data("a").readComplete();
    CompletableFuture<String> text = future.join().textAsync();
    assertThat(text).isNotDone();

    world.connection().data("b").end();
    assertThat(text).isCompletedWithValue("ab");
  }

  @Test
  void aResponseWhoseBodyIsMoreThanIsHeldIsToldAtOnce() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().headAndMore(200);
    assertThat(world.connection().data(new byte[127 * 1024])).isTrue();
    assertThat(future).isNotDone();

    assertThat(world.connection().data(new byte[1024])).isFalse();
    assertThat(future).isDone();
  }

  @Test
  void aReaderThatIsQuickKeepsThePeerSending() {
    CompletableFuture<byte[]> body = world.send().thenCompose(Response::bytesAsync);
    world.connection().sent().headAndMore(200);
    assertThat(world.connection().data(new byte[128 * 1024])).isTrue();

    world.connection().end();
    assertThat(body.join()).hasSize(128 * 1024);
  }

  @Test
  void whatIsWrongBehindAHeadIsAFailureOfTheBody() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().headAndMore(200).data("a");
    world.connection().fail(Kind.TRUNCATED);

    assertThat(future.join().status()).isEqualTo(200);
    assertThat(World.failure(future.join().bytesAsync()))
        .isInstanceOf(TruncatedResponseException.class);
    world.assertNothingIsLeft();
  }

  @Test
  void whoGivesUpInBetweenLeavesNothing() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().headAndMore(200).data("a");
    future.cancel(true);
    world.connection().finishClose();

    assertThat(world.statistics().cancelled()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedThoughItIsHere() {
    World small = World.with(s -> s.limits(l -> l.withBufferedBody(DataSize.ofKibibytes(1))));
    CompletableFuture<Response> future = small.send();
    small.connection().sent().headAndMore(200).data("a".repeat(1025)).end();
    assertThatExceptionOfType(ResponseTooLargeException.class)
        .isThrownBy(() -> future.join().bytes());
  }

  @Test
  void aStatusThatIsRaisedHasTheTextThatCameWithIt() {
    World raising = World.with(s -> s.raiseForStatus(true));
    CompletableFuture<Response> future = raising.send();
    raising.connection().sent().headAndMore(404).data("no such thing").end();
    assertThat(World.failure(future))
        .isInstanceOf(HttpStatusException.class)
        .hasMessageContaining("no such thing");
    raising.assertNothingIsLeft();
  }
}
