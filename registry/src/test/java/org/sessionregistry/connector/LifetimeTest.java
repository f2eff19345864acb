package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.PoolSettings;

class LifetimeTest {
  private static final PoolSettings LONG_KEEP_ALIVE =
      PoolFixture.settings(4, 0, Duration.ofHours(1));

  @Test
  void aConnectionIsClosedAfterTheUsesItMayHave() {
    PoolFixture world = PoolFixture.of(LONG_KEEP_ALIVE.withMaxUses(2));
    Lease first = world.openLease(A);
    free(first);
    Lease second = world.request(A).lease();

    free(second);

    assertThat(connection(first)).isSameAs(connection(second));
    assertThat(connection(first).isGone()).isTrue();
  }

  @Test
  void returningAConnectionUnusedIsNoUse() {
    PoolFixture world = PoolFixture.of(LONG_KEEP_ALIVE.withMaxUses(1));
    Lease lease = world.openLease(A);

    lease.returnUnused();

    assertThat(connection(lease).isGone()).isFalse();
  }

  @Test
  void anIdleConnectionIsClosedAtTheEndOfItsLife() {
    PoolFixture world = PoolFixture.of(LONG_KEEP_ALIVE.withMaxLifetime(Duration.ofMinutes(10)));
    FakeConnection idle = world.idle(A);

    world.time.advance(Duration.ofMinutes(9).minusSeconds(1));
    assertThat(idle.isGone()).isFalse();
    world.time.advance(Duration.ofMinutes(1).plusSeconds(1));
    assertThat(idle.isGone()).isTrue();
  }

  @Test
  void aLeasedConnectionLivesOnUntilItIsFree() {
    PoolFixture world = PoolFixture.of(LONG_KEEP_ALIVE.withMaxLifetime(Duration.ofMinutes(10)));
    Lease lease = world.openLease(A);
    world.time.advance(Duration.ofMinutes(11));
    assertThat(connection(lease).isGone()).isFalse();

    free(lease);

    assertThat(connection(lease).isGone()).isTrue();
  }

  @Test
  void connectionsOpenedTogetherDoNotAllEndTogether() {
    PoolFixture world =
        PoolFixture.of(
            LONG_KEEP_ALIVE.withMaxConnections(0).withMaxLifetime(Duration.ofMinutes(10)));
    for (int i = 0; i < 50; i++) {
      world.openLease(A).returnUnused();
    }

    world.time.advance(Duration.ofMinutes(9).plusSeconds(30));

    assertThat(world.now().idle()).isBetween(1, 49);
  }

  @Test
  void warmUpOpensWhatTheLimitsAllow() {
    PoolFixture world = PoolFixture.of(LONG_KEEP_ALIVE.withMaxConnections(2));

    world.pool.warmUp(A, 3);
    world.dialer.dial(0).open();
    world.dialer.dial(1).open();

    assertThat(world.now().idle()).isEqualTo(2);
    assertThat(world.request(A).hasLease()).isTrue();
  }

  @Test
  void aWarmUpThatFailsFailsNobody() {
    PoolFixture world = PoolFixture.of(LONG_KEEP_ALIVE);
    world.pool.warmUp(A, 1);

    world.dialer.last().fail(Dialer.DialFailure.Kind.CONNECT_FAILED);

    assertThat(world.now().opening()).isZero();
    assertThat(world.now().openFailures()).isEqualTo(1);
  }
}
