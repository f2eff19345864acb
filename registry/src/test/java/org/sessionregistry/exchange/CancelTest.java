package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.exchange.TimeoutsTest.Step;

/** Ending the future ends the exchange, wherever it is. */
class CancelTest {

  /** The ways in which an application can end a future. */
  enum Way {
    CANCEL(future -> future.cancel(true)),
    EXCEPTION(future -> future.completeExceptionally(new IllegalStateException("mine"))),
    VALUE(future -> future.complete(null));

    private final Consumer<CompletableFuture<Response>> end;

    Way(Consumer<CompletableFuture<Response>> end) {
      this.end = end;
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final World world = World.with(s -> s.pool(p -> p.withMaxConnections(1)));

  @ParameterizedTest
  @EnumSource(Way.class)
  void aWaiterLeavesTheQueue(Way way) {
    world.send();
    CompletableFuture<Response> waiting = world.send();
    way.end.accept(waiting);
    assertThat(world.pool().waiting()).isZero();
    assertThat(world.statistics().cancelled()).isEqualTo(1);
    assertThat(world.statistics().inFlight()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aConnectionThatIsBeingOpenedIsKeptForTheNext(Way way) {
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> connecting = world.send();
    way.end.accept(connecting);
    assertThat(world.statistics().cancelled()).isEqualTo(1);

    CompletableFuture<Response> next = world.send();
    world.dialer.dial(0).open().respond(200, "");
    assertThat(next).isCompleted();
    assertThat(world.dialer.dials()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aRequestThatIsBeingSentIsCutOff(Way way) {
    CompletableFuture<Response> sending = world.send();
    way.end.accept(sending);
    assertThat(world.connection().closed).isTrue();
    assertThat(world.statistics().cancelled()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aResponseThatIsAwaitedIsCutOff(Way way) {
    CompletableFuture<Response> awaiting = world.send();
    world.connection().sent();
    way.end.accept(awaiting);
    assertThat(world.connection().closed).isTrue();
    assertThat(world.statistics().cancelled()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theFutureIsTheApplicationsNoMoreWhenTheResponseIsHere(Way way) {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200);
    way.end.accept(future);
    assertThat(world.connection().isBusy()).isTrue();
    world.connection().end();
    assertThat(world.statistics().succeeded()).isEqualTo(1);
    assertThat(world.statistics().cancelled()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, names = "RECEIVING", mode = EnumSource.Mode.EXCLUDE)
  void cancellingTwiceCountsOnce(Step step) {
    CompletableFuture<?> future = step.reach(world);
    future.cancel(true);
    future.cancel(true);
    assertThat(world.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void anExchangeThatFailedIsNotCancelledAsWell() {
    CompletableFuture<Response> future = world.send();
    world.connection().finishClose();
    future.cancel(true);
    assertThat(world.statistics().failed()).isEqualTo(1);
    assertThat(world.statistics().cancelled()).isZero();
  }

  @Test
  void aCancelledExchangeHasNoTimersLeft() {
    World limited =
        World.with(s -> s.timeout(t -> t.withWrite(LIMIT).withResponse(LIMIT).withAttempt(LIMIT)));
    CompletableFuture<Response> future = limited.send(limited.get("/").timeout(LIMIT));
    limited.connection().sent();
    future.cancel(true);
    limited.assertNothingIsLeft();
    assertThat(limited.statistics().failed()).isZero();
  }

  @Test
  void aConnectionThatComesWhileTheWaiterLeavesIsGivenBackUnused() {
    AtomicReference<CompletableFuture<Response>> sent = new AtomicReference<>();
    RequestBody cancelling =
        new CancellingBody(() -> sent.get().cancel(true), RequestBody.ofText("x"));
    world.dialer.opensAtOnce = false;
    sent.set(world.send(world.request("PUT", "/").body(cancelling)));
    world.dialer.dial(0).open();

    assertThat(sent.get()).isCancelled();
    world.assertNothingIsLeft();
    assertThat(world.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void anInterruptedCallerCancelsTheExchange() {
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> world.get("/").send());
    } finally {
      assertThat(Thread.interrupted()).as("still interrupted").isFalse();
    }
    assertThat(world.statistics().cancelled()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void cancellingADependentStageIsNotCancellingTheExchange() {
    CompletableFuture<String> text = world.send().thenCompose(Response::textAsync);
    text.cancel(true);
    assertThat(world.statistics().inFlight()).isEqualTo(1);
  }
}
