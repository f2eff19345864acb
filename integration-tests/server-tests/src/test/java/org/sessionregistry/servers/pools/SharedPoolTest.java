package org.sessionregistry.servers.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.pools.PoolsWorld.failure;
import static org.sessionregistry.servers.pools.PoolsWorld.get;
import static org.sessionregistry.servers.pools.PoolsWorld.pool;
import static org.sessionregistry.servers.pools.PoolsWorld.until;
import static org.sessionregistry.servers.pools.PoolsWorld.value;
import static org.sessionregistry.servers.pools.PoolsWorld.values;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics.Holder;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.QueueTimeoutException;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.settings.SessionSettings;

/** Sessions that share a pool, from the properties to the sockets that the server counts. */
class SharedPoolTest {
  @RegisterExtension final PoolsWorld world = new PoolsWorld();

  private void crm(String setting, Object value) {
    world.with("client-session-pool.crm." + setting, value);
  }

  private ClientSession sharing(String name) {
    return world.open(name);
  }

  // ---- the limit ------------------------------------------------------------------------------

  @Test
  void allItsSessionsTogetherOpenNoMoreConnectionsThanItAllows() throws Exception {
    crm("max-connections", 5);
    world.sharing("crm", "orders").sharing("crm", "export");
    List<CompletableFuture<String>> orders = get(sharing("orders"), 60);
    List<CompletableFuture<String>> exports = get(sharing("export"), 60);
    until("five requests at the server", () -> world.upstream.arrived().size() == 5);
    assertThat(pool(sharing("orders")).inUse()).isEqualTo(5);
    assertThat(pool(sharing("export")).waiting()).isEqualTo(115);

    world.upstream.answersAll();
    values(orders);
    values(exports);

    assertThat(world.upstream.peak()).isEqualTo(5);
    assertThat(pool(sharing("export")).opened()).isEqualTo(5);
    assertThat(sharing("orders").statistics().succeeded()).isEqualTo(60);
    assertThat(sharing("export").statistics().succeeded()).isEqualTo(60);
  }

  @Test
  void aConnectionOfOneServesTheOther() throws Exception {
    crm("max-connections", 5);
    world.sharing("crm", "orders").sharing("crm", "export").upstream.answersAll();

    assertThat(value(get(sharing("orders")))).isEqualTo("orders");
    assertThat(value(get(sharing("export")))).isEqualTo("export");

    assertThat(world.upstream.peak()).isOne();
    assertThat(pool(sharing("export")).reused()).isOne();
  }

  @Test
  void whoseConnectionsAreOpenedInAnotherWaySharesTheLimitButNoConnection() throws Exception {
    crm("max-connections", 1);
    world
        .sharing("crm", "orders")
        .sharing("crm", "export")
        .with("client-session.export.limits.response-headers", "16KiB")
        .upstream
        .answersAll();

    value(get(sharing("orders")));
    value(get(sharing("export")));
    value(get(sharing("orders")));

    assertThat(pool(sharing("orders")).opened()).isEqualTo(3);
    assertThat(pool(sharing("orders")).reused()).isZero();
    assertThat(world.upstream.peakServing()).isOne();
  }

  @Test
  void aSessionWithAPoolOfItsOwnIsNotConcerned() throws Exception {
    crm("max-connections", 1);
    world.sharing("crm", "orders").session("alone");
    get(sharing("orders"), 3);

    get(sharing("alone"), 3);

    until("three of its own", () -> world.upstream.arrived("alone") == 3);
    until("one of the others", () -> world.upstream.arrived("orders") == 1);
    assertThat(pool(sharing("orders")).waiting()).isEqualTo(2);
    assertThat(pool(sharing("alone")).waiting()).isZero();
  }

  // ---- what one of them may have --------------------------------------------------------------

  @Test
  void oneSessionHoldsNoMoreThanItsPart() throws Exception {
    crm("max-connections", 4);
    crm("max-connections-per-tenant", 3);
    world.sharing("crm", "orders").sharing("crm", "export");
    List<CompletableFuture<String>> exports = get(sharing("export"), 10);
    CompletableFuture<String> order = get(sharing("orders"));

    until("all four are used", () -> world.upstream.arrived().size() == 4);
    assertThat(world.upstream.arrived("export")).isEqualTo(3);
    assertThat(pool(sharing("orders")).largestHolders())
        .containsExactly(new Holder("export", 3, 7), new Holder("orders", 1, 0));

    world.upstream.answersAll();
    assertThat(value(order)).isEqualTo("orders");
    values(exports);
  }

  @Test
  void whatIsReservedIsThereForHighPriorityWhateverWaits() throws Exception {
    crm("max-connections", 3);
    crm("reserved-high", 1);
    world
        .sharing("crm", "orders")
        .with("client-session.orders.priority", "high")
        .sharing("crm", "export")
        .with("client-session.export.priority", "low");
    List<CompletableFuture<String>> exports = get(sharing("export"), 20);
    until("all that it may have", () -> world.upstream.arrived("export") == 2);
    assertThat(pool(sharing("export")).waiting()).isEqualTo(18);

    CompletableFuture<String> order = get(sharing("orders"));
    until("the order at the server", () -> world.upstream.arrived("orders") == 1);
    assertThat(world.upstream.answered("export")).isZero();

    world.upstream.answersAll();
    value(order);
    values(exports);
    assertThat(world.upstream.peak()).isEqualTo(3);
  }

