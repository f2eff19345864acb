package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.KEEP_ALIVE;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.PoolSnapshot.Holder;
import org.sessionregistry.settings.QueueSettings;

/** What members of a pool share, and what they may have of it; whose turn it is, TurnsTest. */
class SharedPoolTest {
  private final Neighbours world = Neighbours.withoutBudget();
  private final ConnectionPool pool = world.pool(Neighbours.max(2));
  private final Neighbours.Member one = world.join(pool, "one");
  private final Neighbours.Member two = world.join(pool, "two");

  // ---- terms ----------------------------------------------------------------------------------

  @Test
  void membersOfEqualTermsUseEachOthersConnections() {
    FakeConnection idle = one.idle(A);

    RecordingReceiver other = two.request(A);

    assertThat(connection(other.lease())).isSameAs(idle);
    assertThat(world.dialer.dials()).hasSize(1);
  }

  @Test
  void aConnectionThatIsFreedGoesToAnEqualMember() {
    Lease lease = one.openLease(A);
    one.openLease(A);
    RecordingReceiver other = two.request(A);

    free(lease);

    assertThat(connection(other.lease())).isSameAs(connection(lease));
  }

  @Test
  void membersOfDifferentTermsNeverUseEachOthersConnections() {
    Neighbours.Member stranger = world.join(pool, "stranger", "other terms");
    FakeConnection idle = one.idle(A);

    RecordingReceiver other = stranger.request(A);
    world.dialer.last().open();

    assertThat(connection(other.lease())).isNotSameAs(idle);
    assertThat(idle.isGone()).isFalse();
  }

  @Test
  void anIdleConnectionIsGivenUpForAMemberThatMayNotUseIt() {
    Neighbours.Member stranger = world.join(pool, "stranger", "other terms");
    one.openLease(A);
    FakeConnection idle = one.idle(A);

    RecordingReceiver other = stranger.request(A);
    world.dialer.last().open();

    assertThat(idle.isGone()).isTrue();
    assertThat(other.hasLease()).isTrue();
    assertThat(world.dialer.sockets.peak()).isEqualTo(2);
  }

  @Test
  void anOpeningThatOneNeedsNoMoreServesAnEqualMember() {
    one.request(A).waiter().cancel();

    RecordingReceiver other = two.request(A);
    world.dialer.last().open();

    assertThat(other.hasLease()).isTrue();
    assertThat(world.dialer.dials()).hasSize(1);
  }

  // ---- a member that leaves -------------------------------------------------------------------

