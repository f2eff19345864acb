package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import org.junit.jupiter.api.Test;

class ReuseTest {
  private final PoolFixture world = PoolFixture.unlimited();

  @Test
  void aFreedConnectionServesTheNextRequestOfItsRoute() {
    FakeConnection idle = world.idle(A);

    assertThat(world.request(A).lease().connection()).isSameAs(idle);
    assertThat(world.dialer.dials()).hasSize(1);
  }

  @Test
  void theConnectionUsedLastIsReusedFirst() {
    Lease first = world.openLease(A);
    Lease second = world.openLease(A);
    free(second);
    free(first);

    assertThat(world.request(A).lease().connection()).isSameAs(first.connection());
    assertThat(world.request(A).lease().connection()).isSameAs(second.connection());
  }

  @Test
  void anIdleConnectionServesNoOtherRoute() {
    world.idle(A);

    world.request(B);

    assertThat(world.dialer.last().route).isEqualTo(B);
  }

  @Test
  void aRequestThatIsServedAtOnceHasNoWaiter() {
    world.idle(A);

    assertThat(world.request(A).waiter()).isNull();
  }

  @Test
  void aLeaseTellsWhetherItsConnectionServedBefore() {
    Lease first = world.openLease(A);
    free(first);
    Lease second = world.request(A).lease();

    assertThat(first.fresh()).isTrue();
    assertThat(second.fresh()).isFalse();
  }

  @Test
  void aLeasedConnectionIsNotLeasedAgain() {
    Lease lease = world.openLease(A);

    RecordingReceiver other = world.request(A);

    assertThat(other.heard()).isEmpty();
    assertThat(world.dialer.last().open()).isNotSameAs(lease.connection());
  }

  @Test
  void aFreshRequestTakesNoIdleConnection() {
    FakeConnection idle = world.idle(A);

    RecordingReceiver fresh = world.freshRequest(A);
    world.dialer.last().open();

    assertThat(fresh.lease().connection()).isNotSameAs(idle);
    assertThat(idle.closeCalls()).isZero();
  }

  @Test
  void aFreshRequestReplacesAnIdleConnectionOfItsFullRoute() {
    PoolFixture full = PoolFixture.limitPerHost(0, 1);
    FakeConnection idle = full.idle(A);

    RecordingReceiver fresh = full.freshRequest(A);

    assertThat(idle.isGone()).isTrue();
    full.dialer.last().open();
    assertThat(fresh.hasLease()).isTrue();
  }

  @Test
  void aFreshRequestReplacesTheConnectionUnusedLongest() {
    PoolFixture full = PoolFixture.limitPerHost(0, 2);
    Lease first = full.openLease(A);
    Lease second = full.openLease(A);
    free(second);
    free(first);

    full.freshRequest(A);

    assertThat(connection(second).isGone()).isTrue();
    assertThat(connection(first).isGone()).isFalse();
  }

  @Test
  void aFreshRequestOfARouteThatIsFullOfLeasesWaits() {
    PoolFixture full = PoolFixture.limitPerHost(0, 1);
    full.openLease(A);

    full.freshRequest(A);

    assertThat(full.now().waiting()).isEqualTo(1);
  }

  @Test
  void aConnectionThatNobodyUsedIsKept() {
    Lease lease = world.openLease(A);

    lease.returnUnused();

    assertThat(world.request(A).lease().connection()).isSameAs(lease.connection());
  }
}
