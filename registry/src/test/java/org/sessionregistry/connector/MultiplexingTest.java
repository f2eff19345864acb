package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.KEEP_ALIVE;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that serve several exchanges at once, as the streams of HTTP/2 do. */
class MultiplexingTest {
  private PoolFixture world = PoolFixture.unlimited();

  private RecordingReceiver opened(int capacity) {
    RecordingReceiver receiver = world.request(A);
    world.dialer.last().open(capacity);
    return receiver;
  }

  /** A connection without room, from which the pool learns how many the next one may serve. */
  private FakeConnection full(int capacity) {
    FakeConnection full = connection(opened(capacity).lease());
    requests(capacity - 1);
    return full;
  }

  private List<RecordingReceiver> requests(int count) {
    List<RecordingReceiver> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(world.request(A));
    }
    return all;
  }

  // ---- joining --------------------------------------------------------------------------------

  @Test
  void severalLeasesShareAConnection() {
    RecordingReceiver first = opened(3);

    List<RecordingReceiver> others = requests(2);

    assertThat(others)
        .allSatisfy(
            other -> assertThat(connection(other.lease())).isSameAs(connection(first.lease())));
    assertThat(world.now().inUse()).isOne();
    assertThat(world.now().leases()).isEqualTo(3);
  }

  @Test
  void thoseThatJoinFindTheConnectionNotFresh() {
    RecordingReceiver first = opened(2);
    RecordingReceiver second = world.request(A);

    assertThat(first.lease().fresh()).isTrue();
    assertThat(second.lease().fresh()).isFalse();
    assertThat(world.now().reused()).isOne();
  }

  @Test
  void oneMoreThanThereIsRoomForOpensASecond() {
    opened(2);
    world.request(A);

    RecordingReceiver third = world.request(A);
    world.dialer.last().open(2);

    assertThat(third.hasLease()).isTrue();
    assertThat(world.now().inUse()).isEqualTo(2);
  }

  @Test
  void aFullPoolLetsWaitUntilAStreamIsFree() {
    world = PoolFixture.limit(1);
    Lease first = opened(2).lease();
    world.request(A);
    RecordingReceiver waits = world.request(A);
    assertThat(waits.heard()).isEmpty();

    free(first);

    assertThat(connection(waits.lease())).isSameAs(connection(first));
  }

  @Test
  void whatIsInUseIsTakenBeforeWhatIsIdle() {
    Lease first = opened(2).lease();
    world.request(A);
    Lease third = opened(2).lease();
    free(third);

    RecordingReceiver next = world.request(A);
    assertThat(connection(next.lease())).isSameAs(connection(third));
    free(first);
    RecordingReceiver joins = world.request(A);

    assertThat(joins.hasLease()).isTrue();
    assertThat(world.dialer.dials()).hasSize(2);
  }

  @Test
  void aConnectionWithoutLeasesIsIdleAndClosedLikeAnyOther() {
    Lease one = opened(2).lease();
    Lease two = world.request(A).lease();
    free(one);
    assertThat(world.now().inUse()).isOne();

    free(two);
    assertThat(world.now().idle()).isOne();

    world.time.advance(KEEP_ALIVE);
    assertThat(connection(one).isGone()).isTrue();
  }

  // ---- joining an opening ---------------------------------------------------------------------

  @Test
  void waitersJoinAnOpeningThatWillHaveRoom() {
    full(3);

    List<RecordingReceiver> three = requests(3);
    assertThat(world.dialer.dials()).hasSize(2);
    world.dialer.last().open(3);

    assertThat(three).allMatch(RecordingReceiver::hasLease);
  }

  @Test
  void moreWaitersThanStreamsOpenASecond() {
    full(3);

    requests(4);

    assertThat(world.dialer.dials()).hasSize(3);
  }

  @Test
  void aFailedOpeningRefusesAllThatJoinedIt() {
    full(3);
    List<RecordingReceiver> three = requests(3);

    world.dialer.last().fail(Dialer.DialFailure.Kind.CONNECT_FAILED);

    assertThat(three)
        .allSatisfy(one -> assertThat(one.refusal()).isInstanceOf(Refusal.DialFailed.class));
  }

  @Test
  void moreRoomThanExpectedServesThoseThatExpectedOthers() {
    List<RecordingReceiver> three = requests(3);
    assertThat(world.dialer.dials()).hasSize(3);

    world.dialer.dial(1).open(3);

    assertThat(three).allMatch(RecordingReceiver::hasLease);
    assertThat(world.dialer.dial(0).isAborted()).isTrue();
    assertThat(world.dialer.dial(2).isAborted()).isTrue();
    assertThat(world.now().inUse()).isOne();
  }

  @Test
  void lessRoomThanExpectedSendsTheLaterOnesBackInTheirOrder() {
    world = PoolFixture.limit(1);
    FakeConnection full = full(3);
    List<RecordingReceiver> four = requests(4);
    full.closeByPeer();
    assertThat(world.now().waiting()).isOne();

    world.dialer.last().open(1);

    for (int i = 0; i < 4; i++) {
      assertThat(world.now().waiting()).isEqualTo(3 - i);
      free(four.get(i).lease());
    }
  }

  @Test
  void lessRoomThanExpectedOpensMoreWherePossible() {
    full(3);
    List<RecordingReceiver> three = requests(3);

    world.dialer.dial(1).open(1);
    assertThat(three.get(0).hasLease()).isTrue();
    assertThat(world.dialer.dials()).hasSize(4);
    world.dialer.dial(2).open(1);
    world.dialer.dial(3).open(1);

    assertThat(three).allMatch(RecordingReceiver::hasLease);
  }

  @Test
  void whoIsSentBackKeepsTheTimeThatItHasWaited() {
    world = PoolFixture.limit(1);
    FakeConnection full = full(2);
    RecordingReceiver one = world.request(A);
    RecordingReceiver two = world.request(A);
    world.time.advance(Duration.ofSeconds(1));
    full.closeByPeer();
    assertThat(world.now().waiting()).isZero();
    world.time.advance(Duration.ofSeconds(5));

    world.dialer.last().open(1);

    assertThat(one.hasLease()).isTrue();
    assertThat(two.heard()).isEmpty();
    assertThat(two.waiter().queuedNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  // ---- the peer changes its mind --------------------------------------------------------------

  @Test
  void moreCapacityServesThoseThatWait() {
    world = PoolFixture.limit(1);
    RecordingReceiver first = world.request(A);
    FakeConnection connection = world.dialer.last().open(2);
    world.request(A);
    List<RecordingReceiver> waiting = requests(2);

    connection.allows(4);

    assertThat(waiting).allMatch(RecordingReceiver::hasLease);
    assertThat(connection(first.lease())).isSameAs(connection);
  }

  @Test
  void lessCapacityLetsThoseItHasGoOn() {
    world = PoolFixture.limit(1);
    Lease one = opened(3).lease();
    Lease two = world.request(A).lease();

    connection(one).allows(1);
    RecordingReceiver waits = world.request(A);
    assertThat(waits.heard()).isEmpty();
    free(one);
    assertThat(waits.heard()).isEmpty();
    free(two);

    assertThat(waits.hasLease()).isTrue();
    assertThat(connection(one).closeCalls()).isZero();
  }

  @Test
  void aConnectionThatTakesNoMoreIsClosedAfterThoseItHas() {
    Lease one = opened(3).lease();
    Lease two = world.request(A).lease();

    connection(one).allows(0);
    RecordingReceiver next = world.request(A);
    assertThat(world.dialer.dials()).hasSize(2);
    assertThat(next.heard()).isEmpty();

    free(one);
    assertThat(connection(one).closeCalls()).isZero();
    free(two);
    assertThat(connection(one).isGone()).isTrue();
  }

  @Test
  void anIdleConnectionThatTakesNoMoreIsClosedAtOnce() {
    FakeConnection idle = world.idle(A);

    idle.allows(0);

    assertThat(idle.isGone()).isTrue();
    assertThat(world.now().idle()).isZero();
    assertThat(world.request(A).heard()).isEmpty();
  }

  @Test
  void whoWaitsGetsThePlaceOfTheOneThatTakesNoMore() {
    world = PoolFixture.limit(1);
    Lease lease = opened(1).lease();
    RecordingReceiver waits = world.request(A);

    connection(lease).allows(0);
    free(lease);
    world.dialer.last().open();

    assertThat(waits.hasLease()).isTrue();
    assertThat(world.dialer.sockets.peak()).isOne();
  }

  @Test
  void aConnectionThatTakesNoMoreTakesNoMoreWhateverThePeerSaysLater() {
    Lease lease = opened(3).lease();
    connection(lease).allows(0);

    connection(lease).allows(5);
    RecordingReceiver next = world.request(A);
    free(lease);

    assertThat(next.heard()).isEmpty();
    assertThat(connection(lease).isGone()).isTrue();
  }

  @Test
  void aConnectionThatIsGoneEndsAllItsLeases() {
    Lease one = opened(3).lease();
    Lease two = world.request(A).lease();

    connection(one).closeByPeer();
    assertThat(world.now().leases()).isZero();
    free(one);
    two.discard();

    assertThat(world.now().inUse()).isZero();
  }

  // ---- ends of leases -------------------------------------------------------------------------

  @Test
  void anExchangeThatEndedBadlyLeavesTheConnectionToTheOthers() {
    Lease one = opened(2).lease();
    Lease two = world.request(A).lease();

    one.discard();
    assertThat(connection(one).closeCalls()).isZero();
    two.discard();

    assertThat(connection(one).closeCalls()).isZero();
    assertThat(world.now().idle()).isOne();
  }

  @Test
  void aLeaseEndsOnceAlsoAmongOthers() {
    Lease one = opened(3).lease();
    world.request(A);

    free(one);
    free(one);
    one.discard();

    assertThat(world.now().leases()).isOne();
    assertThat(world.now().inUse()).isOne();
  }

  @Test
  void usesOfAllLeasesCountTowardsTheMost() {
    world = PoolFixture.of(Neighbours.max(0).withMaxUses(3));
    RecordingReceiver first = opened(10);
    List<RecordingReceiver> two = requests(2);

    RecordingReceiver fourth = world.request(A);
    assertThat(fourth.heard()).isEmpty();
    assertThat(world.dialer.dials()).hasSize(2);

    free(first.lease());
    free(two.get(0).lease());
    assertThat(connection(first.lease()).closeCalls()).isZero();
    free(two.get(1).lease());
    assertThat(connection(first.lease()).isGone()).isTrue();
  }

  @Test
  void aLeaseThatSentNothingIsNoUse() {
    world = PoolFixture.of(Neighbours.max(0).withMaxUses(2));
    Lease first = opened(10).lease();

    first.returnUnused();
    Lease one = world.request(A).lease();
    Lease two = world.request(A).lease();

    assertThat(connection(one)).isSameAs(connection(first)).isSameAs(connection(two));
  }

  @Test
  void whatIsTooOldTakesNoMoreAndIsClosedAfterThoseItHas() {
    world = PoolFixture.of(Neighbours.max(0).withMaxLifetime(Duration.ofMinutes(1)));
    Lease old = opened(10).lease();
    world.time.advance(Duration.ofMinutes(1));

    RecordingReceiver next = world.request(A);

    assertThat(next.heard()).isEmpty();
    assertThat(connection(old).closeCalls()).isZero();
    free(old);
    assertThat(connection(old).isGone()).isTrue();
    world.dialer.last().open(10);
    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void whoWaitsForAStreamOfWhatIsTooOldGetsAnotherConnection() {
    world = PoolFixture.of(Neighbours.max(1).withMaxLifetime(Duration.ofMinutes(1)));
    Lease one = opened(2).lease();
    Lease two = world.request(A).lease();
    RecordingReceiver waits = world.request(A);
    world.time.advance(Duration.ofMinutes(1));

    free(one);
    assertThat(waits.heard()).isEmpty();
    free(two);
    world.dialer.last().open(2);

    assertThat(waits.hasLease()).isTrue();
    assertThat(world.dialer.sockets.peak()).isOne();
  }

  @Test
  void withoutWaitingAStreamIsTakenAndWhatIsOneTooManyRefused() {
    world = PoolFixture.limitAndQueue(1, 0);
    opened(2);

    assertThat(world.request(A).hasLease()).isTrue();
    assertThat(world.request(A).refusal()).isInstanceOf(Refusal.QueueFull.class);
  }

  @Test
  void withoutWaitingLessRoomThanExpectedRefusesTheRest() {
    world = PoolFixture.limitAndQueue(2, 0);
    full(2);
    RecordingReceiver one = world.request(A);
    RecordingReceiver two = world.request(A);

    world.dialer.last().open(1);

    assertThat(one.hasLease()).isTrue();
    assertThat(two.refusal()).isInstanceOf(Refusal.QueueFull.class);
  }

  @Test
  void whoWantsAFreshConnectionTakesAStreamRatherThanWait() {
    world = PoolFixture.limit(1);
    Lease first = opened(2).lease();

    RecordingReceiver fresh = world.freshRequest(A);

    assertThat(connection(fresh.lease())).isSameAs(connection(first));
  }
}
