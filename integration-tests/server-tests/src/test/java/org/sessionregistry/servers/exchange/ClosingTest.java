package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/** Sessions come and go; whoever still waits for one hears of its end. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class ClosingTest {
  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void aThousandSessionsNeedNoThread() throws Exception {
    Peer peer = world.echo(kind);
    SessionRegistry registry = world.registry();
    List<ClientSession> sessions = new ArrayList<>();

    for (int i = 0; i < 1000; i++) {
      sessions.add(world.session(peer));
    }

    assertThat(RegistryThreads.all()).isEmpty();
    assertThat(registry.names()).hasSize(1000);
    for (ClientSession session : sessions.subList(0, 50)) {
      session.get("/").send().bytes();
    }
    int cores = Runtime.getRuntime().availableProcessors();
    // Event loops and a timer; those for blocking work come and go with what there is of it.
    assertThat(RegistryThreads.all())
        .filteredOn(thread -> !thread.getName().contains("-blocking-"))
        .hasSizeLessThanOrEqualTo(cores + 1);
    assertThat(RegistryThreads.all()).hasSizeLessThan(50);
    assertThat(registry.statistics().connections()).isEqualTo(50);
  }

  @Test
  void closingARegistryCompletesEveryFuture() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = held(gate);
    SessionRegistry registry = registry(Duration.ofMillis(300));
    ClientSession session =
        registry.open(
            SessionSettings.builder("busy")
                .baseUrl(peer.origin())
                .pool(p -> p.withMaxConnections(200))
                .build());
    List<CompletableFuture<Response>> futures = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      futures.add(session.get("/" + i).sendAsync());
    }
    Wait.until("200 in flight", () -> peer.active() == 200);
    assertThat(session.statistics().pool().waiting()).isEqualTo(200);

    registry.close();

    assertThat(futures).allMatch(CompletableFuture::isDone);
    for (int i = 0; i < 400; i++) {
      assertThat(Wait.failure(futures.get(i)))
          .isInstanceOf(SessionClosedException.class)
          .hasMessageContaining("session 'busy'")
          .hasMessageContaining(i < 200 ? "shutdown-timeout" : "closed");
    }
    assertThat(session.statistics().inFlight()).isZero();
    assertThat(session.statistics().failed()).isEqualTo(400);
  }

  @Test
  void whatIsInFlightMayFinishWithinTheShutdownTimeout() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = held(gate);
    SessionRegistry registry = registry(Duration.ofSeconds(30));
    ClientSession session =
        registry.open(
            SessionSettings.builder("busy")
                .baseUrl(peer.origin())
                .pool(p -> p.withMaxConnections(5))
                .build());
    List<CompletableFuture<String>> texts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      texts.add(session.get("/" + i).sendAsync().thenCompose(Response::textAsync));
    }
    Wait.until("five in flight", () -> peer.active() == 5);

    CompletableFuture<Void> closed = registry.closeAsync().toCompletableFuture();
    for (int i = 5; i < 10; i++) {
      assertThat(Wait.failure(texts.get(i))).isInstanceOf(SessionClosedException.class);
    }
    assertThat(closed).isNotDone();
    assertThat(Wait.failure(session.get("/late").sendAsync()))
        .isInstanceOf(SessionClosedException.class)
        .hasMessageContaining("nothing was sent");
    gate.countDown();

    for (int i = 0; i < 5; i++) {
      assertThat(Wait.on(texts.get(i))).isEqualTo("done");
    }
    Wait.on(closed);
    assertThat(session.statistics().succeeded()).isEqualTo(5);
  }

  @Test
  void aBodyThatIsBeingReadIsCutOffAtTheShutdownTimeout() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              try (OutputStream out = call.output()) {
                out.write(1);
                out.flush();
                Wait.on(gate);
              }
            });
    SessionRegistry registry = registry(Duration.ofMillis(200));
    ClientSession session =
        registry.open(SessionSettings.builder("busy").baseUrl(peer.origin()).build());
    CompletableFuture<byte[]> bytes = session.get("/").send().bytesAsync();

    registry.close();

    assertThat(Wait.failure(bytes))
        .isInstanceOf(SessionClosedException.class)
        .hasMessageContaining("shutdown-timeout");
  }

  @Test
  void aSessionThatIsClosedByItselfLeavesTheOthersAlone() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession first = world.session(peer);
    ClientSession second = world.session(peer);
    SessionRegistry registry = world.registryOf(first);
    first.get("/").send().bytes();
    second.get("/").send().bytes();

    first.close();
    first.close();

    Wait.until("one connection", () -> peer.openConnections() == 1);
    assertThat(registry.find(first.name())).isEmpty();
    assertThat(Wait.failure(first.get("/").sendAsync())).isInstanceOf(SessionClosedException.class);
    assertThat(second.get("/").send().status()).isEqualTo(200);
    assertThat(registry.open(SessionSettings.named(first.name())).name()).isEqualTo(first.name());
  }

  @Test
  void closingTwiceGivesTheSameEnd() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer);
    SessionRegistry registry = world.registryOf(session);
    session.get("/").send().bytes();

    CompletableFuture<Void> first = registry.closeAsync().toCompletableFuture();
    CompletableFuture<Void> second = registry.closeAsync().toCompletableFuture();
    registry.close();

    Wait.on(first);
    Wait.on(second);
    assertThatThrownBy(() -> registry.open(SessionSettings.named("late")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void requestsThatRaceWithTheClosingAllEnd() throws Exception {
    Peer peer = world.echo(kind);
    for (int round = 0; round < 10; round++) {
      SessionRegistry registry = registry(Duration.ofMillis(200));
      ClientSession session =
          registry.open(
              SessionSettings.builder("busy")
                  .baseUrl(peer.origin())
                  .pool(p -> p.withMaxConnections(4))
                  .build());
      List<CompletableFuture<Response>> futures = new ArrayList<>();
      AtomicInteger sent = new AtomicInteger();
      Thread sender =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  CompletableFuture<Response> future = session.get("/").sendAsync();
                  future.thenAccept(Response::close);
                  futures.add(future);
                  sent.incrementAndGet();
                }
              });
      sender.start();
      int enough = 10 * round;
      Wait.until("some requests", () -> sent.get() >= enough);

      registry.close();
      sender.join();

      for (CompletableFuture<Response> future : futures) {
        Wait.until("the future's end", future::isDone);
      }
      assertThat(session.statistics().inFlight()).isZero();
    }
  }

  private SessionRegistry registry(Duration shutdown) {
    return world.registry(RegistrySettings.DEFAULTS.withShutdownTimeout(shutdown));
  }

  private Peer held(CountDownLatch gate) {
    return world.peer(
        kind,
        call -> {
          Wait.on(gate);
          call.reply("done");
        });
  }
}