  @Test
  void aFullQueueNamesThePoolsSettingsAndThoseThatHoldMost() throws Exception {
    crm("max-connections", 3);
    crm("max-size", 2);
    world.sharing("crm", "orders").sharing("crm", "export");
    get(sharing("export"), 2);
    get(sharing("orders"), 1);
    get(sharing("export"), 2);

    Throwable refused = failure(get(sharing("orders")));

    assertThat(refused)
        .isInstanceOf(QueueFullException.class)
        .hasMessageContainingAll(
            "session 'orders'",
            "the queue of 2 is full",
            "max 3",
            "waiting 2",
            "largest holders [export 2, orders 1]",
            "raise client-session-pool.crm.max-connections or client-session-pool.crm.max-size,");
  }

  @Test
  void aFullPartOfTheQueueNamesItsOwnSetting() throws Exception {
    crm("max-connections", 1);
    crm("max-size-per-tenant", 2);
    world.sharing("crm", "orders").sharing("crm", "export");
    get(sharing("export"), 3);

    Throwable refused = failure(get(sharing("export")));

    assertThat(refused)
        .isInstanceOf(QueueFullException.class)
        .hasMessageContainingAll(
            "its part of 2 of the queue is full",
            "client-session-pool.crm.max-size-per-tenant",
            "largest holders [export 1]");
    CompletableFuture<String> order = get(sharing("orders"));
    assertThat(pool(sharing("orders")).waiting()).isEqualTo(3);
    world.upstream.answersAll();
    assertThat(value(order)).isEqualTo("orders");
  }

  @Test
  void whoWaitedTooLongSeesWhoHasTheConnections() throws Exception {
    crm("max-connections", 1);
    world
        .sharing("crm", "orders")
        .with("client-session.orders.timeout.queue", "20ms")
        .sharing("crm", "export");
    get(sharing("export"));

    Throwable late = failure(get(sharing("orders")));

    assertThat(late)
        .isInstanceOf(QueueTimeoutException.class)
        .hasMessageContainingAll(
            "client-session.orders.timeout.queue", "largest holders [export 1");
  }

  // ---- sessions that close --------------------------------------------------------------------

  @Test
  void closingOneLetsItsRequestsFinishAndLeavesThoseOfTheOtherAlone() throws Exception {
    crm("max-connections", 2);
    world.sharing("crm", "orders").sharing("crm", "export");
    ClientSession export = sharing("export");
    CompletableFuture<String> exported = get(export);
    CompletableFuture<String> ordered = get(sharing("orders"));
    CompletableFuture<String> exportWaits = get(export);
    CompletableFuture<String> orderWaits = get(sharing("orders"));
    until("two at the server", () -> world.upstream.arrived().size() == 2);

    CompletableFuture<Void> closed = export.closeAsync().toCompletableFuture();
    assertThat(failure(exportWaits)).isInstanceOf(SessionClosedException.class);
    assertThat(closed).isNotDone();
    world.upstream.answersAll();

    assertThat(value(exported)).isEqualTo("export");
    assertThat(value(ordered)).isEqualTo("orders");
    assertThat(value(orderWaits)).isEqualTo("orders");
    value(closed);
    assertThat(failure(get(export))).isInstanceOf(SessionClosedException.class);
    assertThat(value(get(sharing("orders")))).isEqualTo("orders");
    assertThat(world.upstream.peak()).isEqualTo(2);
  }

  @Test
  void cuttingOneOffEndsNothingOfTheOther() throws Exception {
    crm("max-connections", 2);
    world
        .with("client-session-registry.shutdown-timeout", "0")
        .sharing("crm", "orders")
        .sharing("crm", "export");
    ClientSession export = sharing("export");
    CompletableFuture<String> exported = get(export);
    CompletableFuture<String> ordered = get(sharing("orders"));
    until("two at the server", () -> world.upstream.arrived().size() == 2);

    value(export.closeAsync().toCompletableFuture());

    assertThat(failure(exported)).isInstanceOf(SessionClosedException.class);
    assertThat(ordered).isNotDone();
    assertThat(pool(sharing("orders")).inUse()).isOne();
    world.upstream.answersAll();
    assertThat(value(ordered)).isEqualTo("orders");
  }

  @Test
  void aSessionCanBeOpenedAgainOnThePool() throws Exception {
    crm("max-connections", 2);
    world.sharing("crm", "orders").upstream.answersAll();
    value(get(sharing("orders")));
    sharing("orders").close();
    until("its connection is closed with it", () -> world.upstream.open() == 0);

    ClientSession again =
        world
            .registry()
            .open(
                SessionSettings.builder("orders")
                    .baseUrl(world.upstream.of("orders"))
                    .pool(p -> p.withName("crm"))
                    .build());

    assertThat(value(get(again))).isEqualTo("orders");
    assertThat(again.settings().pool().maxConnections()).isEqualTo(2);
    values(get(again, 20));
    assertThat(world.upstream.peak()).isLessThanOrEqualTo(2);
  }
}
