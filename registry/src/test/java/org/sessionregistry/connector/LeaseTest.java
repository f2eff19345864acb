package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.settings.Priority;

class LeaseTest {
  private final PoolFixture world = PoolFixture.limit(1);

  @Test
  void releasingTwiceDoesNothing() {
    Lease lease = world.openLease(A);
    free(lease);
    Lease next = world.request(A).lease();

    free(lease);

    assertThat(world.now().inUse()).isEqualTo(1);
    assertThat(connection(next).closeCalls()).isZero();
  }

  @Test
  void aLeaseThatIsOverCannotDiscardTheConnectionOfTheNext() {
    Lease lease = world.openLease(A);
    free(lease);
    Lease next = world.request(A).lease();

    lease.discard();

    assertThat(connection(next).closeCalls()).isZero();
  }

  @Test
  void aDiscardedLeaseStaysDiscarded() {
    Lease lease = world.openLease(A);
    lease.discard();

    free(lease);
    lease.returnUnused();

    assertThat(connection(lease).closeCalls()).isEqualTo(1);
    assertThat(world.now().idle()).isZero();
  }

  @Test
  void discardingClosesTheConnection() {
    Lease lease = world.openLease(A);

    lease.discard();

    assertThat(connection(lease).isGone()).isTrue();
  }

  @Test
  void aDiscardedConnectionMakesRoomForTheWaiter() {
    Lease lease = world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    lease.discard();
    world.dialer.last().open();

    assertThat(waiting.lease().connection()).isNotSameAs(lease.connection());
  }

  @Test
  void aConnectionThatWasReturnedUnusedIsNotReused() {
    world.openLease(A).returnUnused();

    Lease next = world.request(A).lease();

    assertThat(next.fresh()).isFalse();
    assertThat(world.now().reused()).isZero();
  }

  @Test
  void anUnusedConnectionGoesToTheWaiter() {
    Lease lease = world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    lease.returnUnused();

    assertThat(waiting.lease().connection()).isSameAs(lease.connection());
  }

  @Test
  void aLeaseKnowsHowLongItsConnectionTookToOpen() {
    RecordingReceiver expecting = world.request(A);
    world.dialer.last().takes(new Timing(1, 2, 3));
    world.dialer.last().open();

    assertThat(expecting.lease().timing()).isEqualTo(new Timing(1, 2, 3));
  }

  @Test
  void aReceiverMayReleaseAtOnce() {
    world.pool.acquire(
        A,
        Priority.NORMAL,
        false,
        new LeaseReceiver() {
          @Override
          public void leased(Lease lease) {
            lease.returnUnused();
          }

          @Override
          public void cutOff(Lease lease) {
            throw new AssertionError("nobody left");
          }

          @Override
          public void refused(Refusal refusal) {
            throw new AssertionError(refusal);
          }
        });
    RecordingReceiver waiting = world.request(A);

    world.dialer.last().open();

    assertThat(waiting.hasLease()).isTrue();
  }
}
