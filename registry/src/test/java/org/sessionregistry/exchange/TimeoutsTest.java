package org.sessionregistry.exchange;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.TICK;
import static org.sessionregistry.exchange.World.failure;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.AttemptTimeoutException;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.QueueTimeoutException;
import org.sessionregistry.ReadTimeoutException;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTimeoutException;
import org.sessionregistry.SessionTimeoutException;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.WriteTimeoutException;
import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.settings.TimeoutSettings;

/** Every limit expires at its very nanosecond, in its phase and in no other. */
class TimeoutsTest {
  private static final Duration LIMIT = ofSeconds(3);

  /** Where an exchange is when its time is over. */
  enum Step {
    WAITING {
      @Override
      CompletableFuture<?> reach(World world) {
        world.send();
        return world.send();
      }
    },
    CONNECTING {
      @Override
      CompletableFuture<?> reach(World world) {
        world.dialer.opensAtOnce = false;
        return world.send();
      }
    },
    SENDING {
      @Override
      CompletableFuture<?> reach(World world) {
        return world.send();
      }
    },
    AWAITING {
      @Override
      CompletableFuture<?> reach(World world) {
        CompletableFuture<Response> future = world.send();
        world.connection().sent();
        return future;
      }
    },
    RECEIVING {
      @Override
      CompletableFuture<?> reach(World world) {
        CompletableFuture<byte[]> bytes = world.respondedHead().bytesAsync();
        world.connection().data("x");
        return bytes;
      }
    };

    abstract CompletableFuture<?> reach(World world);
  }

  private static World limited(UnaryOperator<TimeoutSettings> limits) {
    return World.with(s -> s.pool(p -> p.withMaxConnections(1)).timeout(limits));
  }

