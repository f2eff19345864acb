package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
  void aRegistryCountsTheConnectionsOfAllSessionsInEveryStateAndThoseWhoWait() {
    Map<String, SessionStatistics> sessions =
        Map.of(
            "a", session("a", pool(0, 1, 20, 300, 4000, 9)),
            "b", session("b", pool(0, 2, 0, 0, 0, 9)));
    RegistryStatistics statistics = new RegistryStatistics(sessions);
    assertThat(statistics.connections()).isEqualTo(4323);
    assertThat(statistics.waiting()).isEqualTo(18);
  }

  @Test
  void aRegistryCountsAPoolThatSessionsShareOnce() {
    PoolStatistics pool = pool(0, 1, 20, 300, 4000, 9);
    Map<String, SessionStatistics> sessions =
        Map.of(
            "a", sharing("a", "crm", pool),
            "b", sharing("b", "crm", pool),
            "c", sharing("c", "erp", pool));
    RegistryStatistics statistics = new RegistryStatistics(sessions);
    assertThat(statistics.pools()).hasSize(2);
    assertThat(statistics.connections()).isEqualTo(2 * 4321);
    assertThat(statistics.waiting()).isEqualTo(18);
  }

  private static SessionStatistics sharing(String name, String shared, PoolStatistics pool) {
    Optional<String> sharedPool = Optional.of(shared);
    return new SessionStatistics(
        name, sharedPool, 0, 0, 0, 0, 0, Map.of(), 0, 0, Duration.ZERO, 0, 0, pool);
  }

  @Test
  void aRegistryKeepsACopy() {
    Map<String, SessionStatistics> sessions = new HashMap<>();
    RegistryStatistics statistics = new RegistryStatistics(sessions);
    sessions.put("a", session("a", pool(0, 0, 0, 0, 0, 0)));
    assertThat(statistics.sessions()).isEmpty();
  }

  @Test
  void failuresAreKeptInTheOrderOfTheirKindsAndCannotBeChanged() {
    Map<FailureKind, Long> failures = new HashMap<>();
    failures.put(FailureKind.TOTAL_TIMEOUT, 2L);
    failures.put(FailureKind.QUEUE_FULL, 1L);
    SessionStatistics session = session("a", failures, 0, Duration.ZERO, pool(0, 0, 0, 0, 0, 0));
    failures.clear();

    assertThat(session.failures().keySet())
        .containsExactly(FailureKind.QUEUE_FULL, FailureKind.TOTAL_TIMEOUT)
        .isUnmodifiable();
    assertThat(session.failed(FailureKind.TOTAL_TIMEOUT)).isEqualTo(2);
    assertThat(session.failed(FailureKind.DNS_TIMEOUT)).isZero();
  }

  @Test
  void theMeanWaitIsOverThoseWhoWaited() {
    PoolStatistics pool = pool(0, 0, 0, 0, 0, 0);
    assertThat(session("a", Map.of(), 4, Duration.ofSeconds(6), pool).meanWait())
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(session("a", Map.of(), 0, Duration.ZERO, pool).meanWait()).isZero();
  }

  private static SessionStatistics session(String name, PoolStatistics pool) {
    return session(name, Map.of(), 0, Duration.ZERO, pool);
  }

  private static SessionStatistics session(
      String name,
      Map<FailureKind, Long> failures,
      long waits,
      Duration waited,
      PoolStatistics pool) {
    return new SessionStatistics(
        name, Optional.empty(), 0, 0, 0, 0, 0, failures, 0, waits, waited, 0, 0, pool);
  }

  private static PoolStatistics pool(
      int max, int inUse, int idle, int opening, int closing, int waiting) {
    Duration oldest = waiting == 0 ? Duration.ZERO : Duration.ofMillis(1500);
    return new PoolStatistics(
        max,
        OptionalInt.empty(),
        inUse,
        idle,
        opening,
        closing,
        waiting,
        0,
        0,
        0,
        0,
        0,
        oldest,
        Duration.ZERO,
        inUse,
        0,
        List.of());
  }
}
