package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.settings.QueueSettings;

/** The connections of a session, counted by the servers that they lead to. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class PoolTest {
  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void noMoreConnectionsAreOpenThanAllowed() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = held(gate);
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withMaxConnections(5)));

    List<CompletableFuture<String>> texts = getAll(session, 100);
    Wait.until("five requests at the server", () -> peer.active() == 5);
    PoolStatistics pool = session.statistics().pool();

    assertThat(pool.inUse()).isEqualTo(5);
    assertThat(pool.waiting()).isEqualTo(95);
    assertThat(peer.openConnections()).isEqualTo(5);

    gate.countDown();

    for (CompletableFuture<String> text : texts) {
      Wait.on(text);
    }
    Wait.until("the server is done with all", () -> peer.served() == 100);
    assertThat(peer.peakActive()).isEqualTo(5);
    assertThat(peer.peakConnections()).isEqualTo(5);
    assertThat(session.statistics().pool().opened()).isEqualTo(5);
    assertThat(session.statistics().pool().reused()).isEqualTo(95);
    assertThat(session.statistics().pool().peakWaiting()).isEqualTo(95);
  }

  @Test
  void withoutALimitNobodyWaits() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = held(gate);
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withMaxConnections(0)));

    List<CompletableFuture<String>> texts = getAll(session, 150);
    Wait.until("all requests at the server", () -> peer.active() == 150);
    gate.countDown();

    for (CompletableFuture<String> text : texts) {
      Wait.on(text);
    }
    assertThat(session.statistics().pool().peakWaiting()).isZero();
    assertThat(peer.peakConnections()).isEqualTo(150);
  }

  @Test
  void requestsAreServedInTheOrderInWhichTheyWereSent() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            (self, call) -> {
              self.keep(call.see());
              Wait.on(gate);
              call.reply("");
            });
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withMaxConnections(1)));

    List<CompletableFuture<String>> texts = getAll(session, 50);
    Wait.until("the first at the server", () -> peer.active() == 1);
    gate.countDown();

    for (int i = 0; i < 50; i++) {
      assertThat(peer.next().target()).isEqualTo("/" + i);
      Wait.on(texts.get(i));
    }
    assertThat(peer.usedConnections()).isOne();
  }

  @Test
  void aFullQueueRefusesAtOnceAndSaysHowFullItIs() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = held(gate);
    ClientSession session =
        world.session(
            peer, s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(2)));
    List<CompletableFuture<String>> texts = getAll(session, 3);

    Throwable thrown = Wait.failure(session.get("/one-too-many").sendAsync());

    assertThat(thrown)
        .isInstanceOf(QueueFullException.class)
        .hasMessageContaining("/one-too-many")
        .hasMessageContaining("the queue of 2 is full")
        .hasMessageContaining("waiting 2");
    gate.countDown();
    for (CompletableFuture<String> text : texts) {
      Wait.on(text);
    }
  }

  @Test
  void aWaiterThatGivesUpLeavesItsPlaceToTheNext() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = held(gate);
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> first = session.get("/first").sendAsync();
    CompletableFuture<Response> givesUp = session.get("/gives-up").sendAsync();
    CompletableFuture<Response> last = session.get("/last").sendAsync();
    Wait.until("the first at the server", () -> peer.active() == 1);

    givesUp.cancel(true);
    assertThat(session.statistics().pool().waiting()).isOne();
    gate.countDown();

    Wait.on(Wait.on(first).textAsync());
    Wait.on(Wait.on(last).textAsync());
    Wait.until("the server is done with two", () -> peer.served() == 2);
  }

  @Test
  void theConnectionThatWasUsedLastIsUsedNext() throws Exception {
    Semaphore one = new Semaphore(0);
    Semaphore two = new Semaphore(0);
    Peer peer =
        world.peer(
            kind,
            (self, call) -> {
              Seen seen = self.keep(call.see());
              if (seen.target().equals("/one")) {
                one.acquire();
              } else if (seen.target().equals("/two")) {
                two.acquire();
              }
              call.reply(seen.connection());
            });
    ClientSession session = world.session(peer);
    CompletableFuture<String> first = get(session, "/one");
    CompletableFuture<String> second = get(session, "/two");
    Wait.until("both at the server", () -> peer.active() == 2);
    two.release();
    String early = Wait.on(second);
    one.release();
    String late = Wait.on(first);

    assertThat(late).isNotEqualTo(early);
    for (int i = 0; i < 10; i++) {
      assertThat(Wait.on(get(session, "/"))).isEqualTo(late);
    }
    assertThat(session.statistics().pool().idle()).isEqualTo(2);
  }

  @Test
  void aHostThatIsFullHoldsNobodyElseUp() throws Exception {
    CountDownLatch gate = world.gate();
    Peer full = held(gate);
    Peer other = world.echo(kind);
    ClientSession session =
        world.session(s -> s.pool(p -> p.withMaxConnections(10).withMaxConnectionsPerHost(2)));
    List<CompletableFuture<String>> texts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      texts.add(get(session, full.origin() + "/" + i));
    }
    Wait.until("two requests at the full server", () -> full.active() == 2);

    for (int i = 0; i < 10; i++) {
      Wait.on(get(session, other.origin() + "/" + i));
    }

    assertThat(session.statistics().pool().waiting()).isEqualTo(8);
    gate.countDown();
    for (CompletableFuture<String> text : texts) {
      Wait.on(text);
    }
    assertThat(full.peakConnections()).isEqualTo(2);
    assertThat(other.peakConnections()).isOne();
  }

  @Test
  void anIdleConnectionOfAnotherHostIsGivenUpForAWaiter() throws Exception {
    Peer first = world.echo(kind);
    Peer second = world.echo(kind);
    ClientSession session = world.session(s -> s.pool(p -> p.withMaxConnections(1)));

    for (int i = 0; i < 5; i++) {
      Wait.on(get(session, first.origin()));
      Wait.until("no connection to the second", () -> second.openConnections() == 0);
      Wait.on(get(session, second.origin()));
      Wait.until("no connection to the first", () -> first.openConnections() == 0);
    }

    PoolStatistics pool = session.statistics().pool();
    assertThat(pool.opened()).isEqualTo(10);
    assertThat(pool.idle()).isOne();
    assertThat(pool.peakWaiting()).isZero();
  }

  @Test
  void manyRequestsToTwoHostsShareOneConnection() throws Exception {
    Peer first = world.echo(kind);
    Peer second = world.echo(kind);
    ClientSession session = world.session(s -> s.pool(p -> p.withMaxConnections(1)));
    List<CompletableFuture<String>> texts = new ArrayList<>();

    for (int i = 0; i < 40; i++) {
      texts.add(get(session, (i % 2 == 0 ? first : second).origin() + "/" + i));
    }

    for (CompletableFuture<String> text : texts) {
      Wait.on(text);
    }
    Wait.until("both are done with 20", () -> first.served() == 20 && second.served() == 20);
    assertThat(session.statistics().pool().peakInUse()).isOne();
  }

  @Test
  void withoutKeepAliveEveryConnectionIsClosedAfterItsUse() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withKeepAlive(Duration.ZERO)));

    for (int i = 0; i < 5; i++) {
      session.get("/").send().bytes();
      Wait.until("no connection", () -> peer.openConnections() == 0);
    }

    assertThat(session.statistics().pool().opened()).isEqualTo(5);
    assertThat(session.statistics().pool().reused()).isZero();
    assertThat(peer.usedConnections()).isEqualTo(5);
  }

  @Test
  void anIdleConnectionIsClosedWhenItsTimeIsOver() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session =
        world.session(peer, s -> s.pool(p -> p.withKeepAlive(Duration.ofMillis(100))));
    session.get("/").send().bytes();

    Wait.until("no connection", () -> peer.openConnections() == 0);

    Wait.until("no idle connection", () -> session.statistics().pool().idle() == 0);
    assertThat(session.get("/").send().text()).isEmpty();
    assertThat(session.statistics().pool().opened()).isEqualTo(2);
  }

  @Test
  void aServerThatClosesAfterItsResponseIsConnectedToAgain() throws Exception {
    Peer peer = world.peer(kind, call -> call.header("Connection", "close").reply("bye"));
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withMaxConnections(3)));

    for (CompletableFuture<String> text : getAll(session, 30)) {
      assertThat(Wait.on(text)).isEqualTo("bye");
    }

    assertThat(session.statistics().pool().opened()).isEqualTo(30);
    assertThat(session.statistics().failed()).isZero();
  }

  @Test
  void theStatisticsAreWhatTheServerCounted() throws Exception {
    AtomicLong in = new AtomicLong();
    AtomicLong out = new AtomicLong();
    Peer peer =
        world.peer(
            kind,
            call -> {
              byte[] body = call.see().body();
              in.addAndGet(body.length);
              byte[] answer = new byte[3 * body.length + 1];
              out.addAndGet(answer.length);
              call.reply(answer);
            });
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withMaxConnections(7)));
    List<CompletableFuture<byte[]>> bodies = new ArrayList<>();

    for (int i = 0; i < 300; i++) {
      bodies.add(
          session.post("/").body(new byte[i * 31]).sendAsync().thenCompose(Response::bytesAsync));
    }
    for (int i = 0; i < 300; i++) {
      assertThat(Wait.on(bodies.get(i))).hasSize(3 * 31 * i + 1);
    }

    Wait.until("the server is done with all", () -> peer.served() == 300);
    SessionStatistics statistics = session.statistics();
    PoolStatistics pool = statistics.pool();
    assertThat(statistics.session()).isEqualTo(session.name());
    assertThat(statistics.requests()).isEqualTo(300);
    assertThat(statistics.succeeded()).isEqualTo(300);
    assertThat(statistics.inFlight()).isZero();
    assertThat(statistics.failed() + statistics.cancelled()).isZero();
    assertThat(statistics.bytesSent()).isEqualTo(in.get());
    assertThat(statistics.bytesReceived()).isEqualTo(out.get());
    assertThat(pool.maxConnections()).isEqualTo(7);
    assertThat(pool.opened()).isEqualTo(peer.usedConnections());
    assertThat(pool.opened() + pool.reused()).isEqualTo(300);
    assertThat(pool.peakInUse()).isEqualTo(7);
    assertThat(pool.openFailures()).isZero();
    assertThat(pool.idle()).isEqualTo(peer.openConnections());
    assertThat(pool.inUse() + pool.opening() + pool.waiting() + pool.closing()).isZero();
  }

  @Test
  void thousandsOfRequestsFromManyThreadsAllComplete() throws Exception {
    Peer peer = world.peer(kind, call -> call.reply(call.target()));
    ClientSession session = world.session(peer, s -> s.pool(p -> p.withMaxConnections(16)));
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, 32)
            .mapToObj(
                number ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < 150; i++) {
                            String path = "/" + number + "/" + i;
                            assertThat(text(session, path)).isEqualTo(path);
                          }
                        },
                        task -> new Thread(task).start()))
            .toList();

    for (CompletableFuture<Void> thread : threads) {
      Wait.on(thread);
    }

    assertThat(session.statistics().succeeded()).isEqualTo(32 * 150);
    assertThat(session.statistics().pool().opened()).isLessThanOrEqualTo(16);
    assertThat(peer.peakConnections()).isLessThanOrEqualTo(16);
  }

  private static String text(ClientSession session, String path) {
    try (Response response = session.get(path).send()) {
      return response.text();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Peer held(CountDownLatch gate) {
    return world.peer(
        kind,
        call -> {
          Wait.on(gate);
          call.reply("");
        });
  }

  private static CompletableFuture<String> get(ClientSession session, String reference) {
    return session.get(reference).sendAsync().thenCompose(Response::textAsync);
  }

  private static List<CompletableFuture<String>> getAll(ClientSession session, int number) {
    return IntStream.range(0, number).mapToObj(i -> get(session, "/" + i)).toList();
  }
}