  // ---- total ----------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Step.class)
  void theTotalLimitHoldsInEveryPhase(Step step) {
    World world = limited(t -> t.withTotal(LIMIT));
    CompletableFuture<?> future = step.reach(world);

    world.time.advance(LIMIT.minus(TICK));
    assertThat(future).isNotDone();
    world.time.advance(TICK);
    assertThat(failure(future, TotalTimeoutException.class))
        .hasMessageContaining("client-session.s.timeout.total=3s")
        .returns(LIMIT, e -> e.detail().elapsed());
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aRequestsOwnLimitHoldsInPlaceOfTheSessions(Step step) {
    World world = limited(t -> t.withTotal(ofSeconds(60)));
    if (step == Step.WAITING) {
      world.send();
    }
    world.dialer.opensAtOnce = step != Step.CONNECTING;
    CompletableFuture<Response> future = world.send(world.get("/").timeout(LIMIT));
    if (step == Step.AWAITING || step == Step.RECEIVING) {
      world.connection().sent();
    }
    CompletableFuture<?> awaited = future;
    if (step == Step.RECEIVING) {
      world.connection().head(200);
      awaited = future.join().bytesAsync();
    }

    world.time.advance(LIMIT.minus(TICK));
    assertThat(awaited).isNotDone();
    world.time.advance(TICK);
    assertThat(failure(awaited, TotalTimeoutException.class))
        .hasMessageContaining("the request's own timeout of 3s");
  }

  @Test
  void aRequestsOwnLimitOfZeroIsNone() {
    World world = limited(t -> t.withTotal(LIMIT));
    CompletableFuture<Response> future = world.send(world.get("/").timeout(ZERO));
    world.time.advance(Duration.ofDays(1));
    assertThat(future).isNotDone();
  }

  @Test
  void aRequestsOwnLimitMayBeLongerThanAnyTimer() {
    World world = World.simple();
    CompletableFuture<Response> future =
        world.send(world.get("/").timeout(ofSeconds(Long.MAX_VALUE)));
    world.connection().respond(200, "");
    assertThat(future).isCompleted();
  }

  @Test
  void aResponseThatNobodyReadsIsGivenUpAtTheTotalLimit() {
    World world = limited(t -> t.withTotal(LIMIT));
    Response response = world.respondedHead();
    world.time.advance(LIMIT);
    failure(response.bytesAsync(), TotalTimeoutException.class);
    world.assertNothingIsLeft();
  }

  @Test
  void aResponseThatHasEndedIsNeverTooLate() throws Exception {
    World world = limited(t -> t.withTotal(LIMIT));
    CompletableFuture<Response> future = world.send();
    world.connection().respond(200, "x");
    world.time.advance(LIMIT.multipliedBy(2));
    assertThat(future.join().text()).isEqualTo("x");
    assertThat(world.statistics().failed()).isZero();
  }

  // ---- attempt --------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Step.class)
  void theLimitOfAnAttemptHoldsInEveryPhase(Step step) {
    World world = limited(t -> t.withAttempt(LIMIT));
    CompletableFuture<?> future = step.reach(world);

    world.time.advance(LIMIT.minus(TICK));
    assertThat(future).isNotDone();
    world.time.advance(TICK);
    assertThat(failure(future, AttemptTimeoutException.class))
        .hasMessageContaining("client-session.s.timeout.attempt=3s");
    world.assertNothingIsLeft();
  }

  @Test
  void aSecondAttemptHasTheWholeLimitAgain() {
    World world = limited(t -> t.withAttempt(LIMIT));
    world.send();
    world.connection().respond(200, "");
    CompletableFuture<Response> future = world.send();
    world.time.advance(LIMIT.minus(TICK));
    world.connection().finishClose();
    assertThat(world.dialer.dials()).isEqualTo(2);

    world.time.advance(LIMIT.minus(TICK));
    assertThat(future).isNotDone();
    world.time.advance(TICK);
    failure(future, AttemptTimeoutException.class);
  }

  // ---- queue ----------------------------------------------------------------------------------

  @Test
  void theLimitOfTheQueueHoldsWhileWaiting() {
    World world = limited(t -> t.withQueue(LIMIT));
    world.send();
    CompletableFuture<Response> waiting = world.send();

    world.time.advance(LIMIT.minus(TICK));
    assertThat(waiting).isNotDone();
    world.time.advance(TICK);
    QueueTimeoutException failure = failure(waiting, QueueTimeoutException.class);
    assertThat(failure)
        .hasMessageContaining("client-session.s.timeout.queue=3s")
        .hasMessageContaining("max 1, in use 1");
    assertThat(failure.pool().orElseThrow().inUse()).isEqualTo(1);
    assertThat(failure.detail().phases().queue()).isEqualTo(LIMIT);
    assertThat(world.pool().waiting()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, names = "WAITING", mode = EnumSource.Mode.EXCLUDE)
  void theLimitOfTheQueueHoldsInNoOtherPhase(Step step) {
    World world = limited(t -> t.withQueue(LIMIT));
    CompletableFuture<?> future = step.reach(world);
    world.time.advance(LIMIT.multipliedBy(10));
    assertThat(future).isNotDone();
  }

  @Test
  void aWaiterThatWasServedInTimeIsNotFailedByTheLimitOfTheQueue() {
    World world = limited(t -> t.withQueue(LIMIT));
    world.send();
    CompletableFuture<Response> waiting = world.send();
    world.time.advance(LIMIT.minus(TICK));
    world.connection().respond(200, "");
    world.time.advance(LIMIT.multipliedBy(2));
    assertThat(waiting).isNotDone();
    world.connection().respond(200, "");
    assertThat(waiting).isCompleted();
  }

  // ---- write ----------------------------------------------------------------------------------

  @Test
  void theLimitOfWritingRunsFromTheLastProgress() {
    World world = limited(t -> t.withWrite(LIMIT));
    CompletableFuture<Response> future = world.send();
    for (int i = 0; i < 5; i++) {
      world.time.advance(LIMIT.minus(TICK));
      world.connection().written(1);
    }
    world.time.advance(LIMIT.minus(TICK));
    assertThat(future).isNotDone();
    world.time.advance(TICK);
    assertThat(failure(future, WriteTimeoutException.class))
        .hasMessageContaining("client-session.s.timeout.write=3s");
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, names = "SENDING", mode = EnumSource.Mode.EXCLUDE)
  void theLimitOfWritingHoldsInNoOtherPhase(Step step) {
    World world = limited(t -> t.withWrite(LIMIT));
    CompletableFuture<?> future = step.reach(world);
    if (step == Step.WAITING) {
      world.connection().sent(); // the other one, which is sending
    }
    world.time.advance(LIMIT.multipliedBy(10));
    assertThat(future).isNotDone();
  }

  // ---- response -------------------------------------------------------------------------------

  @Test
  void theLimitOfTheResponseRunsFromTheRequestSentToTheHeaders() {
    World world = limited(t -> t.withResponse(LIMIT));
    CompletableFuture<Response> future = world.send();
    world.time.advance(LIMIT.multipliedBy(10));
    world.connection().sent();

    world.time.advance(LIMIT.minus(TICK));
    assertThat(future).isNotDone();
    world.time.advance(TICK);
    assertThat(failure(future, ResponseTimeoutException.class))
        .hasMessageContaining("client-session.s.timeout.response=3s");
    assertThat(world.connection().closed).isTrue();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, names = "AWAITING", mode = EnumSource.Mode.EXCLUDE)
  void theLimitOfTheResponseHoldsInNoOtherPhase(Step step) {
    World world = limited(t -> t.withResponse(LIMIT));
    CompletableFuture<?> future = step.reach(world);
    world.time.advance(LIMIT.multipliedBy(10));
    assertThat(future).isNotDone();
  }

  @Test
  void headersThatCameInTimeAreNotFailedByATimeoutThatWasUnderWay() {
    World world = limited(t -> t.withResponse(LIMIT));
    CompletableFuture<Response> future = world.send();
    world.connection().sent();
    world.holdsCallbacks = true;
    world.time.advance(LIMIT);
    world.connection().head(200);
    world.runCallbacks();
    assertThat(future).isCompleted();
    assertThat(world.statistics().failed()).isZero();
  }

  // ---- read -----------------------------------------------------------------------------------

  @Test
  void theLimitOfReadingRunsFromTheLastPart() {
    World world = limited(t -> t.withRead(LIMIT));
    CompletableFuture<byte[]> bytes = world.respondedHead().bytesAsync();
    for (int i = 0; i < 5; i++) {
      world.time.advance(LIMIT.minus(TICK));
      world.connection().data("x");
    }
    world.time.advance(LIMIT.minus(TICK));
    assertThat(bytes).isNotDone();
    world.time.advance(TICK);
    assertThat(failure(bytes, ReadTimeoutException.class))
        .hasMessageContaining("client-session.s.timeout.read=3s");
    world.assertNothingIsLeft();
  }

  @Test
  void theLimitOfReadingDoesNotRunWhileNobodyReads() {
    World world = limited(t -> t.withRead(LIMIT));
    Response response = world.respondedHead();
    world.connection().data("x");
    world.time.advance(LIMIT.multipliedBy(10));
    CompletableFuture<byte[]> bytes = response.bytesAsync();
    world.connection().end();
    assertThat(bytes).isCompleted();
  }

  @Test
  void theLimitOfReadingDoesNotRunWhileTheReaderHasWhatItAskedFor() {
    World world = limited(t -> t.withRead(LIMIT));
    Response response = world.respondedHead();
    RecordingSubscriber reader = new RecordingSubscriber();
    response.body().subscribe(reader);
    world.connection().data("a");
    world.connection().data("b");
    reader.subscription.request(1);
    world.time.advance(LIMIT.multipliedBy(10));
    assertThat(reader.failure).isNull();

    reader.subscription.request(2);
    world.time.advance(LIMIT);
    assertThat(reader.failure).isInstanceOf(ReadTimeoutException.class);
  }

  @Test
  void theLimitOfReadingEndsWithTheBody() {
    World world = limited(t -> t.withRead(LIMIT));
    CompletableFuture<byte[]> bytes = world.respondedHead().bytesAsync();
    world.connection().end();
    world.time.advance(LIMIT.multipliedBy(10));
    assertThat(bytes).isCompleted();
    assertThat(world.statistics().failed()).isZero();
  }

  @Test
  void theLimitOfReadingHoldsForAStream() throws Exception {
    World world = limited(t -> t.withRead(LIMIT));
    InputStream stream = world.respondedHead().inputStream();
    world.connection().data("x");
    assertThat(stream.read()).isEqualTo('x');
    CompletableFuture<Integer> next = BodyStreamTest.readOnAnotherThread(stream);
    world.time.advance(LIMIT);
    assertThat(next)
        .failsWithin(ofSeconds(10))
        .withThrowableThat()
        .withRootCauseInstanceOf(ReadTimeoutException.class);
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, names = "RECEIVING", mode = EnumSource.Mode.EXCLUDE)
  void theLimitOfReadingHoldsInNoOtherPhase(Step step) {
    World world = limited(t -> t.withRead(LIMIT));
    CompletableFuture<?> future = step.reach(world);
    world.time.advance(LIMIT.multipliedBy(10));
    assertThat(future).isNotDone();
  }

  // ---- all --------------------------------------------------------------------------------

  @Test
  void noLimitHoldsWhenEachIsZero() {
    World world = World.with(s -> s.pool(p -> p.withMaxConnections(1)).timeout(t -> allZero()));
    CompletableFuture<byte[]> bytes = world.respondedHead().bytesAsync();
    CompletableFuture<Response> waiting = world.send();
    world.time.advance(Duration.ofDays(300));
    assertThat(bytes).isNotDone();
    assertThat(waiting).isNotDone();
    assertThat(world.time.pending()).as("timers, that of the leak watch alone").isOne();
  }

  private static TimeoutSettings allZero() {
    return new TimeoutSettings(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO);
  }

  @Test
  void aTimeoutTellsWhereTheTimeWent() {
    World world = limited(t -> t.withTotal(ofSeconds(10)));
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send();
    world.time.advance(ofMillis(60));
    world.dialer.dial(0).timing =
        new Timing(ofMillis(10).toNanos(), ofMillis(20).toNanos(), ofMillis(30).toNanos());
    world.dialer.dial(0).open();
    world.time.advance(ofMillis(40));
    world.connection().sent();
    world.time.advance(ofMillis(50));
    world.connection().head(200);
    world.time.advance(ofSeconds(10));

    SessionTimeoutException failure =
        failure(future.join().bytesAsync(), TotalTimeoutException.class);
    assertThat(failure.detail().phases())
        .isEqualTo(
            new PhaseTimes(
                ZERO,
                ofMillis(10),
                ofMillis(20),
                ofMillis(30),
                ofMillis(40),
                ofMillis(50),
                ofMillis(9850)));
    assertThat(failure).hasMessageContaining("connect 20 ms").hasMessageContaining("after 10.0 s");
  }

  @Test
  void aTimeoutWhileConnectingTellsHowFarItCame() {
    World world = limited(t -> t.withTotal(LIMIT));
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send();
    world.dialer.dial(0).timing = new Timing(ofMillis(10).toNanos(), ofMillis(70).toNanos(), 0);
    world.time.advance(LIMIT);
    assertThat(failure(future, TotalTimeoutException.class))
        .hasMessageContaining("(dns 10 ms, connect 70 ms)");
  }

  @Test
  void aReusedConnectionHasNoTimeOfConnecting() {
    World world = limited(t -> t.withTotal(LIMIT));
    world.dialer.opensAtOnce = false;
    world.send();
    world.dialer.dial(0).timing = new Timing(1_000_000_000, 1_000_000_000, 0);
    world.dialer.dial(0).open().respond(200, "");

    CompletableFuture<Response> future = world.send();
    world.time.advance(LIMIT);
    PhaseTimes phases = failure(future, TotalTimeoutException.class).detail().phases();
    assertThat(phases.dns()).isZero();
    assertThat(phases.connect()).isZero();
    assertThat(phases.send()).isEqualTo(LIMIT);
  }

  @Test
  void timeoutsCompleteFuturesWhereCallbacksRun() {
    World world = limited(t -> t.withTotal(LIMIT));
    world.holdsCallbacks = true;
    CompletableFuture<Response> future = world.send();
    world.time.advance(LIMIT);
    assertThat(future).isNotDone();
    world.runCallbacks();
    failure(future, TotalTimeoutException.class);
  }
}