  @Test
  void onlyTheWaitersOfTheOneThatLeavesAreRefused() {
    Lease lease = one.openLease(A);
    one.openLease(A);
    RecordingReceiver its = one.request(A);
    RecordingReceiver ofTheOther = two.request(A);

    one.leave();

    assertThat(its.refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(ofTheOther.heard()).isEmpty();
    free(lease);
    assertThat(ofTheOther.hasLease()).isTrue();
  }

  @Test
  void whatWasBeingOpenedForItServesTheOthers() {
    two.openLease(A);
    RecordingReceiver its = one.request(A);
    RecordingReceiver ofTheOther = two.request(A);

    one.leave();
    world.dialer.dial(1).open();

    assertThat(its.refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(ofTheOther.hasLease()).isTrue();
    assertThat(world.dialer.dials()).hasSize(2);
  }

  @Test
  void itsLeasesRunOnAndAreHandedToTheOthers() {
    Lease lease = one.openLease(A);
    two.openLease(A);
    RecordingReceiver ofTheOther = two.request(A);

    one.leave();
    assertThat(connection(lease).closeCalls()).isZero();
    free(lease);

    assertThat(connection(ofTheOther.lease())).isSameAs(connection(lease));
  }

  @Test
  void itHasLeftWhenItsLastLeaseIsOverAndHearsItOnce() {
    Lease lease = one.openLease(A);
    two.openLease(A);

    one.leave();
    assertThat(one.left).isZero();

    free(lease);
    assertThat(one.left).isOne();
    two.leave();
    assertThat(one.left).isOne();
  }

  @Test
  void itHasLeftAtOnceWhenItHoldsNothing() {
    FakeConnection idle = one.idle(A);

    one.leave();

    assertThat(one.left).isOne();
    assertThat(idle.isGone()).isFalse();
  }

  @Test
  void whoHasLeftGetsNothingMore() {
    one.idle(A);
    one.leave();

    assertThat(one.request(A).refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(two.request(A).hasLease()).isTrue();
  }

  @Test
  void itsWarmUpOpensNothingAnyMore() {
    one.leave();

    one.place.warmUp(A, 2);

    assertThat(world.dialer.dials()).isEmpty();
  }

  @Test
  void idleConnectionsAreClosedWithTheLastOfTheirTerms() {
    Neighbours.Member stranger = world.join(pool, "stranger", "other terms");
    FakeConnection idle = one.idle(A);

    one.leave();
    assertThat(idle.isGone()).isFalse();
    two.leave();
    assertThat(idle.isGone()).isTrue();

    assertThat(stranger.request(A).heard()).isEmpty();
    world.dialer.last().open();
    assertThat(stranger.now().inUse()).isOne();
  }

  @Test
  void aLeaseThatOutlivesTheLastOfItsTermsClosesItsConnection() {
    Neighbours.Member stranger = world.join(pool, "stranger", "other terms");
    Lease lease = stranger.openLease(A);
    stranger.leave();

    free(lease);

    assertThat(connection(lease).isGone()).isTrue();
    assertThat(stranger.left).isOne();
  }

  @Test
  void theLastHasLeftOnlyWhenNoSocketIsLeft() {
    FakeConnection idle = one.idle(A);
    world.dialer.endsLater();
    one.leave();

    two.leave();
    assertThat(two.left).isZero();

    idle.finishClose();
    assertThat(two.left).isOne();
  }

  @Test
  void thePoolCanBeJoinedAgainAfterAllHaveLeft() {
    one.idle(A);
    one.leave();
    two.leave();

    Neighbours.Member next = world.join(pool, "next");
    Lease lease = next.openLease(A);
    free(lease);

    assertThat(next.request(A).hasLease()).isTrue();
    assertThat(next.now().inUse()).isOne();
  }

  @Test
  void thePoolCanBeJoinedAgainWhileTheLastIsStillLeaving() {
    Lease lease = one.openLease(A);
    two.leave();
    one.leave();

    Neighbours.Member next = world.join(pool, "next");
    RecordingReceiver first = next.request(A);
    world.dialer.last().open();
    free(lease);

    assertThat(one.left).isOne();
    assertThat(first.hasLease()).isTrue();
    assertThat(connection(lease).isGone()).isFalse();
  }

  // ---- by force -------------------------------------------------------------------------------

  @Test
  void endingItsLeasesByForceClosesOnlyItsOwnConnections() {
    Lease its = one.openLease(A);
    Lease ofTheOther = two.openLease(A);
    one.leave();

    one.place.closeLeased();

    assertThat(connection(its).isGone()).isTrue();
    assertThat(connection(ofTheOther).closeCalls()).isZero();
    assertThat(one.left).isOne();
  }

  @Test
  void onAConnectionThatOthersUseTooOnlyItsExchangesAreCutOff() {
    RecordingReceiver its = one.request(A);
    world.dialer.last().open(2);
    RecordingReceiver ofTheOther = two.request(A);
    one.leave();

    one.place.closeLeased();

    assertThat(its.cutOffs()).isOne();
    assertThat(its.lease().isCutOff()).isTrue();
    assertThat(ofTheOther.cutOffs()).isZero();
    assertThat(ofTheOther.lease().isCutOff()).isFalse();
    assertThat(connection(its.lease()).closeCalls()).isZero();
    assertThat(one.left).isZero();
    its.lease().discard();
    assertThat(one.left).isOne();
  }

  @Test
  void aConnectionThatOnlyItUsesIsClosedWithAllItsExchanges() {
    RecordingReceiver first = one.request(A);
    world.dialer.last().open(2);
    RecordingReceiver second = one.request(A);
    one.leave();

    one.place.closeLeased();

    assertThat(connection(first.lease()).isGone()).isTrue();
    assertThat(first.cutOffs() + second.cutOffs()).isZero();
    assertThat(one.left).isOne();
  }

  // ---- caps -----------------------------------------------------------------------------------

  @Test
  void aMemberHoldsNoMoreThanItMay() {
    ConnectionPool capped = world.pool(Neighbours.max(3).withMaxConnectionsPerTenant(1));
    Neighbours.Member greedy = world.join(capped, "greedy");
    Neighbours.Member modest = world.join(capped, "modest");
    Lease lease = greedy.openLease(A);
    RecordingReceiver second = greedy.request(A);
    RecordingReceiver elsewhere = greedy.request(B);

    modest.openLease(A);
    assertThat(world.dialer.dials()).hasSize(2);
    assertThat(greedy.now().waiting()).isEqualTo(2);

    free(lease);
    assertThat(second.hasLease()).isTrue();
    assertThat(elsewhere.heard()).isEmpty();
    free(second.lease());
    world.dialer.last().open();
    assertThat(elsewhere.hasLease()).isTrue();
  }

  @Test
  void whatAMemberMayNotTakeGoesToTheNext() {
    ConnectionPool capped = world.pool(Neighbours.max(2).withMaxConnectionsPerTenant(1));
    Neighbours.Member greedy = world.join(capped, "greedy");
    Neighbours.Member modest = world.join(capped, "modest");
    greedy.openLease(A);
    Lease other = modest.openLease(A);
    RecordingReceiver first = greedy.request(A);
    RecordingReceiver later = modest.request(A);

    free(other);

    assertThat(first.heard()).isEmpty();
    assertThat(later.hasLease()).isTrue();
  }

  @Test
  void streamsCountAsWhatAMemberHolds() {
    ConnectionPool capped = world.pool(Neighbours.max(2).withMaxConnectionsPerTenant(2));
    Neighbours.Member greedy = world.join(capped, "greedy");
    RecordingReceiver first = greedy.request(A);
    world.dialer.last().open(10);
    greedy.request(A);
    RecordingReceiver third = greedy.request(A);

    assertThat(third.heard()).isEmpty();
    assertThat(greedy.now().leases()).isEqualTo(2);

    first.lease().release(Long.MAX_VALUE);
    assertThat(third.hasLease()).isTrue();
  }

  @Test
  void whoLeavesTheQueueOfAMemberAtItsCapIsNotServedLater() {
    ConnectionPool capped = world.pool(Neighbours.max(2).withMaxConnectionsPerTenant(1));
    Neighbours.Member greedy = world.join(capped, "greedy");
    Lease lease = greedy.openLease(A);
    RecordingReceiver gone = greedy.request(A);
    RecordingReceiver next = greedy.request(A);

    assertThat(gone.waiter().cancel()).isTrue();
    free(lease);

    assertThat(gone.heard()).isEmpty();
    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void aMembersPartOfTheQueueIsFullBeforeTheQueueIs() {
    ConnectionPool capped =
        world.pool(Neighbours.max(1), QueueSettings.ofMaxSize(3).withMaxSizePerTenant(2));
    Neighbours.Member greedy = world.join(capped, "greedy");
    Neighbours.Member modest = world.join(capped, "modest");
    greedy.openLease(A);
    greedy.requests(2, A);

    Refusal ofMember = greedy.request(A).refusal();
    RecordingReceiver last = modest.request(A);
    Refusal ofAll = modest.request(A).refusal();

    assertThat(ofMember)
        .isInstanceOfSatisfying(
            Refusal.QueueFull.class, full -> assertThat(full.ofMember()).isTrue());
    assertThat(last.heard()).isEmpty();
    assertThat(ofAll)
        .isInstanceOfSatisfying(
            Refusal.QueueFull.class, full -> assertThat(full.ofMember()).isFalse());
  }

  @Test
  void aMemberThatMayNotWaitIsServedByWhatIsFree() {
    ConnectionPool capped =
        world.pool(Neighbours.max(1), QueueSettings.DEFAULTS.withMaxSizePerTenant(0));
    Neighbours.Member hasty = world.join(capped, "hasty");
    FakeConnection idle = hasty.idle(A);

    assertThat(connection(hasty.request(A).lease())).isSameAs(idle);
    assertThat(hasty.request(A).refusal()).isInstanceOf(Refusal.QueueFull.class);
  }

  // ---- what is shown --------------------------------------------------------------------------

  @Test
  void thoseThatHoldMostAreShownTheLargestFirst() {
    ConnectionPool large = world.pool(Neighbours.max(10));
    for (int i = 1; i <= 4; i++) {
      Neighbours.Member member = world.join(large, "holds " + i);
      for (int n = 0; n < i; n++) {
        member.openLease(A);
      }
    }
    world.join(large, "waits").requests(2, A);

    assertThat(large.snapshot().holders())
        .containsExactly(
            new Holder("holds 4", 4, 0), new Holder("holds 3", 3, 0), new Holder("holds 2", 2, 0));
  }

  @Test
  void whatIsBeingOpenedForAMemberIsHeldAndWhatItWaitsForIsShown() {
    one.openLease(A);
    one.requests(4, A);

    assertThat(one.now().holders()).containsExactly(new Holder("one", 2, 3));
  }

  @Test
  void holdersAreOfNoInterestWhereThereIsOneMember() {
    two.leave();
    one.openLease(A);

    assertThat(one.now().holders()).isEmpty();
  }

  @Test
  void noTimerIsLeftWhenAllHaveLeft() {
    one.idle(A);
    one.leave();
    assertThat(world.time.pending()).isOne();

    two.leave();
    assertThat(world.time.pending()).isZero();
    world.time.advance(KEEP_ALIVE);
  }
}
