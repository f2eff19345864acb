package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ConnectionTimes;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.Headers;
import org.sessionregistry.Redirect;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionListener;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** What listeners hear, and in which order. */
class ListenersTest {
  private final List<String> heard = new ArrayList<>();
  private final Set<ExchangeView> views = new HashSet<>();
  private World world = listening(s -> s);

  private World listening(UnaryOperator<SessionSettingsBuilder> change) {
    return World.with(change, SessionHooks.builder().listener(new Recorder()).build());
  }

  private void sequence(String... steps) {
    assertThat(heard).containsExactly(steps);
  }

  @Test
  void anExchangeOnANewConnection() {
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send(world.request("PUT", "/x").body("text"));
    world.dialer.dial(0).open();
    world.connection().written(4).sent().head(200, "X", "y").data("abc").end();
    sequence(
        "started 0 PUT http://a/x",
        "queued",
        "leased new",
        "bodySent 4",
        "requestSent",
        "responded 200 {X: y}",
        "bodyReceived 3",
        "released reusable",
        "succeeded");
    assertThat(future).isCompleted();
    assertThat(views).as("one object for all its events").hasSize(1);
    assertThat(views.iterator().next())
        .returns("s", ExchangeView::session)
        .returns("PUT", ExchangeView::method)
        .returns(1, ExchangeView::attempt);
  }

  @Test
  void anExchangeOnAnIdleConnection() {
    world.send();
    world.connection().respond(200, "");
    heard.clear();
    world.send();
    world.connection().sent().head(204).end(0);
    sequence(
        "started 0 GET http://a/x",
        "leased reused",
        "requestSent",
        "responded 204 {}",
        "released closed",
        "succeeded");
  }

  @Test
  void aRedirect() {
    world.send();
    world.connection().sent().head(302, "Location", "/y").end();
    world.connection().sent().head(200).end();
    sequence(
        "started 0 GET http://a/x",
        "leased new",
        "requestSent",
        "responded 302 {Location: /y}",
        "released reusable",
        "redirected 302 http://a/x",
        "leased reused",
        "requestSent",
        "responded 200 {}",
        "released reusable",
        "succeeded");
    assertThat(views.iterator().next().uri()).hasToString("http://a/y");
    assertThat(views.iterator().next().attempt()).isEqualTo(2);
  }

