package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.KEEP_ALIVE;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final PoolFixture world = PoolFixture.unlimited();

  @Test
  void anIdleConnectionIsClosedWhenItsTimeIsOver() {
    FakeConnection idle = world.idle(A);

    world.time.advance(KEEP_ALIVE);

    assertThat(idle.isGone()).isTrue();
  }

  @Test
  void anIdleConnectionIsKeptUntilItsTimeIsOver() {
    FakeConnection idle = world.idle(A);

    world.time.advance(KEEP_ALIVE.minus(A_MOMENT));

    assertThat(idle.closeCalls()).isZero();
  }

  @Test
  void everyUseBeginsTheTimeAnew() {
    FakeConnection idle = world.idle(A);
    world.time.advance(KEEP_ALIVE.minus(A_MOMENT));
    free(world.request(A).lease());

    world.time.advance(KEEP_ALIVE.minus(A_MOMENT));

    assertThat(idle.closeCalls()).isZero();
  }

  @Test
  void aLeasedConnectionDoesNotExpire() {
    world.idle(A);
    Lease lease = world.request(A).lease();

    world.time.advance(KEEP_ALIVE.multipliedBy(2));

    assertThat(connection(lease).closeCalls()).isZero();
  }

  @Test
  void theShorterHintOfThePeerWins() {
    Lease lease = world.openLease(A);
    lease.release(Duration.ofSeconds(5).toNanos());

    world.time.advance(Duration.ofSeconds(5));

    assertThat(connection(lease).isGone()).isTrue();
  }

  @Test
  void aLongerHintOfThePeerDoesNot() {
    Lease lease = world.openLease(A);
    lease.release(KEEP_ALIVE.multipliedBy(2).toNanos());

    world.time.advance(KEEP_ALIVE);

    assertThat(connection(lease).isGone()).isTrue();
  }

  @Test
  void aHintOfZeroClosesAtOnce() {
    Lease lease = world.openLease(A);

    lease.release(0);

    assertThat(connection(lease).isGone()).isTrue();
  }

  @Test
  void aShorterHintIsHeardAlthoughALaterTimeWasAwaited() {
    world.idle(A);
    Lease lease = world.openLease(B);
    lease.release(Duration.ofSeconds(1).toNanos());

    world.time.advance(Duration.ofSeconds(1));

    assertThat(connection(lease).isGone()).isTrue();
    assertThat(world.now().idle()).isEqualTo(1);
  }

  @Test
  void eachConnectionExpiresAtItsOwnTime() {
    FakeConnection first = world.idle(A);
    world.time.advance(Duration.ofSeconds(4));
    FakeConnection second = world.idle(B);

    world.time.advance(KEEP_ALIVE.minusSeconds(4));
    assertThat(first.isGone()).isTrue();
    assertThat(second.isGone()).isFalse();

    world.time.advance(Duration.ofSeconds(4));
    assertThat(second.isGone()).isTrue();
  }

  @Test
  void oneTimerServesAllConnections() {
    world.idle(A);
    world.idle(B);
    world.openLease(A).release(1);

    assertThat(world.time.pending()).isEqualTo(1);
  }

  @Test
  void noTimerIsLeftWhenNothingIsIdle() {
    world.idle(A);

    world.time.advance(KEEP_ALIVE);

    assertThat(world.time.pending()).isZero();
  }

  @Test
  void aTimerThatHasBegunWhenAnEarlierOneReplacesItLeavesNoTimerTooMany() {
    world.idle(A);
    Lease lease = world.openLease(B);
    Runnable begun = world.time.begin();
    lease.release(1);

    begun.run();

    assertThat(world.time.pending()).isEqualTo(1);
  }

  @Test
  void withoutKeepAliveEveryUseEndsItsConnection() {
    PoolFixture once = PoolFixture.keepAlive(1, Duration.ZERO);
    Lease lease = once.openLease(A);

    free(lease);

    assertThat(connection(lease).isGone()).isTrue();
  }

  @Test
  void withoutKeepAliveNoWaiterGetsAUsedConnection() {
    PoolFixture once = PoolFixture.keepAlive(1, Duration.ZERO);
    Lease lease = once.openLease(A);
    RecordingReceiver waiting = once.request(A);

    free(lease);

    assertThat(connection(lease).isGone()).isTrue();
    once.dialer.last().open();
    assertThat(waiting.lease().fresh()).isTrue();
  }

  @Test
  void withoutKeepAliveAnUnneededConnectionIsClosedOnceItIsOpen() {
    PoolFixture once = PoolFixture.keepAlive(1, Duration.ZERO);
    once.request(A).waiter().cancel();

    once.dialer.last().open();

    assertThat(once.dialer.sockets.open()).isZero();
  }
}
