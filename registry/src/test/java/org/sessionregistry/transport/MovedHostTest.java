package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.ConnectionBudget;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.LeaseReceiver;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Refusal;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/**
 * A pool whose host moves: from the name's answer to the requests that two real servers see. When
 * exactly each connection is retired, {@link AddressWatchTest}.
 */
class MovedHostTest {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration WINDOW = TTL.multipliedBy(2);
  private static final String OLD = "127.0.0.2";
  private static final String NEW = "127.0.0.3";

  @RegisterExtension final DialWorld world = new DialWorld();
  private final List<String> served = new CopyOnWriteArrayList<>();
  private final ExecutorService answering = Executors.newCachedThreadPool();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean held;
  private HttpServer before;
  private HttpServer after;
  private PoolMember pool;
  private Route route;

  @BeforeEach
  void start() throws IOException {
    before = server(OLD, 0);
    after = server(NEW, before.getAddress().getPort());
    world.lookup.put("web", OLD);
    route = new Route("http", "web", before.getAddress().getPort());
    pool =
        new ConnectionPool(
                PoolSettings.DEFAULTS
                    .withMaxConnections(8)
                    .withKeepAlive(Duration.ofHours(1))
                    .withMaxLifetime(Duration.ZERO),
                QueueSettings.DEFAULTS,
                new ConnectionBudget(0),
                world.time)
            .join("session", "terms", world.dialer(d -> d));
  }

  private HttpServer server(String address, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(DialWorld.address(address), port), 0);
    server.setExecutor(answering);
    server.createContext(
        "/",
        exchange -> {
          served.add(address);
          if (held) {
            await(gate);
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() throws Exception {
    gate.countDown();
    CompletableFuture<Void> left = new CompletableFuture<>();
    pool.close(() -> left.complete(null));
    pool.closeLeased();
    left.get(10, TimeUnit.SECONDS);
    before.stop(0);
    after.stop(0);
    answering.shutdownNow();
    world.settle();
    assertThat(world.time.pending()).as("timers left").isZero();
    assertThat(world.resolver.watchedHosts()).as("hosts that are still watched").isZero();
  }

  private static final class Asking implements LeaseReceiver {
    final CompletableFuture<Lease> answer = new CompletableFuture<>();

    @Override
    public void leased(Lease lease) {
      answer.complete(lease);
    }

    @Override
    public void cutOff(Lease lease) {
      throw new AssertionError("nobody shares a connection");
    }

    @Override
    public void refused(Refusal refusal) {
      answer.completeExceptionally(new AssertionError(refusal.toString()));
    }
  }

  private Lease lease() throws Exception {
    Asking asking = new Asking();
    pool.acquire(route, Priority.NORMAL, false, asking);
    return asking.answer.get(10, TimeUnit.SECONDS);
  }

  /** A whole exchange on a connection of the pool. */
  private void get() throws Exception {
    Lease lease = lease();
    assertThat(OneExchange.get(lease.connection())).isEqualTo(204);
    lease.release(Long.MAX_VALUE);
  }

  /** The name has another answer, and the pool's connections have heard of it. */
  private void move() throws Exception {
    world.lookup.put("web", NEW);
    world.time.advance(TTL);
    world.resolver.resolve("web", TTL).get(10, TimeUnit.SECONDS);
    world.settle();
  }

  private void untilOpen(int connections) throws Exception {
    long begin = System.nanoTime();
    while (pool.snapshot().inUse() + pool.snapshot().idle() + pool.snapshot().closing()
        != connections) {
      assertThat(System.nanoTime() - begin).as("%s", pool.snapshot()).isLessThan(10_000_000_000L);
      world.settle();
    }
  }

  @Test
  void anIdleConnectionIsClosedAndTheNextRequestGoesToTheNewAddress() throws Exception {
    get();
    move();
    get();
    assertThat(served).as("not at once").containsExactly(OLD, OLD);

    world.time.advance(WINDOW);
    untilOpen(0);
    get();

    assertThat(served).containsExactly(OLD, OLD, NEW);
    assertThat(pool.snapshot().opened()).isEqualTo(2);
  }

  @Test
  void anExchangeInFlightEndsWellOnTheOldAddress() throws Exception {
    held = true;
    Lease lease = lease();
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> statusOf(lease), answering);
    while (served.isEmpty()) {
      world.settle();
    }
    move();
    world.time.advance(WINDOW);
    world.settle();
    assertThat(pool.snapshot().inUse()).isOne();

    gate.countDown();
    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(204);
    lease.release(Long.MAX_VALUE);
    untilOpen(0);
    get();

    assertThat(served).containsExactly(OLD, NEW);
  }

  private static int statusOf(Lease lease) {
    try {
      return OneExchange.get(lease.connection());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFullPoolMovesConnectionByConnectionWithoutExceedingItsLimit() throws Exception {
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      leases.add(lease());
    }
    leases.forEach(lease -> lease.release(Long.MAX_VALUE));
    move();
    int most = 0;
    int left = 8;
    for (int i = 0; i < 20; i++) {
      world.time.advance(WINDOW.dividedBy(20));
      world.settle();
      world.settle();
      int idle = pool.snapshot().idle();
      most = Math.max(most, left - idle);
      left = idle;
    }
    untilOpen(0);
    get();

    assertThat(most).as("closed within a twentieth of the window").isLessThan(8);
    assertThat(served).containsExactly(NEW);
    assertThat(pool.snapshot().peakInUse()).isEqualTo(8);
  }

  @Test
  void whereTheAddressStaysNothingIsClosed() throws Exception {
    get();
    world.lookup.put("web", OLD, NEW);
    world.time.advance(TTL);
    get();
    world.time.advance(WINDOW);
    world.settle();
    get();

    assertThat(served).containsExactly(OLD, OLD, OLD);
    assertThat(pool.snapshot().opened()).isOne();
  }
}
