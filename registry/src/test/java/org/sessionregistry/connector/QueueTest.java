package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.C;
import static org.sessionregistry.connector.PoolFixture.free;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueTest {
  @Test
  void waitersOfARouteAreServedInTheOrderOfArrival() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver first = world.request(A);
    RecordingReceiver second = world.request(A);

    free(lease);
    assertThat(first.hasLease()).isTrue();
    assertThat(second.heard()).isEmpty();

    free(first.lease());
    assertThat(second.hasLease()).isTrue();
  }

  @Test
  void aFreeSlotGoesToTheWaiterThatArrivedFirstWhateverItsRoute() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    world.request(C);
    world.request(A);
    world.request(B);

    lease.discard();

    assertThat(world.dialer.last().route).isEqualTo(C);
  }

  @Test
  void theOrderAcrossRoutesHoldsWhenTheFirstWaiterLeaves() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver first = world.request(C);
    world.request(B);
    world.request(C);
    first.waiter().cancel();

    lease.discard();

    assertThat(world.dialer.last().route).isEqualTo(B);
  }

  @Test
  void aNewRequestDoesNotOvertakeAWaiter() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    free(lease);
    RecordingReceiver newcomer = world.request(A);

    assertThat(waiting.hasLease()).isTrue();
    assertThat(newcomer.heard()).isEmpty();
  }

  @Test
  void aFreedConnectionGoesToAWaiterOfItsRouteBeforeItIsGivenUp() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver other = world.request(B);
    RecordingReceiver same = world.request(A);

    free(lease);

    assertThat(same.lease().connection()).isSameAs(lease.connection());
    assertThat(other.heard()).isEmpty();
  }

  @Test
  void aWaiterIsPassedOverByLaterOnesOfAnotherRouteOnlySoOften() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver earlier = world.request(B);
    for (int i = 0; i < ConnectionPool.MAX_PASSED_OVER; i++) {
      RecordingReceiver later = world.request(A);
      free(lease);
      lease = later.lease();
    }
    RecordingReceiver last = world.request(A);

    free(lease);

    assertThat(last.heard()).isEmpty();
    assertThat(world.dialer.last().route).isEqualTo(B);
    world.dialer.last().open();
    assertThat(earlier.hasLease()).isTrue();
  }

  @Test
  void aQueueOfNoneRefusesAtOnce() {
    PoolFixture world = PoolFixture.limitAndQueue(1, 0);
    world.openLease(A);

    RecordingReceiver refused = world.request(A);

    assertThat(refused.refusal()).isInstanceOf(Refusal.QueueFull.class);
    assertThat(refused.waiter()).isNull();
  }

  @Test
  void aQueueOfNoneOpensWhatTheLimitAllows() {
    PoolFixture world = PoolFixture.limitAndQueue(1, 0);

    RecordingReceiver allowed = world.request(A);

    assertThat(allowed.heard()).isEmpty();
  }

  @Test
  void aQueueOfNoneGivesUpAnIdleConnection() {
    PoolFixture world = PoolFixture.limitAndQueue(1, 0);
    world.idle(A);
    world.dialer.endsLater();

    RecordingReceiver allowed = world.request(B);

    assertThat(allowed.heard()).isEmpty();
  }

  @Test
  void aFullQueueRefusesTheNext() {
    PoolFixture world = PoolFixture.limitAndQueue(1, 2);
    world.openLease(A);
    world.request(A);
    RecordingReceiver last = world.request(B);
    RecordingReceiver refused = world.request(C);

    assertThat(last.heard()).isEmpty();
    assertThat(refused.refusal()).isInstanceOf(Refusal.QueueFull.class);
  }

  @Test
  void requestsWhoseConnectionIsBeingOpenedAreNotInTheQueue() {
    PoolFixture world = PoolFixture.limitAndQueue(2, 1);
    world.request(A);
    world.request(A);

    RecordingReceiver queued = world.request(A);

    assertThat(queued.heard()).isEmpty();
  }

  @Test
  void aWaiterThatLeavesMakesRoomInTheQueue() {
    PoolFixture world = PoolFixture.limitAndQueue(1, 1);
    world.openLease(A);
    world.request(A).waiter().cancel();

    assertThat(world.request(A).heard()).isEmpty();
  }

  @Test
  void aFullQueueSaysWhatThePoolIsDoing() {
    PoolFixture world = PoolFixture.limitAndQueue(1, 1);
    world.openLease(A);
    world.request(A);
    world.time.advance(Duration.ofMillis(7));

    Refusal.QueueFull refusal = (Refusal.QueueFull) world.request(B).refusal();

    assertThat(refusal.pool()).isEqualTo(world.now());
    assertThat(refusal.pool().oldestWaitNanos()).isEqualTo(7_000_000);
  }

  @Test
  void aCancelledWaiterLeavesTheQueueAtOnce() {
    PoolFixture world = PoolFixture.limit(1);
    world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    assertThat(waiting.waiter().cancel()).isTrue();

    assertThat(world.now().waiting()).isZero();
  }

  @Test
  void aCancelledWaiterHearsNothing() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver waiting = world.request(A);
    waiting.waiter().cancel();

    free(lease);

    assertThat(waiting.heard()).isEmpty();
    assertThat(world.now().idle()).isEqualTo(1);
  }

  @Test
  void theWaiterBehindACancelledOneIsServedInItsStead() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver first = world.request(A);
    RecordingReceiver second = world.request(A);
    first.waiter().cancel();

    free(lease);

    assertThat(second.hasLease()).isTrue();
  }

  @Test
  void cancellingTwiceSucceedsOnce() {
    PoolFixture world = PoolFixture.limit(1);
    world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    assertThat(waiting.waiter().cancel()).isTrue();
    assertThat(waiting.waiter().cancel()).isFalse();
  }

  @Test
  void whoWasServedCannotCancel() {
    PoolFixture world = PoolFixture.limit(1);
    RecordingReceiver served = world.request(A);
    world.dialer.last().open();

    assertThat(served.waiter().cancel()).isFalse();
    assertThat(served.hasLease()).isTrue();
  }

  @Test
  void aQueuedWaiterCanLeaveTheQueueOnly() {
    PoolFixture world = PoolFixture.limit(1);
    world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    assertThat(waiting.waiter().cancelIfQueued()).isTrue();
    assertThat(world.now().waiting()).isZero();
  }

  @Test
  void aWaiterThatExpectsAConnectionDoesNotLeaveTheQueue() {
    PoolFixture world = PoolFixture.limit(1);
    RecordingReceiver expecting = world.request(A);

    assertThat(expecting.waiter().cancelIfQueued()).isFalse();
    world.dialer.last().open();
    assertThat(expecting.hasLease()).isTrue();
  }

  @Test
  void aWaiterKnowsHowLongItHasBeenInTheQueue() {
    PoolFixture world = PoolFixture.limit(1);
    world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    world.time.advance(Duration.ofMillis(3));

    assertThat(waiting.waiter().queuedNanos()).isEqualTo(3_000_000);
  }

  @Test
  void itsTimeInTheQueueEndsWhenAConnectionIsOpenedForIt() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver waiting = world.request(A);
    world.time.advance(Duration.ofMillis(3));
    lease.discard();

    world.time.advance(Duration.ofMillis(5));

    assertThat(waiting.waiter().queuedNanos()).isEqualTo(3_000_000);
  }

  @Test
  void whoNeverQueuedSpentNoTimeInTheQueue() {
    PoolFixture world = PoolFixture.limit(1);
    RecordingReceiver expecting = world.request(A);

    world.time.advance(Duration.ofMillis(3));

    assertThat(expecting.waiter().queuedNanos()).isZero();
  }

  @Test
  void aLongQueueEmptiesFromAnyEnd() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    List<RecordingReceiver> waiting = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      waiting.add(world.request(i % 2 == 0 ? A : B));
    }

    for (int i = 0; i < waiting.size() / 2; i++) {
      assertThat(waiting.get(i).waiter().cancel()).isTrue();
      assertThat(waiting.get(waiting.size() - 1 - i).waiter().cancel()).isTrue();
    }

    free(lease);
    assertThat(world.now().waiting()).isZero();
    assertThat(world.now().idle()).isEqualTo(1);
  }
}
