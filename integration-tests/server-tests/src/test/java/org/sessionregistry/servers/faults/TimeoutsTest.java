package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_100;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.AttemptTimeoutException;
import org.sessionregistry.ClientSession;
import org.sessionregistry.QueueTimeoutException;
import org.sessionregistry.ReadTimeoutException;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTimeoutException;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.WriteTimeoutException;
import org.sessionregistry.servers.faults.ScriptedServer.Script;
import org.sessionregistry.settings.TimeoutSettings;

/** Each limit on time ends an exchange at its step, and says so by its type. */
class TimeoutsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Long enough for all that comes before the stall, even on a busy machine. */
  private static final Duration LONGER = Duration.ofSeconds(1);

  private static final Script STALLED_RESPONSE =
      peer -> {
        peer.read();
        peer.stall();
      };

  private static final Script STALLED_BODY =
      peer -> {
        peer.read();
        peer.send(HEAD_OF_100 + "half");
        peer.stall();
      };

  @RegisterExtension final Sessions sessions = new Sessions();

  private ClientSession session(Script script, UnaryOperator<TimeoutSettings> limits) {
    return sessions.to(sessions.server(script), s -> s.timeout(limits));
  }

  // ---- total ----------------------------------------------------------------------------------

  @Test
  void theTotalLimitEndsAnExchangeWhoseResponseStalls() throws Exception {
    ClientSession session = session(STALLED_RESPONSE, t -> t.withTotal(LONGER));

    TotalTimeoutException failure =
        Failing.with(
            TotalTimeoutException.class,
            Sessions.get(session).sendAsync(),
            "client-session.faulty.timeout.total=1s",
            "response ");

    assertThat(failure.detail().elapsed()).isGreaterThanOrEqualTo(LONGER);
  }

  @Test
  void theTotalLimitEndsAnExchangeWhoseBodyStalls() throws Exception {
    ClientSession session = session(STALLED_BODY, t -> t.withTotal(LONGER));

    Response response = Await.value(Sessions.get(session).sendAsync());

    Failing.with(
        TotalTimeoutException.class,
        response.bytesAsync(),
        "client-session.faulty.timeout.total=1s",
        "body ");
  }

  @Test
  void theTotalLimitEndsAnExchangeWhoseBodyNobodyReads() throws Exception {
    ClientSession session = session(STALLED_BODY, t -> t.withTotal(LONGER));

    Response response = Await.value(Sessions.get(session).sendAsync());
    Await.until("the lease is taken back", () -> session.statistics().pool().inUse() == 0);

    Failing.with(TotalTimeoutException.class, response.textAsync());
    assertThat(session.statistics().failed()).isEqualTo(1);
  }

  @Test
  void theTotalLimitEndsAnExchangeInTheQueue() throws Exception {
    ClientSession session =
        sessions.to(
            sessions.server(STALLED_BODY),
            s -> s.pool(p -> p.withMaxConnections(1)).timeout(SHORT));
    Response holder = Await.value(Sessions.get(session).timeout(Duration.ZERO).sendAsync());

    TotalTimeoutException failure =
        Failing.with(
            TotalTimeoutException.class,
            Sessions.get(session).sendAsync(),
            "client-session.faulty.timeout.total=300ms",
            "queue ");

    assertThat(failure.detail().phases().response()).isZero();
    holder.close();
  }

  @Test
  void theTotalLimitEndsAnExchangeThatConnects() throws Exception {
    try (FullBacklog backlog = FullBacklog.open()) {
      ClientSession session =
          sessions.open(
              "http://" + backlog.authority(),
              s -> s.timeout(t -> t.withTotal(LONGER).withConnect(Duration.ofSeconds(2))));

      TotalTimeoutException failure =
          Failing.with(
              TotalTimeoutException.class,
              Sessions.get(session).sendAsync(),
              "client-session.faulty.timeout.total=1s",
              "connect ");

      assertThat(failure.detail().phases().connect()).isPositive();
    }
  }

  @Test
  void aRequestsOwnTotalLimitTakesThePlaceOfTheSessions() throws Exception {
    ClientSession session = session(STALLED_RESPONSE, t -> t.withTotal(Duration.ofMinutes(5)));

    Failing.with(
        TotalTimeoutException.class,
        Sessions.get(session).timeout(SHORT).sendAsync(),
        "the request's own timeout of 300ms");
  }

  @Test
  void aRequestWithoutLimitOutlivesTheSessionsLimit() throws Exception {
    ClientSession session = session(STALLED_RESPONSE, t -> t.withTotal(SHORT));

    CompletableFuture<Response> unlimited =
        Sessions.get(session).timeout(Duration.ZERO).sendAsync();
    Failing.with(TotalTimeoutException.class, Sessions.get(session).sendAsync());

    assertThat(unlimited).isNotDone();
    unlimited.cancel(true);
  }

  // ---- attempt --------------------------------------------------------------------------------

  @Test
  void theLimitOfAnAttemptEndsOneWhoseResponseStalls() throws Exception {
    ClientSession session = session(STALLED_RESPONSE, t -> t.withAttempt(LONGER));

    Failing.with(
        AttemptTimeoutException.class,
        Sessions.get(session).sendAsync(),
        "client-session.faulty.timeout.attempt=1s",
        "response ");
  }

  @Test
  void theLimitOfAnAttemptEndsOneWhoseBodyStalls() throws Exception {
    ClientSession session = session(STALLED_BODY, t -> t.withAttempt(LONGER));

    Failing.with(
        AttemptTimeoutException.class,
        Sessions.whole(Sessions.get(session)),
        "client-session.faulty.timeout.attempt=1s",
        "body ");
  }

  // ---- queue ----------------------------------------------------------------------------------

  @Test
  void theLimitOfTheQueueShowsThePool() throws Exception {
    ClientSession session =
        sessions.to(
            sessions.server(STALLED_BODY),
            s -> s.pool(p -> p.withMaxConnections(1)).timeout(t -> t.withQueue(SHORT)));
    Response holder = Await.value(Sessions.get(session).sendAsync());

    QueueTimeoutException failure =
        Failing.with(
            QueueTimeoutException.class,
            Sessions.get(session).sendAsync(),
            "client-session.faulty.timeout.queue=300ms",
            "max 1, in use 1, idle 0, opening 0",
            "queue ");

    assertThat(failure.pool().orElseThrow().inUse()).isEqualTo(1);
    assertThat(failure.detail().phases().queue()).isGreaterThanOrEqualTo(SHORT);
    holder.close();
  }

  @Test
  void theLimitOfTheQueueDoesNotLimitConnecting() throws Exception {
    try (FullBacklog backlog = FullBacklog.open()) {
      ClientSession session =
          sessions.open(
              "http://" + backlog.authority(),
              s -> s.timeout(t -> t.withQueue(Duration.ofMillis(50)).withConnect(SHORT)));

      assertThat(Await.failure(Sessions.get(session).sendAsync()))
          .hasMessageContaining("timeout.connect")
          .hasMessageNotContaining("timeout.queue");
    }
  }

  // ---- write ----------------------------------------------------------------------------------

  @Test
  void theLimitOnSendingEndsABodyThatNobodyReads() throws Exception {
    ClientSession session = session(Peer::stallUnread, t -> t.withWrite(SHORT));

    WriteTimeoutException failure =
        Failing.with(
            WriteTimeoutException.class,
            Sessions.request(session, "POST").body(new byte[64 << 20]).sendAsync(),
            "client-session.faulty.timeout.write=300ms",
            "send ");

    assertThat(failure.detail().phases().response()).isZero();
  }

  @Test
  void theLimitOnSendingEndsAStreamThatNobodyReads() throws Exception {
    ClientSession session = session(Peer::stallUnread, t -> t.withWrite(SHORT));
    ScriptedPublisher zeros = ScriptedPublisher.endless(new byte[64 << 10]);

    Failing.with(
        WriteTimeoutException.class,
        Sessions.request(session, "POST").body(zeros.body()).sendAsync(),
        "client-session.faulty.timeout.write=300ms");

    Await.until("the source is told", zeros::isCancelled);
  }

  @Test
  void theLimitOnSendingSparesABodyThatMovesSlowly() throws Exception {
    int size = 32 << 20;
    ClientSession session = session(slowReader(size), t -> t.withWrite(Duration.ofMillis(700)));

    Response response =
        Await.value(Sessions.request(session, "POST").body(new byte[size]).sendAsync());

    assertThat(response.text()).isEqualTo("fine");
  }

  @Test
  void theLimitOnSendingSparesAStreamThatMovesSlowly() throws Exception {
    int size = 32 << 20;
    ClientSession session = session(slowReader(size), t -> t.withWrite(Duration.ofMillis(700)));
    ScriptedPublisher zeros = ScriptedPublisher.of(new byte[1 << 20], 32);

    Response response =
        Await.value(Sessions.request(session, "POST").body(zeros.body(size)).sendAsync());

    assertThat(response.text()).isEqualTo("fine");
  }

  /** Reads a body in 40 steps, with pauses that add up to more than a second. */
  private static Script slowReader(int size) {
    return peer -> {
      peer.readHead();
      for (int step = 0; step < 40; step++) {
        peer.pause(Duration.ofMillis(30));
        peer.readFully(size / 40);
      }
      peer.readFully(size % 40);
      peer.send(Answers.OK);
    };
  }

  // ---- response -------------------------------------------------------------------------------

  @Test
  void theLimitOnTheResponseEndsAnExchangeThatIsNotAnswered() throws Exception {
    ClientSession session = session(STALLED_RESPONSE, t -> t.withResponse(SHORT));

    ResponseTimeoutException failure =
        Failing.with(
            ResponseTimeoutException.class,
            Sessions.get(session).sendAsync(),
            "client-session.faulty.timeout.response=300ms",
            "response ");

    assertThat(failure.detail().phases().response()).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void theLimitOnTheResponseEndsAHeadThatStalls() throws Exception {
    ClientSession session =
        session(
            peer -> {
              peer.read();
              peer.send("HTTP/1.1 200 OK\r\nContent-");
              peer.stall();
            },
            t -> t.withResponse(SHORT));

    Failing.with(
        ResponseTimeoutException.class,
        Sessions.get(session).sendAsync(),
        "client-session.faulty.timeout.response=300ms");
  }

  @Test
  void theLimitOnTheResponseDoesNotLimitTheBody() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    ClientSession session =
        session(
            peer -> {
              peer.read();
              if (peer.number() == 1) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
                Await.opened(late);
                peer.send("late");
              }
              peer.stall();
            },
            t -> t.withResponse(SHORT));

    Response response = Await.value(Sessions.get(session).sendAsync());
    Failing.with(ResponseTimeoutException.class, Sessions.get(session).sendAsync());
    late.countDown();

    assertThat(Await.value(response.textAsync())).isEqualTo("late");
  }

  // ---- read -----------------------------------------------------------------------------------

  @Test
  void theLimitOnReadingEndsABodyThatStalls() throws Exception {
    ClientSession session = session(STALLED_BODY, t -> t.withRead(SHORT));

    Response response = Await.value(Sessions.get(session).sendAsync());

    Failing.with(
        ReadTimeoutException.class,
        response.bytesAsync(),
        "client-session.faulty.timeout.read=300ms",
        "body ");
  }

  @Test
  void theLimitOnReadingEndsAStreamThatStalls() throws Exception {
    ClientSession session = session(STALLED_BODY, t -> t.withRead(SHORT));

    try (var body = Await.value(Sessions.get(session).sendAsync()).inputStream()) {
      assertThat(body.readNBytes(4)).asString().isEqualTo("half");
      Failing.with(
          ReadTimeoutException.class, body::read, "client-session.faulty.timeout.read=300ms");
    }
  }

  @Test
  void theLimitOnReadingSparesAReaderThatWantsNothing() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    ClientSession session =
        session(
            peer -> {
              peer.read();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
              if (peer.number() <= 2) {
                Await.opened(late);
                peer.send("full");
              }
              peer.stall();
            },
            t -> t.withRead(SHORT));
    Response unread = Await.value(Sessions.get(session).sendAsync());
    BodyCollector patient = new BodyCollector();
    Await.value(Sessions.get(session).sendAsync()).body().subscribe(patient);
    patient.request(1);
    Await.until("its first part is here", () -> patient.received().equals("half"));

    // The time of a third exchange, begun later, runs out; the others still stand.
    Failing.with(ReadTimeoutException.class, Sessions.whole(Sessions.get(session)));

    late.countDown();
    assertThat(Await.value(unread.textAsync())).isEqualTo("halffull");
    patient.request(2);
    assertThat(Await.value(patient.whole())).isEqualTo("halffull");
  }

  @Test
  void theLimitOnReadingSparesABodyThatMovesSlowly() throws Exception {
    ClientSession session =
        session(
            peer -> {
              peer.read();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n");
              for (int part = 0; part < 30; part++) {
                peer.pause(Duration.ofMillis(30));
                peer.send("x");
              }
              peer.stall();
            },
            t -> t.withRead(Duration.ofMillis(700)));

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("x".repeat(30));
  }
}
