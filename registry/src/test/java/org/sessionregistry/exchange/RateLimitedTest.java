package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.QueueTimeoutException;
import org.sessionregistry.Response;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** What counts as a request that is started, and what is said of those that wait to start. */
class RateLimitedTest {
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static World limited(int permits, UnaryOperator<SessionSettingsBuilder> change) {
    return World.with(s -> change.apply(s.rateLimit(permits, PERIOD)));
  }

  // ---- what counts -----------------------------------------------------------------------------

  @Test
  void eachHopOfARedirectCounts() {
    World world = limited(1, s -> s);
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(302, "Location", "/y", "Content-Length", "0").end();
    assertThat(world.pool().waitingForPermit()).isEqualTo(1);
    world.time.advance(PERIOD);
    world.connection().sent().head(200, "Content-Length", "0").end();
    assertThat(future.join().status()).isEqualTo(200);
  }

  @Test
  void eachRetryCounts() {
    World world =
        limited(2, s -> s.retries(r -> r.withMax(2).withBackoff(LIMIT).withMaxBackoff(LIMIT)));
    CompletableFuture<Response> future = world.send();
    for (int i = 0; i < 2; i++) {
      world.connection().sent().head(503, "Content-Length", "0").end();
      world.time.advance(LIMIT);
    }
    assertThat(world.pool().waitingForPermit()).isEqualTo(1);
    world.time.advance(PERIOD);
    world.connection().sent().head(200, "Content-Length", "0").end();
    assertThat(future.join().status()).isEqualTo(200);
  }

  @Test
  void theHandshakeOfAWebSocketCounts() {
    World world = limited(1, s -> s);
    world.send();
    CompletableFuture<WebSocketSession> future = world.webSocket("/chat").connectAsync();
    assertThat(world.pool().waitingForPermit()).isEqualTo(1);
    world.time.advance(PERIOD);
    world.webSocket().agree();
    assertThat(future).isCompleted();
  }

  @Test
  void aRequestThatIsCancelledWhileItWaitsCostsNoPermit() {
    World world = limited(1, s -> s);
    world.send();
    CompletableFuture<Response> cancelled = world.send();
    CompletableFuture<Response> next = world.send();
    cancelled.cancel(true);
    assertThat(world.pool().waitingForPermit()).isEqualTo(1);
    world.time.advance(PERIOD);
    assertThat(world.connection().exchanges).isEqualTo(1);
    world.connection().sent().head(200, "Content-Length", "0").end();
    assertThat(next).isCompleted();
  }

  // ---- what is said ----------------------------------------------------------------------------

  @Test
  void theQueuesTimeLimitSaysThatItWaitedForAPermit() {
    World world = limited(2, s -> s.timeout(t -> t.withQueue(LIMIT)));
    world.send();
    world.send();
    CompletableFuture<Response> waiting = world.send();
    world.time.advance(LIMIT);
    assertThat(failure(waiting, QueueTimeoutException.class))
        .hasMessageContaining(
            "no permit of client-session.s.rate-limit.permits=2 per 60s became free within"
                + " client-session.s.timeout.queue=3s; pool: max 100, in use 2");
  }

  @Test
  void theQueuesTimeLimitOfAWebSocketSaysSoToo() {
    World world = limited(1, s -> s.timeout(t -> t.withQueue(LIMIT)));
    world.send();
    CompletableFuture<WebSocketSession> waiting = world.webSocket("/chat").connectAsync();
    world.time.advance(LIMIT);
    assertThat(failure(waiting, QueueTimeoutException.class))
        .hasMessageContaining("no permit of client-session.s.rate-limit.permits=1 per 60s");
  }

  @Test
  void aConnectionThatIsMissingIsNotMistakenForAPermit() {
    World world =
        limited(2, s -> s.pool(p -> p.withMaxConnections(1)).timeout(t -> t.withQueue(LIMIT)));
    world.send();
    CompletableFuture<Response> waiting = world.send();
    world.time.advance(LIMIT);
    assertThat(failure(waiting, QueueTimeoutException.class))
        .hasMessageContaining("no connection became free within");
  }

  @Test
  void aFullQueueSaysThatThereIsNoPermit() {
    World world = limited(1, s -> s.queue(QueueSettings.ofMaxSize(1)));
    world.send();
    world.send();
    assertThat(failure(world.send(), QueueFullException.class))
        .hasMessageContaining(
            "no permit of client-session.s.rate-limit.permits=1 per 60s is free and the queue of 1"
                + " is full")
        .hasMessageContaining("waiting 1 (1 for a permit of rate-limit)")
        .hasMessageContaining(
            "raise client-session.s.rate-limit.permits or client-session.s.queue.max-size");
  }

  @Test
  void theTotalTimeLimitShowsWhoWaitsForAPermit() {
    World world = limited(1, s -> s);
    world.send();
    CompletableFuture<Response> waiting = world.send(world.get("/").timeout(LIMIT));
    world.send();
    world.time.advance(LIMIT);
    assertThat(failure(waiting, TotalTimeoutException.class).pool().orElseThrow())
        .returns(2, PoolStatistics::waitingForPermit);
  }
}
