package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.free;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/** Requests that wait for a permit, in a pool that has connections enough. */
class RateLimitTest {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Neighbours world = Neighbours.withoutBudget();
  private final Deque<Runnable> handedOver = new ArrayDeque<>();

  @BeforeEach
  void socketsOpenAtOnce() {
    world.dialer.atOnce(FakeDial::open);
  }

  private RateLimit limit(int permits) {
    return new RateLimit(permits, PERIOD.toNanos(), world.time, Runnable::run);
  }

  private Neighbours.Member alone(RateLimit limit) {
    return world.join(world.pool(Neighbours.max(100)), "limited", limit);
  }

  private static long served(List<RecordingReceiver> requests) {
    return requests.stream().filter(RecordingReceiver::hasLease).count();
  }

  // ---- starting --------------------------------------------------------------------------------

  @Test
  void asManyAsPermitsStartAtOnceAndTheOthersOnePeriodLater() {
    Neighbours.Member limited = alone(limit(3));
    List<RecordingReceiver> all = limited.requests(5, A);
    assertThat(served(all)).isEqualTo(3);
    assertThat(limited.now().waiting()).isEqualTo(2);
    assertThat(limited.now().waitingForPermit()).isEqualTo(2);

    world.time.advance(PERIOD.minusNanos(1));
    assertThat(served(all)).isEqualTo(3);
    world.time.advance(Duration.ofNanos(1));
    assertThat(served(all)).isEqualTo(5);
    assertThat(limited.now().waitingForPermit()).isZero();
  }

  @Test
  void aPermitIsBackOnePeriodAfterItsStart() {
    Neighbours.Member limited = alone(limit(2));
    limited.request(A);
    world.time.advance(SECOND);
    limited.request(A);
    List<RecordingReceiver> waiting = limited.requests(2, A);
    world.time.advance(PERIOD.minus(SECOND));
    assertThat(served(waiting)).isEqualTo(1);
    world.time.advance(SECOND);
    assertThat(served(waiting)).isEqualTo(2);
  }

  @Test
  void aConnectionThatIsFreeDoesNotHelpWithoutPermit() {
    Neighbours.Member limited = alone(limit(1));
    free(limited.request(A).lease());
    RecordingReceiver waiting = limited.request(A);
    assertThat(limited.now().idle()).isEqualTo(1);
    assertThat(waiting.heard()).isEmpty();
    world.time.advance(PERIOD);
    assertThat(waiting.lease().fresh()).isFalse();
  }

  @Test
  void theStartCountsFromWhenTheConnectionIsThere() {
    world.dialer.atOnce(dial -> {});
    Neighbours.Member limited = alone(limit(1));
    RecordingReceiver first = limited.request(A);
    world.time.advance(SECOND);
    world.dialer.last().open();
    free(first.lease());
    RecordingReceiver second = limited.request(A);
    world.time.advance(PERIOD.minusNanos(1));
    assertThat(second.heard()).isEmpty();
    world.time.advance(Duration.ofNanos(1));
    assertThat(second.hasLease()).isTrue();
  }

  @Test
  void nobodyOvertakesThoseThatWaitForAPermit() {
    Neighbours.Member limited =
        alone(new RateLimit(1, PERIOD.toNanos(), world.time, handedOver::add));
    limited.request(A);
    RecordingReceiver first = limited.request(A);
    world.time.advance(PERIOD);
    RecordingReceiver late = limited.request(A); // the permit is there, but nobody was told yet
    handedOver.remove().run();
    assertThat(first.hasLease()).isTrue();
    assertThat(late.heard()).isEmpty();
  }

  @Test
  void prioritiesCountAmongThoseThatWait() {
    Neighbours.Member limited = alone(limit(1));
    limited.request(A);
    RecordingReceiver low = limited.request(A, Priority.LOW);
    RecordingReceiver high = limited.request(B, Priority.HIGH);
    world.time.advance(PERIOD);
    assertThat(high.hasLease()).isTrue();
    assertThat(low.heard()).isEmpty();
  }

  // ---- the others ------------------------------------------------------------------------------

  @Test
  void aMemberWithoutPermitHoldsUpNoOther() {
    ConnectionPool pool = world.pool(Neighbours.max(1));
    Neighbours.Member limited = world.join(pool, "limited", limit(1));
    Neighbours.Member other = world.join(pool, "other");
    free(limited.request(A).lease());
    List<RecordingReceiver> waiting = limited.requests(3, A);
    for (int i = 0; i < 5; i++) {
      free(other.request(A).lease());
      free(other.request(B).lease());
    }
    assertThat(served(waiting)).isZero();
    assertThat(limited.now().waitingForPermit()).isEqualTo(3);
  }

  @Test
  void whoHasAPermitStillWaitsForAConnection() {
    Neighbours.Member limited = world.join(world.pool(Neighbours.max(1)), "limited", limit(2));
    Lease lease = limited.request(A).lease();
    RecordingReceiver waiting = limited.request(A);
    assertThat(limited.now().waitingForPermit()).isZero();
    free(lease);
    assertThat(waiting.hasLease()).isTrue();
  }

