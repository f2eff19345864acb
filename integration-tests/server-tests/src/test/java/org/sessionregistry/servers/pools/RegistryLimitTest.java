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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All sessions of a registry have four connections together, whatever their pools allow. That there
 * are no more sockets, not even for a moment, is counted where the pools are tested.
 */
class RegistryLimitTest {
  private static final int LIMIT = 4;

  @RegisterExtension final PoolsWorld world = new PoolsWorld();

  @BeforeEach
  void configure() {
    world
        .with("client-session-registry.max-connections", LIMIT)
        .with("client-session-pool.crm.max-connections", 10)
        .session("alone")
        .session("another")
        .sharing("crm", "orders")
        .sharing("crm", "export");
  }

  @Test
  void theServerNeverServesMoreAndEveryoneIsServed() throws Exception {
    world.upstream.answersAll();
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      for (String name : List.of("alone", "another", "orders", "export")) {
        all.add(get(world.open(name)));
      }
    }

    values(all);

    assertThat(world.upstream.peakServing()).isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void idleConnectionsOfOnePoolAreGivenUpForAnother() throws Exception {
    List<CompletableFuture<String>> four = get(world.open("alone"), LIMIT);
    until("all four are used", () -> world.upstream.arrived("alone") == LIMIT);
    world.upstream.answersAll();
    values(four);
    until("they are idle", () -> pool(world.open("alone")).idle() == LIMIT);

    assertThat(value(get(world.open("orders")))).isEqualTo("orders");

    assertThat(pool(world.open("alone")).idle()).isEqualTo(LIMIT - 1);
    assertThat(pool(world.open("orders")).opened()).isOne();
    assertThat(world.upstream.peakServing()).isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void whoWaitsForAnotherPoolIsServedWhenThatHasAConnectionToSpare() throws Exception {
    List<CompletableFuture<String>> four = get(world.open("alone"), LIMIT);
    until("all four are used", () -> world.upstream.arrived("alone") == LIMIT);
    CompletableFuture<String> order = get(world.open("orders"));
    assertThat(pool(world.open("orders")).waiting()).isOne();

    world.upstream.answers(1);
    until("the order at the server", () -> world.upstream.arrived("orders") == 1);

    assertThat(world.upstream.peakServing()).isEqualTo(LIMIT);
    world.upstream.answersAll();
    assertThat(value(order)).isEqualTo("orders");
    values(four);
  }

  @Test
  void aPoolThatIsAlwaysBusyLetsAnotherHaveOneAfterAWhile() throws Exception {
    List<CompletableFuture<String>> busy = get(world.open("alone"), 300);
    until("all four are used", () -> world.upstream.arrived("alone") == LIMIT);
    CompletableFuture<String> order = get(world.open("orders"));
    int answers = 0;
    while (world.upstream.arrived("orders") == 0) {
      int arrived = world.upstream.arrived().size();
      world.upstream.answers(1);
      answers++;
      until("another in its place", () -> world.upstream.arrived().size() == arrived + 1);
    }

    assertThat(answers).isLessThanOrEqualTo(17);
    world.upstream.answersAll();
    assertThat(value(order)).isEqualTo("orders");
    values(busy);
    assertThat(world.upstream.peakServing()).isEqualTo(LIMIT);
  }

  @Test
  void whatAClosedSessionHadIsThereForTheOthers() throws Exception {
    List<CompletableFuture<String>> four = get(world.open("alone"), LIMIT);
    until("all four are used", () -> world.upstream.arrived("alone") == LIMIT);
    world.upstream.answersAll();
    values(four);
    world.open("alone").close();

    values(get(world.open("another"), 20));

    assertThat(world.upstream.peakServing()).isLessThanOrEqualTo(LIMIT);
    assertThat(pool(world.open("another")).peakInUse()).isLessThanOrEqualTo(LIMIT);
  }
}
