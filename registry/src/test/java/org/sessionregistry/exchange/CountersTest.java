package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sessionregistry.FailureKind;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.connector.PoolSnapshot;

class CountersTest {
  @Test
  void whatHasBegunAndNotEndedIsInFlight() {
    Counters counters = new Counters();
    for (int i = 0; i < 10; i++) {
      counters.started();
    }
    counters.succeeded();
    counters.failed(FailureKind.DNS_TIMEOUT);
    counters.failed(FailureKind.QUEUE_FULL);
    counters.failed(FailureKind.QUEUE_FULL);
    counters.cancelled();
    counters.sent(5);
    counters.received(7);

    SessionStatistics now = snapshot(counters);
    assertThat(now.session()).isEqualTo("s");
    assertThat(now.requests()).isEqualTo(10);
    assertThat(now.succeeded()).isEqualTo(1);
    assertThat(now.failed()).isEqualTo(3);
    assertThat(now.cancelled()).isEqualTo(1);
    assertThat(now.inFlight()).isEqualTo(5);
    assertThat(now.bytesSent()).isEqualTo(5);
    assertThat(now.bytesReceived()).isEqualTo(7);
  }

  @Test
  void failuresAreCountedByKindAndTheirSumIsWhatFailed() {
    Counters counters = new Counters();
    for (FailureKind kind : FailureKind.values()) {
      for (int i = 0; i <= kind.ordinal(); i++) {
        counters.failed(kind);
      }
    }
    SessionStatistics now = snapshot(counters);
    for (FailureKind kind : FailureKind.values()) {
      assertThat(now.failed(kind)).as(kind.name()).isEqualTo(kind.ordinal() + 1L);
    }
    assertThat(now.failed())
        .isEqualTo(now.failures().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void aKindThatNeverOccurredIsNotListed() {
    Counters counters = new Counters();
    counters.failed(FailureKind.READ_TIMEOUT);
    assertThat(snapshot(counters).failures()).isEqualTo(Map.of(FailureKind.READ_TIMEOUT, 1L));
  }

  @Test
  void whoDidNotWaitIsNoWait() {
    Counters counters = new Counters();
    counters.waited(0);
    counters.waited(3_000_000);
    counters.waited(5_000_000);
    assertThat(snapshot(counters))
        .returns(2L, SessionStatistics::waits)
        .returns(Duration.ofMillis(8), SessionStatistics::waited)
        .returns(Duration.ofMillis(4), SessionStatistics::meanWait);
  }

  @Test
  void failuresCountedByManyThreadsAtOnceAreAllThere() throws Exception {
    Counters counters = new Counters();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 27_000; i++) {
                  counters.failed(FailureKind.values()[i % FailureKind.values().length]);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(snapshot(counters).failed()).isEqualTo(8 * 27_000);
  }

  private static SessionStatistics snapshot(Counters counters) {
    return counters.snapshot(
        "s", Optional.empty(), Snapshots.statistics(World.simple().pool.snapshot()));
  }

  @Test
  void aSnapshotOfThePoolKeepsEveryNumberInItsPlace() {
    PoolSnapshot pool =
        new PoolSnapshot(
            1,
            OptionalInt.of(17),
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12_000_000,
            13_000_000,
            14,
            15,
            List.of(new PoolSnapshot.Holder("crm", 16, 17)));
    assertThat(Snapshots.statistics(pool))
        .isEqualTo(
            new PoolStatistics(
                1,
                OptionalInt.of(17),
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                11,
                Duration.ofMillis(12),
                Duration.ofMillis(13),
                14,
                15,
                List.of(new PoolStatistics.Holder("crm", 16, 17))));
  }
}
