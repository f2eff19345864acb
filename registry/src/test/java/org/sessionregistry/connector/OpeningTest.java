package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.C;
import static org.sessionregistry.connector.PoolFixture.free;

import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Dialer.Timing;

class OpeningTest {
  private final PoolFixture world = PoolFixture.limit(2);
  private final ScriptedDialer dialer = world.dialer;

  @Test
  void theWaiterGetsTheConnectionThatWasOpened() {
    RecordingReceiver expecting = world.request(A);

    FakeConnection opened = dialer.dial(0).open();

    assertThat(expecting.lease().connection()).isSameAs(opened);
  }

  @Test
  void aDialMaySucceedBeforeItReturns() {
    dialer.atOnce(FakeDial::open);

    assertThat(world.request(A).hasLease()).isTrue();
  }

  @Test
  void aDialerThatThrowsIsADialThatFailed() {
    dialer.atOnce(
        dial -> {
          throw new IllegalStateException("no more descriptors");
        });

    assertThat(world.request(A).refusal()).isInstanceOf(Refusal.DialFailed.class);
    assertThat(world.now().opening()).isZero();
  }

  @Test
  void aSlotThatIsAwaitedForNobodyGoesToTheNextOfItsRoute() {
    PoolFixture one = PoolFixture.limitAndQueue(1, 0);
    FakeConnection idle = one.idle(B);
    one.dialer.finishesCloses = false;
    one.request(A).waiter().cancel();

    RecordingReceiver next = one.request(A);
    idle.finishClose();
    one.dialer.last().open();

    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void aDialMayFailBeforeItReturns() {
    dialer.atOnce(dial -> dial.fail(Kind.HOST_NOT_FOUND));

    assertThat(world.request(A).refusal()).isInstanceOf(Refusal.DialFailed.class);
    assertThat(world.now().opening()).isZero();
  }

  @Test
  void aWaiterTakesAConnectionThatIsFreedBeforeItsOwnIsOpen() {
    Lease lease = world.openLease(A);
    RecordingReceiver expecting = world.request(A);

    free(lease);

    assertThat(expecting.lease().connection()).isSameAs(lease.connection());
  }

  @Test
  void theNextInTheQueueInheritsTheOpeningOfAWaiterThatWasServed() {
    Lease lease = world.openLease(A);
    world.request(A);
    RecordingReceiver queued = world.request(A);
    free(lease);

    FakeConnection opened = dialer.last().open();

    assertThat(queued.lease().connection()).isSameAs(opened);
  }

  @Test
  void theFirstWaiterTakesWhateverConnectionOpensFirst() {
    RecordingReceiver first = world.request(A);
    RecordingReceiver second = world.request(A);

    FakeConnection opened = dialer.dial(1).open();

    assertThat(first.lease().connection()).isSameAs(opened);
    assertThat(second.heard()).isEmpty();
  }

  @Test
  void theSecondWaiterThenExpectsTheConnectionOfTheFirst() {
    world.request(A);
    RecordingReceiver second = world.request(A);
    dialer.dial(1).open();

    dialer.dial(0).fail(Kind.CONNECT_FAILED);

    assertThat(second.refusal()).isInstanceOf(Refusal.DialFailed.class);
  }

  @Test
  void aFailureGoesToTheWaiterThatTheConnectionWasOpenedFor() {
    RecordingReceiver first = world.request(A);
    RecordingReceiver second = world.request(A);

    dialer.dial(1).fail(Kind.TLS_FAILED);

    assertThat(first.heard()).isEmpty();
    assertThat(second.refusal())
        .isInstanceOfSatisfying(
            Refusal.DialFailed.class,
            refusal -> assertThat(refusal.failure().kind()).isEqualTo(Kind.TLS_FAILED));
  }

  @Test
  void aFailureSaysWhereTheTimeWent() {
    RecordingReceiver expecting = world.request(A);
    dialer.dial(0).takes(new Timing(1, 2, 0));

    assertThat(expecting.waiter().openingTiming()).isEqualTo(new Timing(1, 2, 0));
    dialer.dial(0).fail(Kind.CONNECT_TIMEOUT);

    assertThat(expecting.refusal())
        .isInstanceOfSatisfying(
            Refusal.DialFailed.class,
            refusal -> assertThat(refusal.timing()).isEqualTo(new Timing(1, 2, 0)));
  }

  @Test
  void aWaiterInTheQueueHasSpentNoTimeOpening() {
    world.openLease(A);
    world.openLease(A);

    assertThat(world.request(A).waiter().openingTiming()).isEqualTo(Timing.NONE);
  }

  @Test
  void afterAFailureTheNextWaiterIsTried() {
    world.openLease(B);
    world.request(A);
    RecordingReceiver queued = world.request(A);

    dialer.last().fail(Kind.CONNECT_FAILED);
    dialer.last().open();

    assertThat(queued.hasLease()).isTrue();
  }

  @Test
  void anOpeningThatLostItsWaiterServesTheNextRequestOfItsRoute() {
    world.request(A).waiter().cancel();

    RecordingReceiver next = world.request(A);
    dialer.last().open();

    assertThat(dialer.dials()).hasSize(1);
    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void anOpeningThatLostItsWaiterGoesToTheQueueOfItsRoute() {
    world.openLease(B);
    RecordingReceiver expecting = world.request(A);
    RecordingReceiver queued = world.request(A);

    expecting.waiter().cancel();
    dialer.last().open();

    assertThat(queued.hasLease()).isTrue();
    assertThat(dialer.last().abortCalls()).isZero();
  }

  @Test
  void anOpeningThatNobodyNeedsBecomesIdle() {
    world.request(A).waiter().cancel();

    dialer.last().open();

    assertThat(world.now().idle()).isEqualTo(1);
    assertThat(world.request(A).lease().fresh()).isFalse();
  }

  @Test
  void anOpeningThatNobodyNeedsMayFail() {
    world.request(A).waiter().cancel();

    dialer.last().fail(Kind.CONNECT_FAILED);

    assertThat(world.now().opening()).isZero();
    assertThat(world.now().openFailures()).isEqualTo(1);
  }

  @Test
  void aSurplusOpeningServesAnEarlierWaiterOfItsRoute() {
    RecordingReceiver cancelled = world.request(A);
    RecordingReceiver expecting = world.request(A);
    cancelled.waiter().cancel();

    FakeConnection opened = dialer.dial(0).open();

    assertThat(expecting.lease().connection()).isSameAs(opened);
  }

  @Test
  void aSurplusOpeningIsGivenUpForARequestOfAnotherRoute() {
    world.openLease(B);
    world.request(A).waiter().cancel();

    RecordingReceiver other = world.request(C);

    assertThat(dialer.dial(1).isAborted()).isTrue();
    dialer.last().open();
    assertThat(other.hasLease()).isTrue();
  }

  @Test
  void anOpeningThatLosesItsWaiterIsGivenUpForTheQueueOfAnotherRoute() {
    world.openLease(B);
    RecordingReceiver expecting = world.request(A);
    RecordingReceiver queued = world.request(C);

    expecting.waiter().cancel();

    dialer.last().open();
    assertThat(queued.hasLease()).isTrue();
  }

  @Test
  void idleConnectionsAreGivenUpBeforeOpenings() {
    FakeConnection idle = world.idle(B);
    world.request(A).waiter().cancel();

    world.request(C);

    assertThat(idle.isGone()).isTrue();
    assertThat(dialer.dial(1).isAborted()).isFalse();
  }

  @Test
  void noDialBeginsBeforeTheOneThatWasGivenUpHasEnded() {
    dialer.endsLater();
    world.openLease(B);
    world.request(A).waiter().cancel();

    world.request(C);
    assertThat(dialer.dials()).hasSize(2);

    dialer.dial(1).finishAbort();
    assertThat(dialer.last().route).isEqualTo(C);
  }

  @Test
  void aConnectionThatOpensAfterItWasGivenUpIsClosed() {
    dialer.endsLater();
    world.openLease(B);
    world.request(A).waiter().cancel();
    world.request(C);

    FakeConnection late = dialer.dial(1).open();
    assertThat(late.isClosing()).isTrue();
    assertThat(dialer.dials()).hasSize(2);

    late.finishClose();
    assertThat(dialer.last().route).isEqualTo(C);
  }

  @Test
  void anAbortedDialIsNoFailure() {
    world.openLease(B);
    world.request(A).waiter().cancel();

    world.request(C);

    assertThat(world.now().openFailures()).isZero();
  }

  @Test
  void whoLeavesBeforeItsSlotIsThereNeedsNoDial() {
    PoolFixture one = PoolFixture.limit(1);
    FakeConnection idle = one.idle(A);
    one.dialer.endsLater();
    one.request(B).waiter().cancel();

    idle.finishClose();

    assertThat(one.dialer.dials()).hasSize(1);
    assertThat(one.now().opening()).isZero();
  }

  @Test
  void theQueueInheritsASlotThatIsNotThereYet() {
    PoolFixture one = PoolFixture.limit(1);
    FakeConnection idle = one.idle(A);
    one.dialer.endsLater();
    RecordingReceiver leaving = one.request(B);
    RecordingReceiver queued = one.request(B);
    leaving.waiter().cancel();

    idle.finishClose();
    one.dialer.last().open();

    assertThat(queued.hasLease()).isTrue();
  }

  @Test
  void aSlotThatNobodyOfItsRouteWantsGoesToTheQueueOfAnother() {
    PoolFixture one = PoolFixture.limit(1);
    FakeConnection idle = one.idle(A);
    one.dialer.endsLater();
    RecordingReceiver leaving = one.request(B);
    RecordingReceiver queued = one.request(C);
    leaving.waiter().cancel();

    idle.finishClose();
    one.dialer.last().open();

    assertThat(queued.hasLease()).isTrue();
  }

  @Test
  void aDialThatIsGivenUpWhileItBeginsIsAborted() {
    dialer.atOnce(
        dial -> {
          if (dial.number == 0) {
            world.pool.close(() -> {});
          }
        });

    RecordingReceiver expecting = world.request(A);

    assertThat(expecting.refusal()).isInstanceOf(Refusal.PoolClosed.class);
    assertThat(dialer.dial(0).abortCalls()).isEqualTo(1);
    assertThat(dialer.sockets.open()).isZero();
  }

  @Test
  void aConnectionThatOpensAndCloseWhileItsDialBeginsLeavesNothing() {
    dialer.atOnce(dial -> dial.open().closeByPeer());

    RecordingReceiver served = world.request(A);

    assertThat(served.hasLease()).isTrue();
    assertThat(world.now().inUse()).isZero();
    assertThat(dialer.dial(0).abortCalls()).isZero();
  }
}
