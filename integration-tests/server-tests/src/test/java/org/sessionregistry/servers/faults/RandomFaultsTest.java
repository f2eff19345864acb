package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_100;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_CHUNKS;
import static org.sessionregistry.servers.faults.Answers.chunk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.settings.QueueSettings;

/**
 * Thousands of exchanges with servers and callers that misbehave at random: each completes exactly
 * once, with a body or a documented exception, and nothing is left. The seed decides what happens;
 * the threads decide in which order.
 */
class RandomFaultsTest {
  private static final int REQUESTS = 2_000;
  private static final int IN_FLIGHT = 24;

  @RegisterExtension final Sessions sessions = new Sessions();

  @ParameterizedTest
  @ValueSource(longs = {1, 20_24, 7_777_777})
  void everyExchangeEndsOnceAndLeavesNothing(long seed) throws Exception {
    ClientSession session = session(seed);
    Random random = new Random(seed);
    List<Ending> endings = new ArrayList<>();
    Semaphore room = new Semaphore(IN_FLIGHT);

    for (int i = 0; i < REQUESTS; i++) {
      assertThat(room.tryAcquire(10, TimeUnit.SECONDS)).as("exchanges end").isTrue();
      Ending ending = new Ending(room);
      endings.add(ending);
      begin(session, random, ending);
    }

    for (Ending ending : endings) {
      ending.assertGood();
    }
    Await.until("none is in flight", () -> session.statistics().inFlight() == 0);
    assertThat(session.statistics().requests()).isEqualTo(REQUESTS);
    assertThat(endings).allMatch(ending -> ending.completions.get() == 1);
    assertThat(session.statistics().succeeded()).as("many go well").isGreaterThan(REQUESTS / 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7, 8})
  void everyExchangeEndsOnceWhenTheSessionClosesAmongThem(long seed) throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ClientSession session = session(seed);
    Random random = new Random(seed);
    int before = random.nextInt(200);
    List<Ending> endings = new ArrayList<>();

    for (int i = 0; i < 250; i++) {
      if (i == before) {
        CompletableFuture.runAsync(session::close);
      }
      Ending ending = new Ending(new Semaphore(0));
      endings.add(ending);
      begin(session, random, ending);
    }
    session.close();

    for (Ending ending : endings) {
      ending.assertGood();
    }
    assertThat(endings).allMatch(ending -> ending.completions.get() == 1);
  }

  private ClientSession session(long seed) {
    return sessions.to(
        sessions.server(peer -> misbehave(peer, new Random(seed * 31 + peer.number()))),
        s ->
            s.pool(p -> p.withMaxConnections(16))
                .queue(QueueSettings.ofMaxSize(3 * IN_FLIGHT))
                .timeout(
                    t ->
                        t.withTotal(Duration.ofMillis(700))
                            .withResponse(Duration.ofMillis(300))
                            .withRead(Duration.ofMillis(300))));
  }

  // ---- the server -----------------------------------------------------------------------------

  private static void misbehave(Peer peer, Random random) throws Exception {
    while (true) {
      switch (random.nextInt(60)) {
        case 0 -> peer.close();
        case 1 -> peer.reset();
        case 2 -> {
          peer.read();
          peer.reset();
        }
        case 3 -> {
          peer.read();
          peer.close();
        }
        case 4 -> {
          peer.answer(HEAD_OF_100 + "half");
          peer.close();
        }
        case 5 -> {
          peer.answer(HEAD_OF_CHUNKS + chunk("half"));
          peer.reset();
        }
        case 6 -> peer.answer("SSH-2.0-Surprise\r\n");
        case 7 -> peer.answer(HEAD_OF_CHUNKS + "no size\r\n");
        case 8 -> {
          peer.answer("HTTP/1.1 2");
          peer.close();
        }
        case 9 -> {
          peer.answer(HEAD_OF_100);
          peer.stall();
        }
        case 10 -> {
          peer.read();
          peer.stall();
        }
        case 11 -> peer.answer(Answers.OK + Answers.OK);
        case 12 -> peer.answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfine");
        case 13 -> {
          peer.readHead();
          peer.send("HTTP/1.1 413 No\r\nContent-Length: 4\r\n\r\nfine");
          peer.stall();
        }
        case 14 -> {
          peer.answer("HTTP/1.1 200 OK\r\n\r\nfine");
          peer.close();
        }
        case 15 -> peer.answer(HEAD_OF_CHUNKS + chunk("fi") + chunk("ne") + "0\r\n\r\n");
        default -> peer.answer(Answers.OK);
      }
    }
  }

  // ---- the callers ----------------------------------------------------------------------------

  private static void begin(ClientSession session, Random random, Ending ending) throws Exception {
    CompletableFuture<Response> exchange = request(session, random).sendAsync();
    switch (random.nextInt(12)) {
      case 0 -> {
        ending.of(exchange.thenCompose(Response::textAsync));
        exchange.cancel(true);
      }
      case 1 -> {
        ending.of(exchange.thenCompose(Response::textAsync));
        CompletableFuture.runAsync(() -> exchange.cancel(true));
      }
      case 2 ->
          ending.of(
              exchange
                  .orTimeout(random.nextInt(20), TimeUnit.MILLISECONDS)
                  .thenCompose(Response::textAsync));
      case 3 -> ending.of(exchange.thenApply(RandomFaultsTest::closeUnread));
      case 4 ->
          ending.of(
              exchange.thenApplyAsync(
                  response -> {
                    CompletableFuture<String> body = response.textAsync();
                    response.close();
                    return body.handle((text, failure) -> "closed").join();
                  }));
      case 5 ->
          ending.of(
              exchange.thenCompose(
                  response -> {
                    BodyCollector body = new BodyCollector();
                    response.body().subscribe(body);
                    body.request(Long.MAX_VALUE);
                    return body.whole();
                  }));
      case 6 ->
          ending.of(
              exchange.thenApply(
                  response -> {
                    BodyCollector body = new BodyCollector();
                    response.body().subscribe(body);
                    body.cancel();
                    return "cancelled";
                  }));
      default -> ending.of(exchange.thenCompose(Response::textAsync));
    }
  }

  private static RequestBuilder request(ClientSession session, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Sessions.request(session, "POST").body("small");
      case 1 -> Sessions.request(session, "PUT").body(new byte[200_000]);
      case 2 ->
          Sessions.request(session, "POST")
              .body(ScriptedPublisher.of(new byte[10_000], random.nextInt(20)).body());
      default -> Sessions.get(session);
    };
  }

  private static String closeUnread(Response response) {
    response.close();
    return "closed";
  }

  /** How one exchange ended. */
  private static final class Ending {
    private final Semaphore room;
    private final AtomicInteger completions = new AtomicInteger();
    private final CompletableFuture<Object> ended = new CompletableFuture<>();

    Ending(Semaphore room) {
      this.room = room;
    }

    void of(CompletableFuture<String> exchange) {
      exchange.whenComplete(
          (body, failure) -> {
            completions.incrementAndGet();
            ended.complete(failure == null ? body : failure);
            room.release();
          });
    }

    void assertGood() throws Exception {
      Object outcome = Await.value(ended);
      if (outcome instanceof CompletionException wrapped) {
        outcome = wrapped.getCause();
      }
      if (outcome instanceof Throwable) {
        assertThat(outcome)
            .isInstanceOfAny(
                SessionException.class, CancellationException.class, TimeoutException.class);
      } else {
        assertThat(outcome).isIn("fine", "closed", "cancelled");
      }
    }
  }
}
