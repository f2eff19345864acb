package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.KEEP_ALIVE;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import org.junit.jupiter.api.Test;

class PoolCloseTest {
  private final PoolFixture world = PoolFixture.limit(1);
  private int closed;

  private void close() {
    world.pool.close(() -> closed++);
  }

  @Test
  void anEmptyPoolIsClosedAtOnce() {
    close();

    assertThat(closed).isEqualTo(1);
  }

  @Test
  void waitersInTheQueueAreRefused() {
    world.openLease(A);
    RecordingReceiver sameRoute = world.request(A);
    RecordingReceiver otherRoute = world.request(B);

    close();

    assertThat(sameRoute.refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(otherRoute.refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(world.now().waiting()).isZero();
  }

  @Test
  void waitersThatExpectAConnectionAreRefusedAndItsDialIsAborted() {
    RecordingReceiver expecting = world.request(A);

    close();

    assertThat(expecting.refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(world.dialer.last().isAborted()).isTrue();
  }

  @Test
  void waitersWhoseSlotIsNotThereYetAreRefused() {
    FakeConnection idle = world.idle(A);
    world.dialer.endsLater();
    RecordingReceiver expecting = world.request(B);

    close();
    idle.finishClose();

    assertThat(expecting.refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(world.dialer.dials()).hasSize(1);
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void idleConnectionsAreClosed() {
    FakeConnection idle = world.idle(A);

    close();

    assertThat(idle.isGone()).isTrue();
  }

  @Test
  void openingsThatNobodyNeedsAreAborted() {
    world.request(A).waiter().cancel();

    close();

    assertThat(world.dialer.last().isAborted()).isTrue();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void leasesRunOn() {
    Lease lease = world.openLease(A);

    close();

    assertThat(connection(lease).closeCalls()).isZero();
    assertThat(closed).isZero();
  }

  @Test
  void aLeaseThatEndsAfterwardsClosesItsConnection() {
    Lease lease = world.openLease(A);
    close();

    free(lease);

    assertThat(connection(lease).isGone()).isTrue();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void thePoolIsClosedOnlyWhenTheLastSocketIsGone() {
    FakeConnection idle = world.idle(A);
    world.dialer.endsLater();

    close();
    assertThat(closed).isZero();

    idle.finishClose();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void thePoolIsNotClosedWhileADialMayStillOpen() {
    world.dialer.endsLater();
    world.request(A);
    close();

    FakeConnection late = world.dialer.last().open();
    assertThat(late.isClosing()).isTrue();
    assertThat(closed).isZero();

    late.finishClose();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void leasesCanBeEndedByForce() {
    Lease lease = world.openLease(A);
    close();

    world.pool.closeLeased();

    assertThat(connection(lease).isGone()).isTrue();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void aLeaseThatWasEndedByForceMayBeReleased() {
    Lease lease = world.openLease(A);
    close();
    world.dialer.endsLater();
    world.pool.closeLeased();

    free(lease);

    assertThat(connection(lease).closeCalls()).isEqualTo(1);
  }

  @Test
  void aClosedPoolRefusesRequests() {
    close();

    RecordingReceiver late = world.request(A);

    assertThat(late.refusal()).isEqualTo(new Refusal.PoolClosed());
    assertThat(late.waiter()).isNull();
    assertThat(world.dialer.dials()).isEmpty();
  }

  @Test
  void aClosedPoolHasNoTimer() {
    world.idle(A);

    close();

    assertThat(world.time.pending()).isZero();
    world.time.advance(KEEP_ALIVE);
  }

  @Test
  void aPoolClosesOnce() {
    close();

    assertThatIllegalStateException().isThrownBy(this::close);
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void whoWasRefusedByTheCloseCannotCancel() {
    world.openLease(A);
    RecordingReceiver waiting = world.request(A);
    close();

    assertThat(waiting.waiter().cancel()).isFalse();
  }
}
