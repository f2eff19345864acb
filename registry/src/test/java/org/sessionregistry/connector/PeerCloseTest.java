package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import org.junit.jupiter.api.Test;

class PeerCloseTest {
  private final PoolFixture world = PoolFixture.limit(1);

  @Test
  void anIdleConnectionThatThePeerClosesIsNotReused() {
    world.idle(A).closeByPeer();

    RecordingReceiver request = world.request(A);

    assertThat(request.heard()).isEmpty();
    assertThat(world.dialer.dials()).hasSize(2);
  }

  @Test
  void theSlotOfAnIdleConnectionThatThePeerClosesIsFreeAtOnce() {
    world.idle(A).closeByPeer();

    assertThat(world.now().idle()).isZero();
    world.request(B);
    assertThat(world.dialer.last().route).isEqualTo(B);
  }

  @Test
  void theSlotOfALeasedConnectionThatThePeerClosesServesTheWaiterAtOnce() {
    Lease lease = world.openLease(A);
    RecordingReceiver waiting = world.request(A);

    connection(lease).closeByPeer();
    world.dialer.last().open();

    assertThat(waiting.hasLease()).isTrue();
  }

  @Test
  void aLeaseMayEndAfterItsConnection() {
    Lease lease = world.openLease(A);
    connection(lease).closeByPeer();

    free(lease);

    assertThat(world.now().inUse()).isZero();
    assertThat(world.now().idle()).isZero();
  }

  @Test
  void aDiscardAfterTheEndOfTheConnectionClosesNothing() {
    Lease lease = world.openLease(A);
    connection(lease).closeByPeer();

    lease.discard();

    assertThat(connection(lease).closeCalls()).isZero();
  }

  @Test
  void thePeerMayBeFasterWhileAConnectionIsBeingGivenUp() {
    FakeConnection idle = world.idle(A);
    world.dialer.endsLater();
    world.request(B);

    idle.closeByPeer();

    assertThat(world.dialer.last().route).isEqualTo(B);
  }
}
