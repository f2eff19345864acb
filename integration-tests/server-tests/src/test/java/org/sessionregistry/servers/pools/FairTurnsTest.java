package org.sessionregistry.servers.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.pools.PoolsWorld.get;
import static org.sessionregistry.servers.pools.PoolsWorld.pool;
import static org.sessionregistry.servers.pools.PoolsWorld.until;
import static org.sessionregistry.servers.pools.PoolsWorld.value;
import static org.sessionregistry.servers.pools.PoolsWorld.values;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;

/**
 * How long one session waits while another one has thousands of requests in the queue of their
 * pool: counted in answers of the server, which gives them one by one, not in time.
 */
class FairTurnsTest {
  private static final int IN_FLIGHT = 8;

  @RegisterExtension final PoolsWorld world = new PoolsWorld();

  /** How many answers the server gives until it has reached what the test waits for. */
  private int answersUntil(BooleanSupplier reached) {
    int answers = 0;
    while (!reached.getAsBoolean()) {
      int arrived = world.upstream.arrived().size();
      world.upstream.answers(1);
      answers++;
      until("another in its place", () -> world.upstream.arrived().size() == arrived + 1);
    }
    return answers;
  }

  @Test
  void aSingleRequestWaitsForNoMoreThanWhatIsInFlight() throws Exception {
    world
        .with("client-session-pool.crm.max-connections", IN_FLIGHT)
        .sharing("crm", "bulk")
        .sharing("crm", "single");
    ClientSession single = world.open("single");
    List<CompletableFuture<String>> bulk = get(world.open("bulk"), 3000);
    until("the pool is full", () -> world.upstream.arrived("bulk") == IN_FLIGHT);
    List<Integer> waits = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      int number = i;
      CompletableFuture<String> one = get(single);
      assertThat(pool(single).waiting()).isGreaterThan(2000);

      waits.add(answersUntil(() -> world.upstream.arrived("single") == number));
      answersUntil(() -> world.upstream.answered("single") == number);

      assertThat(value(one)).isEqualTo("single");
    }

    assertThat(waits).allMatch(answers -> answers <= IN_FLIGHT);
    assertThat(waits.subList(1, 50)).as("its turn comes at once").containsOnly(1);
    world.upstream.answersAll();
    values(bulk);
    assertThat(world.upstream.peak()).isEqualTo(IN_FLIGHT);
  }

  @Test
  void threeThatWaitGetAThirdEach() throws Exception {
    world
        .with("client-session-pool.crm.max-connections", IN_FLIGHT)
        .sharing("crm", "bulk")
        .sharing("crm", "some")
        .sharing("crm", "few");
    List<CompletableFuture<String>> all = new ArrayList<>(get(world.open("bulk"), 2000));
    until("the pool is full", () -> world.upstream.arrived("bulk") == IN_FLIGHT);
    all.addAll(get(world.open("some"), 200));
    all.addAll(get(world.open("few"), 100));

    answersUntil(() -> world.upstream.arrived().size() == IN_FLIGHT + 150);

    assertThat(world.upstream.arrived("some")).isBetween(49, 51);
    assertThat(world.upstream.arrived("few")).isBetween(49, 51);
    world.upstream.answersAll();
    values(all);
  }
}
