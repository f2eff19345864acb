package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/**
 * Members of a shared pool are served in turns, in numbers: what somebody waits is counted in
 * leases that end before.
 */
class FairTurnsTest {
  private static final int QUEUED = 10_000;

  private final ScriptedDialer dialer = new ScriptedDialer();

  /** In the order in which they were served. */
  private final Deque<Lease> inUse = new ArrayDeque<>();

  private final List<PoolMember> served = new ArrayList<>();

  FairTurnsTest() {
    dialer.atOnce(FakeDial::open);
  }

  @ParameterizedTest(name = "{0} in flight, a request of priority {2} to {1}")
  @CsvSource({
    "1, a, NORMAL", "1, a, LOW", "1, a, HIGH", "1, b, NORMAL", "1, b, LOW", "1, b, HIGH",
    "10, a, NORMAL", "10, a, LOW", "10, a, HIGH", "10, b, NORMAL", "10, b, LOW", "10, b, HIGH"
  })
  void aSingleRequestWaitsForWhatIsInFlightWhateverAnotherHasWaiting(
      int inFlight, String host, Priority priority) {
    ConnectionPool pool = pool(inFlight);
    PoolMember busy = pool.join("busy", "terms", dialer);
    PoolMember modest = pool.join("modest", "terms", dialer);
    for (int i = 0; i < inFlight + QUEUED; i++) {
      ask(busy, A, Priority.NORMAL);
    }

    IntSummaryStatistics waits = new IntSummaryStatistics();
    for (int i = 0; i < 200; i++) {
      served.clear();
      ask(modest, host.equals("a") ? A : B, priority);
      while (!served.contains(modest)) {
        releaseOne();
      }
      waits.accept(served.size()); // each lease that ended let one be served
      while (inUse.stream().anyMatch(lease -> lease.member == modest)) {
        releaseOne();
      }
    }

    assertThat(waits.getMax()).as("leases that ended before: " + waits).isEqualTo(1);
    assertThat(busy.queued).as("still waiting").isGreaterThan(QUEUED / 2);
  }

  @Test
  void eachOfAHundredGetsItsShareWhateverItHasWaiting() {
    ConnectionPool pool = pool(10);
    List<PoolMember> members =
        IntStream.range(0, 100).mapToObj(i -> pool.join("member-" + i, "terms", dialer)).toList();
    PoolMember first = pool.join("first", "terms", dialer);
    for (int i = 0; i < 10; i++) {
      ask(first, A, Priority.NORMAL); // holds all, and wants no more
    }
    int rounds = 50;
    for (int i = 0; i < members.size(); i++) {
      for (int n = 0; n < rounds + i * i; n++) {
        ask(members.get(i), A, Priority.NORMAL); // from 50 to 10 000
      }
    }
    served.clear();

    for (int turn = 1; turn <= rounds; turn++) {
      for (int i = 0; i < members.size(); i++) {
        releaseOne();
      }
      assertThat(served).as("served in round " + turn).containsExactlyInAnyOrderElementsOf(members);
      served.clear();
    }
  }

  private static ConnectionPool pool(int connections) {
    return new ConnectionPool(
        PoolFixture.settings(connections, 0, Duration.ofSeconds(15)),
        QueueSettings.DEFAULTS,
        new ConnectionBudget(0),
        new VirtualScheduler());
  }

  private void ask(PoolMember member, Route route, Priority priority) {
    member.acquire(
        route,
        priority,
        false,
        new LeaseReceiver() {
          @Override
          public void leased(Lease lease) {
            inUse.add(lease);
            served.add(member);
          }

          @Override
          public void cutOff(Lease lease) {
            throw new AssertionError("nobody leaves the pool");
          }

          @Override
          public void refused(Refusal refusal) {
            throw new AssertionError(refusal);
          }
        });
  }

  private void releaseOne() {
    PoolFixture.free(inUse.remove());
  }
}
