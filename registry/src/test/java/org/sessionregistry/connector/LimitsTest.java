package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.C;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void noMoreConnectionsAreOpenedThanThePoolMayHave() {
    PoolFixture world = PoolFixture.limit(2);

    world.request(A);
    world.request(B);
    world.request(C);

    assertThat(world.dialer.dials()).hasSize(2);
    assertThat(world.now().waiting()).isEqualTo(1);
  }

  @Test
  void noMoreConnectionsAreOpenedThanARouteMayHave() {
    PoolFixture world = PoolFixture.limitPerHost(5, 2);

    world.request(A);
    world.request(A);
    world.request(A);

    assertThat(world.dialer.dials()).hasSize(2);
    assertThat(world.now().waiting()).isEqualTo(1);
  }

  @Test
  void zeroIsNoLimit() {
    PoolFixture world = PoolFixture.unlimited();

    for (int i = 0; i < 1000; i++) {
      world.request(A);
    }

    assertThat(world.dialer.dials()).hasSize(1000);
  }

  @Test
  void aFullRouteDoesNotHoldUpAnother() {
    PoolFixture world = PoolFixture.limitPerHost(5, 1);
    world.request(A);
    world.request(A);

    world.request(B);

    assertThat(world.dialer.last().route).isEqualTo(B);
  }

  @Test
  void aFullRouteDoesNotHoldUpAnotherThatWaitsBehindIt() {
    PoolFixture world = PoolFixture.limitPerHost(2, 1);
    world.openLease(A);
    Lease lease = world.openLease(C);
    world.request(A);
    world.request(B);

    lease.discard();

    assertThat(world.dialer.last().route).isEqualTo(B);
  }

  @Test
  void anIdleConnectionOfAnotherRouteIsGivenUpForARequest() {
    PoolFixture world = PoolFixture.limit(1);
    FakeConnection idle = world.idle(A);

    world.request(B);

    assertThat(idle.isGone()).isTrue();
    assertThat(world.dialer.last().route).isEqualTo(B);
  }

  @Test
  void theConnectionUnusedLongestIsGivenUp() {
    PoolFixture world = PoolFixture.limit(2);
    FakeConnection older = world.idle(A);
    FakeConnection newer = world.idle(B);

    world.request(C);

    assertThat(older.isGone()).isTrue();
    assertThat(newer.isGone()).isFalse();
  }

  @Test
  void noIdleConnectionIsGivenUpWhileASlotIsFree() {
    PoolFixture world = PoolFixture.limit(2);
    FakeConnection idle = world.idle(A);

    world.request(B);

    assertThat(idle.closeCalls()).isZero();
  }

  @Test
  void noIdleConnectionOfAnotherRouteIsGivenUpForARouteThatIsFull() {
    PoolFixture world = PoolFixture.limitPerHost(2, 1);
    FakeConnection idle = world.idle(B);
    world.openLease(A);

    world.request(A);

    assertThat(idle.closeCalls()).isZero();
  }

  @Test
  void aConnectionThatBecomesIdleIsGivenUpForAWaiterOfAnotherRoute() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    RecordingReceiver waiting = world.request(B);

    free(lease);

    assertThat(connection(lease).isGone()).isTrue();
    world.dialer.last().open();
    assertThat(waiting.hasLease()).isTrue();
  }

  @Test
  void theNextDialBeginsOnlyWhenTheSocketThatWasGivenUpIsGone() {
    PoolFixture world = PoolFixture.limit(1);
    FakeConnection idle = world.idle(A);
    world.dialer.endsLater();

    world.request(B);
    assertThat(idle.isClosing()).isTrue();
    assertThat(world.dialer.dials()).hasSize(1);

    idle.finishClose();
    assertThat(world.dialer.dials()).hasSize(2);
  }

  @Test
  void aConnectionThatIsBeingClosedHoldsItsSlot() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    world.dialer.endsLater();
    lease.discard();

    world.request(A);

    assertThat(world.dialer.dials()).hasSize(1);
    assertThat(world.now().waiting()).isEqualTo(1);
  }

  @Test
  void theSlotOfAClosedConnectionServesTheWaiter() {
    PoolFixture world = PoolFixture.limit(1);
    Lease lease = world.openLease(A);
    world.dialer.endsLater();
    lease.discard();
    RecordingReceiver waiting = world.request(A);

    connection(lease).finishClose();
    world.dialer.last().open();

    assertThat(waiting.hasLease()).isTrue();
  }

  @Test
  void aSlotThatIsPromisedToOneWaiterIsNotGivenToAnother() {
    PoolFixture world = PoolFixture.limit(1);
    FakeConnection idle = world.idle(A);
    world.dialer.endsLater();
    world.request(B);
    world.request(C);

    idle.finishClose();

    assertThat(world.dialer.dials()).hasSize(2);
    assertThat(world.dialer.last().route).isEqualTo(B);
  }

  @Test
  void aReplacedConnectionKeepsItsPlaceInTheRouteUntilItsSuccessorHasIt() {
    PoolFixture world = PoolFixture.limitPerHost(0, 1);
    FakeConnection idle = world.idle(A);
    world.dialer.endsLater();
    world.freshRequest(A);
    world.request(A);

    idle.finishClose();

    assertThat(world.dialer.sockets.peakOfOneRoute()).isEqualTo(1);
    assertThat(world.now().waiting()).isEqualTo(1);
  }
}
