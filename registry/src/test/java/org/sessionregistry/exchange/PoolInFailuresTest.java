package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.QueueTimeoutException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.settings.QueueSettings;

/** A failure without a connection shows the pool; each is counted as what it is. */
class PoolInFailuresTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  @Test
  void aFullQueueShowsThePool() {
    World world =
        World.with(s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(1)));
    world.send();
    world.send();
    assertThat(shown(world, world.send(), QueueFullException.class))
        .returns(1, PoolStatistics::maxConnections)
        .returns(1, PoolStatistics::inUse)
        .returns(1, PoolStatistics::waiting);
  }

  @ParameterizedTest(name = "{0}, {1} for each host, {2} for each tenant, {3} reserved")
  @CsvSource({
    "1, 0, 0, 0, raise client-session.s.pool.max-connections or",
    "2, 1, 0, 0, raise client-session.s.pool.max-connections-per-host or",
    "2, 0, 1, 0, raise client-session.s.pool.max-connections-per-tenant or",
    "2, 0, 0, 1, lower client-session.s.pool.reserved-high or raise",
  })
  void aFullQueueNamesTheLimitThatIsReached(
      int max, int perHost, int perTenant, int reserved, String advice) {
    World world =
        World.with(
            s ->
                s.pool(
                        p ->
                            p.withMaxConnections(max)
                                .withMaxConnectionsPerHost(perHost)
                                .withMaxConnectionsPerTenant(perTenant)
                                .withReservedHigh(reserved))
                    .queue(QueueSettings.ofMaxSize(0)));
    world.send();

    assertThat(failure(world.send(), QueueFullException.class))
        .hasMessageContaining(advice + " client-session.s.queue.max-size,");
  }

  @Test
  void theLimitOfTheQueueShowsThePool() {
    World world =
        World.with(s -> s.pool(p -> p.withMaxConnections(1)).timeout(t -> t.withQueue(LIMIT)));
    world.send();
    CompletableFuture<Response> waiting = world.send();
    world.time.advance(LIMIT);
    assertThat(shown(world, waiting, QueueTimeoutException.class))
        .returns(1, PoolStatistics::inUse)
        .returns(LIMIT, PoolStatistics::longestWait);
  }

  @Test
  void theTotalLimitShowsThePoolToWhoWasStillWaiting() {
    World world = World.with(s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> sending = world.send(world.get("/").timeout(LIMIT.plusSeconds(1)));
    CompletableFuture<Response> waiting = world.send(world.get("/").timeout(LIMIT));
    world.time.advance(LIMIT.plusSeconds(1));
    assertThat(shown(world, waiting, TotalTimeoutException.class))
        .returns(1, PoolStatistics::inUse);
    assertThat(failure(sending, TotalTimeoutException.class).pool()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DialFailure.Kind.class)
  void aDialThatFailedShowsThePool(DialFailure.Kind kind) {
    World world = World.with(s -> s.pool(p -> p.withMaxConnections(7)));
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send();
    world.dialer.dial(0).fail(kind);
    SessionException failure = (SessionException) failure(future);
    assertThat(failure.pool().orElseThrow())
        .returns(7, PoolStatistics::maxConnections)
        .returns(0, PoolStatistics::opening)
        .returns(1L, PoolStatistics::openFailures);
    assertThat(world.statistics().failed(failure.kind())).isEqualTo(1);
  }

  @Test
  void aPoolThatIsClosedShowsItself() {
    World world = World.simple();
    world.pool.close(() -> {});
    assertThat(shown(world, world.send(), SessionClosedException.class))
        .returns(0, PoolStatistics::inUse);
  }

  @Test
  void aSessionThatIsClosedShowsItsPool() {
    World world = World.simple();
    world.context.enter(SessionContext.Stage.CLOSING);
    assertThat(shown(world, world.send(), SessionClosedException.class))
        .returns(0, PoolStatistics::inUse);
  }

  @ParameterizedTest
  @EnumSource(value = WireFailure.Kind.class, names = "DISCARDED", mode = EnumSource.Mode.EXCLUDE)
  void aFailureOnTheWireIsNotThePools(WireFailure.Kind kind) {
    World world = World.with(s -> s.retries(r -> r.withStaleConnection(false)));
    CompletableFuture<Response> future = world.send();
    world.connection().fail(kind);
    SessionException failure = (SessionException) failure(future);
    assertThat(failure.pool()).isEmpty();
    assertThat(world.statistics().failed(failure.kind())).isEqualTo(1);
  }

  // ---- waits and retries ----------------------------------------------------------------------

  @Test
  void whoHadToWaitIsCountedWithItsTimeWhenItEnds() {
    World world = World.with(s -> s.pool(p -> p.withMaxConnections(1)));
    world.send();
    world.send();
    CompletableFuture<Response> givenUp = world.send();
    world.time.advance(Duration.ofSeconds(2));
    givenUp.cancel(true);
    assertThat(world.statistics().waits()).isEqualTo(1);
    world.time.advance(Duration.ofSeconds(1));
    world.connection().respond(200, "");
    world.time.advance(Duration.ofSeconds(10));
    world.connection().respond(200, "");
    assertThat(world.statistics())
        .returns(3L, SessionStatistics::requests)
        .returns(2L, SessionStatistics::waits)
        .returns(Duration.ofSeconds(5), SessionStatistics::waited);
  }

  @Test
  void whoseConnectionWasOpenedAtOnceDidNotWait() {
    World world = World.simple();
    world.dialer.opensAtOnce = false;
    world.send();
    world.time.advance(LIMIT);
    world.dialer.openAll();
    world.connection().respond(200, "");
    assertThat(world.statistics())
        .returns(1L, SessionStatistics::succeeded)
        .returns(0L, SessionStatistics::waits);
  }

  @Test
  void aRequestSentASecondTimeIsCounted() {
    World world = World.simple();
    world.send();
    world.connection().respond(200, "");
    world.send();
    world.connection().fail(WireFailure.Kind.NOT_SENT);
    assertThat(world.statistics().retries()).isEqualTo(1);
    CompletableFuture<Response> third = world.send();
    world.connection().fail(WireFailure.Kind.NOT_SENT);
    failure(third, ConnectionLostException.class);
    assertThat(world.statistics().retries()).isEqualTo(1);
  }

  private static PoolStatistics shown(
      World world, CompletableFuture<?> future, Class<? extends SessionException> type) {
    SessionException failure = failure(future, type);
    assertThat(world.statistics().failed(failure.kind())).isPositive();
    return failure.pool().orElseThrow();
  }
}