  @Test
  void aRetryAfterAStatus() {
    world = listening(s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ZERO)));
    world.send();
    world.connection().sent().head(503).end();
    world.connection().sent().head(200).end();
    sequence(
        "started 0 GET http://a/x",
        "leased new",
        "requestSent",
        "responded 503 {}",
        "released reusable",
        "retrying 503, then 0 ms",
        "leased reused",
        "requestSent",
        "responded 200 {}",
        "released reusable",
        "succeeded");
  }

  @Test
  void aRetryAfterAFailure() {
    world = listening(s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ZERO)));
    world.send();
    world.connection().finishClose();
    world.connection().finishClose();
    sequence(
        "started 0 GET http://a/x",
        "leased new",
        "released closed",
        "retrying CONNECTION_LOST, then 0 ms",
        "leased new",
        "released closed",
        "failed CONNECTION_LOST");
  }

  @Test
  void aBodyThatIsCutOff() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200).data("a").finishClose();
    sequence(
        "started 0 GET http://a/x",
        "leased new",
        "requestSent",
        "responded 200 {}",
        "bodyReceived 1",
        "released closed",
        "failed TRUNCATED_RESPONSE");
    assertThat(future).isCompleted();
  }

  @Test
  void aCancellation() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent();
    future.cancel(true);
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "started 0 GET http://a/x",
            "leased new",
            "requestSent",
            "cancelled",
            "released closed");
  }

  @Test
  void aCancellationInTheQueue() {
    world = listening(s -> s.pool(p -> p.withMaxConnections(1)));
    world.send();
    heard.clear();
    world.send().cancel(true);
    sequence("started 0 GET http://a/x", "queued", "cancelled");
  }

  @Test
  void aResponseThatIsClosedEarlyAndWhoseRestIsNotWanted() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200);
    future.join().close();
    world.connection().fail(Kind.DISCARDED);
    sequence(
        "started 0 GET http://a/x",
        "leased new",
        "requestSent",
        "responded 200 {}",
        "released closed",
        "cancelled");
  }

  @Test
  void aResponseThatIsClosedEarlyAndWhoseRestIsReadAway() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200);
    future.join().close();
    world.connection().end();
    sequence(
        "started 0 GET http://a/x",
        "leased new",
        "requestSent",
        "responded 200 {}",
        "released reusable",
        "succeeded");
  }

  @Test
  void aTimeout() {
    world = listening(s -> s.timeout(Duration.ofSeconds(3)));
    world.send();
    world.time.advance(Duration.ofSeconds(3));
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "started 0 GET http://a/x", "leased new", "failed TOTAL_TIMEOUT", "released closed");
  }

  @Test
  void aSessionThatIsClosed() {
    world.context.enter(SessionContext.Stage.CLOSING);
    world.send();
    sequence("started 0 GET http://a/x", "failed SESSION_CLOSED");
  }

  @Test
  void aStatusThatIsRaised() {
    world = listening(s -> s.raiseForStatus(true));
    world.send();
    world.connection().sent().head(404).end();
    sequence(
        "started 0 GET http://a/x",
        "leased new",
        "requestSent",
        "responded 404 {}",
        "released reusable",
        "failed HTTP_STATUS");
  }

  @Test
  void credentialsAreNotShown() {
    world.send();
    world.connection().sent().head(200, "Set-Cookie", "a=s3cret").end();
    assertThat(heard).noneMatch(step -> step.contains("s3cret"));
  }

  // ---- several, broken, none ------------------------------------------------------------------

  @Test
  void aListenerThatThrowsIsLoggedAndHarmsNobody() {
    SessionListener broken =
        new SessionListener() {
          @Override
          public void started(ExchangeView exchange) {
            throw new IllegalStateException("first");
          }

          @Override
          public void responded(ExchangeView exchange, int status, Headers headers) {
            throw new AssertionError("second");
          }

          @Override
          public void succeeded(ExchangeView exchange) {
            throw new IllegalStateException("third");
          }
        };
    world =
        World.with(
            s -> s, SessionHooks.builder().listener(broken).listener(new Recorder()).build());
    List<LogRecord> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("org.sessionregistry.listeners");
    Handler handler = new Recording(logged);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      CompletableFuture<Response> future = world.send();
      world.connection().respond(200, "x");
      assertThat(future.join().textAsync().join()).isEqualTo("x");
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    assertThat(heard).contains("started 0 GET http://a/x", "succeeded");
    assertThat(logged)
        .hasSize(3)
        .allSatisfy(record -> assertThat(record.getMessage()).contains("session 's'", "failed"))
        .extracting(record -> record.getThrown().getMessage())
        .containsExactly("first", "second", "third");
    world.assertNothingIsLeft();
  }

  @Test
  void whatIsSentIsShownBeforeItIsWritten() {
    SessionListener listener =
        new SessionListener() {
          @Override
          public void sending(ExchangeView exchange, Headers headers) {
            assertThat(world.connection().request).isNull();
            heard.add(exchange.attempt() + " " + headers.filter(name -> name.startsWith("X-")));
          }
        };
    world =
        World.with(s -> s.header("X-A", "1"), SessionHooks.builder().listener(listener).build());
    world.send(world.request("GET", "/x").header("X-B", "2"));
    sequence("1 {X-A: 1, X-B: 2}");
  }

  @Test
  void withoutAListenerThereIsNobodyToTell() {
    assertThat(World.simple().context.notices).isNull();
    assertThat(World.simple().context.credentials).isNull();
  }

  /** Writes each step down. */
  private final class Recorder implements SessionListener {
    private void note(ExchangeView exchange, String step) {
      views.add(exchange);
      heard.add(step);
    }

    @Override
    public void started(ExchangeView exchange) {
      String what = exchange.attempt() + " " + exchange.method() + " " + exchange.uri();
      note(exchange, "started " + what);
    }

    @Override
    public void queued(ExchangeView exchange) {
      note(exchange, "queued");
    }

    @Override
    public void leased(ExchangeView exchange, ConnectionTimes connection) {
      note(exchange, connection.reused() ? "leased reused" : "leased new");
    }

    @Override
    public void bodySent(ExchangeView exchange, long bytes) {
      note(exchange, "bodySent " + bytes);
    }

    @Override
    public void requestSent(ExchangeView exchange) {
      note(exchange, "requestSent");
    }

    @Override
    public void responded(ExchangeView exchange, int status, Headers headers) {
      note(exchange, "responded " + status + " " + headers);
    }

    @Override
    public void bodyReceived(ExchangeView exchange, int bytes) {
      note(exchange, "bodyReceived " + bytes);
    }

    @Override
    public void redirected(ExchangeView exchange, Redirect redirect) {
      note(exchange, "redirected " + redirect.status() + " " + exchange.uri());
    }

    @Override
    public void retrying(ExchangeView exchange, FailedAttempt failed) {
      note(exchange, "retrying " + failed);
    }

    @Override
    public void released(ExchangeView exchange, boolean reusable) {
      note(exchange, reusable ? "released reusable" : "released closed");
    }

    @Override
    public void succeeded(ExchangeView exchange) {
      note(exchange, "succeeded");
    }

    @Override
    public void failed(ExchangeView exchange, SessionException failure) {
      note(exchange, "failed " + failure.kind());
    }

    @Override
    public void cancelled(ExchangeView exchange) {
      note(exchange, "cancelled");
    }
  }

  /** Keeps what is logged. */
  private static final class Recording extends Handler {
    private final List<LogRecord> into;

    Recording(List<LogRecord> into) {
      this.into = into;
    }

    @Override
    public void publish(LogRecord record) {
      into.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
