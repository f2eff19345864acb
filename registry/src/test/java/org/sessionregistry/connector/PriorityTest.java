package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.free;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;

class PriorityTest {
  private final PoolFixture world = PoolFixture.limit(1);
  private Lease lease = world.openLease(A);

  @Test
  void aHighOneGoesBeforeThoseThatCameEarlier() {
    RecordingReceiver earlier = world.request(A, Priority.NORMAL);
    free(lease);
    lease = earlier.lease();
    RecordingReceiver normal = world.request(A, Priority.NORMAL);
    RecordingReceiver low = world.request(A, Priority.LOW);
    RecordingReceiver high = world.request(A, Priority.HIGH);

    free(lease);

    assertThat(high.hasLease()).isTrue();
    assertThat(normal.heard()).isEmpty();
    assertThat(low.heard()).isEmpty();
  }

  @Test
  void theThreeAreServedInTheRatioOfTheirWeights() {
    List<Priority> served = serve(210, 210, 210, 210);

    assertThat(Collections.frequency(served, Priority.HIGH)).isEqualTo(160);
    assertThat(Collections.frequency(served, Priority.NORMAL)).isEqualTo(40);
    assertThat(Collections.frequency(served, Priority.LOW)).isEqualTo(10);
  }

  @Test
  void whatNobodyOfHigherPriorityWantsGoesToTheLowest() {
    assertThat(serve(5, 0, 0, 5)).containsOnly(Priority.LOW);
  }

  @Test
  void havingBeenIdleIsWorthNothing() {
    serve(100, 0, 0, 100);

    List<Priority> served = serve(21, 30, 0, 30);

    assertThat(Collections.frequency(served, Priority.LOW)).isBetween(1, 2);
  }

  /** Queues so many of each, and tells the priorities of the first that are served. */
  private List<Priority> serve(int count, int high, int normal, int low) {
    List<RecordingReceiver> waiting = new ArrayList<>();
    List<Priority> priorities = new ArrayList<>();
    queue(high, Priority.HIGH, waiting, priorities);
    queue(normal, Priority.NORMAL, waiting, priorities);
    queue(low, Priority.LOW, waiting, priorities);
    List<Priority> served = new ArrayList<>();
    while (served.size() < count) {
      free(lease);
      for (int i = 0; i < waiting.size(); i++) {
        if (waiting.get(i).hasLease()) {
          lease = waiting.remove(i).lease();
          served.add(priorities.remove(i));
        }
      }
    }
    waiting.forEach(left -> left.waiter().cancel());
    return served;
  }

  private void queue(
      int count, Priority priority, List<RecordingReceiver> waiting, List<Priority> priorities) {
    for (int i = 0; i < count; i++) {
      waiting.add(world.request(A, priority));
      priorities.add(priority);
    }
  }

  @Test
  void aFreeSlotGoesToTheHigherPriorityOfTwoRoutes() {
    RecordingReceiver normal = world.request(B, Priority.NORMAL);
    RecordingReceiver high = world.request(PoolFixture.C, Priority.HIGH);

    lease.discard();
    world.dialer.last().open();

    assertThat(high.hasLease()).isTrue();
    assertThat(normal.heard()).isEmpty();
  }

  @Test
  void aLowOneOfAnotherRouteIsNotPassedOverForEver() {
    RecordingReceiver low = world.request(B, Priority.LOW);
    int served = 0;
    while (low.heard().isEmpty() && world.dialer.last().route.equals(A)) {
      RecordingReceiver high = world.request(A, Priority.HIGH);
      free(lease);
      if (high.hasLease()) {
        lease = high.lease();
      }
      served++;
      assertThat(served).isLessThan(1000);
    }
    world.dialer.last().open();

    assertThat(low.hasLease()).isTrue();
  }

  @Test
  void theLastComesFirstInALifoQueue() {
    PoolFixture lifo = PoolFixture.ordered(1, QueueOrder.LIFO);
    Lease held = lifo.openLease(A);
    RecordingReceiver first = lifo.request(A);
    RecordingReceiver last = lifo.request(A);

    free(held);

    assertThat(last.hasLease()).isTrue();
    assertThat(first.heard()).isEmpty();
  }

  @Test
  void theOldestWaitIsThatOfWhoCameFirstWhateverTheOrder() {
    PoolFixture lifo = PoolFixture.ordered(1, QueueOrder.LIFO);
    lifo.openLease(A);
    lifo.request(A);
    lifo.time.advance(java.time.Duration.ofSeconds(3));
    lifo.request(A);

    assertThat(lifo.now().oldestWaitNanos()).isEqualTo(3_000_000_000L);
  }
}
