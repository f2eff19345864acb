package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
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
    counters.failed();
    counters.failed();
    counters.cancelled();
    counters.sent(5);
    counters.received(7);

    SessionStatistics now =
        counters.snapshot("s", Snapshots.statistics(World.simple().pool.snapshot()));
    assertThat(now.session()).isEqualTo("s");
    assertThat(now.requests()).isEqualTo(10);
    assertThat(now.succeeded()).isEqualTo(1);
    assertThat(now.failed()).isEqualTo(2);
    assertThat(now.cancelled()).isEqualTo(1);
    assertThat(now.inFlight()).isEqualTo(6);
    assertThat(now.bytesSent()).isEqualTo(5);
    assertThat(now.bytesReceived()).isEqualTo(7);
  }

  @Test
  void aSnapshotOfThePoolKeepsEveryNumberInItsPlace() {
    PoolSnapshot pool = new PoolSnapshot(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12_000_000, 13_000_000);
    assertThat(Snapshots.statistics(pool))
        .isEqualTo(
            new PoolStatistics(
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, Duration.ofMillis(12), Duration.ofMillis(13)));
  }
}
