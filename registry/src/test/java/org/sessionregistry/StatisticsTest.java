package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void aPoolIsDescribedByItsLimitAndWhatItIsDoing() {
    assertThat(pool(20, 1, 2, 3, 4, 0))
        .hasToString("max 20, in use 1, idle 2, opening 3, waiting 0");
  }

  @Test
  void aPoolWithoutALimitSaysSo() {
    assertThat(pool(0, 0, 0, 0, 0, 0).toString()).startsWith("max unlimited,");
  }

  @Test
  void theOldestWaitIsToldWhileSomebodyWaits() {
    assertThat(pool(1, 1, 0, 0, 0, 7).toString()).endsWith("waiting 7, oldest wait 1.5 s");
  }

  @Test
  void aRegistryCountsTheConnectionsOfAllSessionsInEveryState() {
    Map<String, SessionStatistics> sessions =
        Map.of(
            "a", session("a", pool(0, 1, 20, 300, 4000, 9)),
            "b", session("b", pool(0, 2, 0, 0, 0, 9)));
    assertThat(new RegistryStatistics(sessions).connections()).isEqualTo(4323);
  }

  @Test
  void aRegistryKeepsACopy() {
    Map<String, SessionStatistics> sessions = new HashMap<>();
    RegistryStatistics statistics = new RegistryStatistics(sessions);
    sessions.put("a", session("a", pool(0, 0, 0, 0, 0, 0)));
    assertThat(statistics.sessions()).isEmpty();
  }

  private static SessionStatistics session(String name, PoolStatistics pool) {
    return new SessionStatistics(name, 0, 0, 0, 0, 0, 0, 0, pool);
  }

  private static PoolStatistics pool(
      int max, int inUse, int idle, int opening, int closing, int waiting) {
    Duration oldest = waiting == 0 ? Duration.ZERO : Duration.ofMillis(1500);
    return new PoolStatistics(
        max, inUse, idle, opening, closing, waiting, 0, 0, 0, 0, 0, oldest, Duration.ZERO);
  }
}