  @Test
  void twoMembersOfOneLimitShareItsPermitsAndTakeTurns() {
    RateLimit shared = limit(1);
    Neighbours.Member before = world.join(world.pool(Neighbours.max(5)), "before", shared);
    Neighbours.Member after = world.join(world.pool(Neighbours.max(5)), "after", shared);
    before.request(A);
    List<RecordingReceiver> earlier = before.requests(2, A);
    List<RecordingReceiver> later = after.requests(2, A);
    List<Long> both = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      world.time.advance(PERIOD);
      both.add(served(earlier) * 10 + served(later));
    }
    assertThat(both).containsExactly(10L, 11L, 21L, 22L);
  }

  // ---- leaving ---------------------------------------------------------------------------------

  @Test
  void whoLeavesTheQueueCostsNoPermit() {
    Neighbours.Member limited = alone(limit(1));
    limited.request(A);
    RecordingReceiver gone = limited.request(A);
    RecordingReceiver next = limited.request(A);
    assertThat(gone.waiter().isWithoutPermit()).isTrue();
    assertThat(gone.waiter().cancelIfQueued()).isTrue();
    assertThat(limited.now().waitingForPermit()).isEqualTo(1);
    world.time.advance(PERIOD);
    assertThat(next.hasLease()).isTrue();
    assertThat(gone.heard()).isEmpty();
  }

  @Test
  void whoExpectsAConnectionAndLeavesGivesItsPermitToTheNext() {
    world.dialer.atOnce(dial -> {});
    Neighbours.Member limited = alone(limit(1));
    RecordingReceiver gone = limited.request(A);
    RecordingReceiver next = limited.request(A);
    assertThat(gone.waiter().cancel()).isTrue();
    world.dialer.last().open();
    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void aFailedDialCostsNoPermit() {
    world.dialer.atOnce(dial -> {});
    Neighbours.Member limited = alone(limit(1));
    RecordingReceiver first = limited.request(A);
    RecordingReceiver next = limited.request(A);
    world.dialer.last().fail(Dialer.DialFailure.Kind.CONNECT_FAILED);
    assertThat(first.refusal()).isInstanceOf(Refusal.DialFailed.class);
    world.dialer.last().open();
    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void aLeaseThatWasNotUsedCostsNoPermit() {
    Neighbours.Member limited = alone(limit(1));
    Lease unused = limited.request(A).lease();
    RecordingReceiver next = limited.request(A);
    unused.returnUnused();
    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void aMemberThatLeavesHasItsWaitersRefusedAndLeavesNoTimer() {
    Neighbours.Member limited = alone(limit(1));
    Lease lease = limited.request(A).lease();
    RecordingReceiver waiting = limited.request(A);
    limited.leave();
    assertThat(waiting.refusal()).isInstanceOf(Refusal.PoolClosed.class);
    lease.discard();
    assertThat(limited.left).isEqualTo(1);
    assertThat(world.time.pending()).isZero();
  }

  // ---- a queue that is full --------------------------------------------------------------------

  @Test
  void withoutQueueARequestWithoutPermitIsRefusedForThat() {
    Neighbours.Member limited =
        world.join(world.pool(Neighbours.max(5), QueueSettings.ofMaxSize(0)), "limited", limit(1));
    free(limited.request(A).lease());
    assertThat(limited.request(A).refusal())
        .isInstanceOfSatisfying(
            Refusal.QueueFull.class,
            full -> assertThat(full.bound()).isEqualTo(Refusal.Bound.RATE));
    world.time.advance(PERIOD);
    assertThat(limited.request(A).hasLease()).isTrue();
  }

  // ---- another limit ---------------------------------------------------------------------------

  @Test
  void aHigherLimitServesThoseThatWaitAtOnce() {
    RateLimit limit = limit(1);
    Neighbours.Member limited = alone(limit);
    List<RecordingReceiver> all = limited.requests(5, A);
    limit.change(3, PERIOD.toNanos());
    assertThat(served(all)).isEqualTo(3);
    world.time.advance(PERIOD);
    assertThat(served(all)).isEqualTo(5);
  }

  @Test
  void aLowerLimitCountsWhatWasStarted() {
    RateLimit limit = limit(3);
    Neighbours.Member limited = alone(limit);
    List<RecordingReceiver> all = limited.requests(2, A);
    limit.change(1, PERIOD.toNanos());
    all.add(limited.request(A));
    world.time.advance(PERIOD);
    assertThat(served(all)).isEqualTo(3);
  }

  @Test
  void aShorterPeriodIsOverSooner() {
    RateLimit limit = limit(1);
    Neighbours.Member limited = alone(limit);
    List<RecordingReceiver> all = limited.requests(2, A);
    limit.change(1, SECOND.toNanos());
    world.time.advance(SECOND);
    assertThat(served(all)).isEqualTo(2);
  }

  @Test
  void withoutLimitNobodyWaitsAnyMore() {
    RateLimit limit = limit(1);
    Neighbours.Member limited = alone(limit);
    List<RecordingReceiver> all = limited.requests(50, A);
    limit.lift();
    assertThat(served(all)).isEqualTo(50);
    assertThat(limited.request(A).hasLease()).isTrue();
    assertThat(limited.now().waitingForPermit()).isZero();
  }

  @Test
  void itIsRememberedForOnePeriodWhatWasStarted() {
    RateLimit limit = limit(1);
    Neighbours.Member limited = alone(limit);
    assertThat(limit.remembers()).isFalse();
    limited.request(A);
    world.time.advance(PERIOD.minusNanos(1));
    assertThat(limit.remembers()).isTrue();
    world.time.advance(Duration.ofNanos(1));
    assertThat(limit.remembers()).isFalse();
  }

  // ---- what it costs ---------------------------------------------------------------------------

  @Test
  void oneTimerServesAllThatWait() {
    Neighbours.Member limited = alone(limit(2));
    limited.requests(1_000, A);
    assertThat(world.time.pending()).isEqualTo(1);
  }
}
