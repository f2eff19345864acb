package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.free;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

class PoolSnapshotTest {
  private final PoolFixture world = PoolFixture.limit(2);

  @Test
  void anEmptyPoolHasOnlyItsLimit() {
    assertThat(world.now())
        .isEqualTo(
            new PoolSnapshot(
                2, OptionalInt.empty(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
  }

  @Test
  void everyConnectionCountsInItsState() {
    PoolFixture four = PoolFixture.limit(4);
    four.openLease(A);
    Lease closing = four.openLease(A);
    four.idle(B);
    four.request(A);
    four.dialer.endsLater();
    closing.discard();

    assertThat(four.now().inUse()).isEqualTo(1);
    assertThat(four.now().closing()).isEqualTo(1);
    assertThat(four.now().idle()).isEqualTo(1);
    assertThat(four.now().opening()).isEqualTo(1);
  }

  @Test
  void aConnectionThatAwaitsItsSlotCountsAsOpening() {
    PoolFixture one = PoolFixture.limit(1);
    one.idle(A);
    one.dialer.endsLater();

    one.request(B);

    assertThat(one.now().opening()).isEqualTo(1);
    assertThat(one.now().closing()).isEqualTo(1);
  }

  @Test
  void thePeakOfUseOutlivesTheUse() {
    Lease first = world.openLease(A);
    Lease second = world.openLease(A);
    free(first);
    free(second);
    free(world.request(A).lease());

    assertThat(world.now().peakInUse()).isEqualTo(2);
    assertThat(world.now().inUse()).isZero();
  }

  @Test
  void thePeakOfTheQueueOutlivesTheQueue() {
    world.openLease(A);
    world.openLease(A);
    RecordingReceiver first = world.request(A);
    RecordingReceiver second = world.request(B);
    first.waiter().cancel();
    second.waiter().cancel();

    assertThat(world.now().peakWaiting()).isEqualTo(2);
    assertThat(world.now().waiting()).isZero();
  }

  @Test
  void openedConnectionsAreCountedOnce() {
    free(world.openLease(A));
    world.request(A);

    assertThat(world.now().opened()).isEqualTo(1);
  }

  @Test
  void reuseIsCounted() {
    world.idle(A);
    free(world.request(A).lease());
    Lease lease = world.request(A).lease();
    world.request(A);
    free(lease);

    assertThat(world.now().reused()).isEqualTo(3);
  }

  @Test
  void failuresAreCounted() {
    world.request(A);
    world.dialer.last().fail(Kind.CONNECT_FAILED);
    world.request(A);
    world.dialer.last().fail(Kind.TLS_FAILED);

    assertThat(world.now().openFailures()).isEqualTo(2);
    assertThat(world.now().opened()).isZero();
  }

  @Test
  void theOldestWaitIsThatOfTheWaiterInTheQueueWhoArrivedFirst() {
    world.openLease(A);
    world.openLease(A);
    world.request(B);
    world.time.advance(Duration.ofNanos(10));
    world.request(A);
    world.time.advance(Duration.ofNanos(5));

    assertThat(world.now().oldestWaitNanos()).isEqualTo(15);
  }

  @Test
  void theLongestWaitIsRemembered() {
    world.openLease(A);
    Lease lease = world.openLease(A);
    world.request(A);
    world.time.advance(Duration.ofNanos(10));
    RecordingReceiver second = world.request(A);
    free(lease);
    world.time.advance(Duration.ofNanos(3));
    second.waiter().cancel();

    assertThat(world.now().longestWaitNanos()).isEqualTo(10);
    assertThat(world.now().oldestWaitNanos()).isZero();
  }
}
