package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_100;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.servers.faults.ScriptedServer.Script;
import org.sessionregistry.settings.SessionSettings;

/** A session that closes lets finish what it can, for a while, and no upstream holds it up. */
class ClosingTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String CUT_OFF = "client-session-registry.shutdown-timeout";

  private static final Script UNANSWERED =
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

  // ---- what is let finish ---------------------------------------------------------------------

  @Test
  void idleConnectionsAreClosedAtOnce() throws Exception {
    sessions.shutdownTimeout(LONG);
    ScriptedServer server = sessions.server(peer -> peer.answerAll(Answers.OK));
    ClientSession session = sessions.to(server);
    Await.value(Sessions.whole(Sessions.get(session)));
    assertThat(session.statistics().pool().idle()).isEqualTo(1);

    session.close();

    assertThat(session.statistics().pool().idle()).isZero();
    Await.until("the server sees it", () -> server.open() == 0);
  }

  @Test
  void anExchangeInFlightMayFinish() throws Exception {
    sessions.shutdownTimeout(LONG);
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.read();
              Await.opened(closing);
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
              Await.opened(answered);
              peer.send("fine");
            });
    ClientSession session = sessions.to(server);
    CompletableFuture<Response> exchange = Sessions.get(session).sendAsync();
    server.awaitRequests(1);

    CompletableFuture<Void> closed = session.closeAsync().toCompletableFuture();
    closing.countDown();
    Response response = Await.value(exchange);
    assertThat(closed).isNotDone();
    answered.countDown();

    assertThat(Await.value(response.textAsync())).isEqualTo("fine");
    Await.value(closed);
    assertThat(session.statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void aQueuedExchangeFailsAtOnceAndLeavesTheOneInFlightAlone() throws Exception {
    sessions.shutdownTimeout(LONG);
    CountDownLatch closing = new CountDownLatch(1);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.read();
              Await.opened(closing);
              peer.send(Answers.OK);
            });
    ClientSession session = sessions.to(server, s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<String> running = Sessions.whole(Sessions.get(session));
    CompletableFuture<Response> queued = Sessions.get(session).sendAsync();
    server.awaitRequests(1);

    CompletableFuture<Void> closed = session.closeAsync().toCompletableFuture();

    Failing.with(SessionClosedException.class, queued, "nothing was sent");
    closing.countDown();
    assertThat(Await.value(running)).isEqualTo("fine");
    Await.value(closed);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aNewRequestIsRefused() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(Answers.OK));
    ClientSession session = sessions.to(server);
    session.close();

    Failing.with(
        SessionClosedException.class, Sessions.get(session).sendAsync(), "nothing was sent");
    Failing.with(SessionClosedException.class, () -> Sessions.get(session).send());

    assertThat(server.accepted()).isZero();
  }

  @Test
  void aNewRequestIsRefusedWhileOthersMayFinish() throws Exception {
    sessions.shutdownTimeout(LONG);
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server);
    CompletableFuture<Response> running = Sessions.get(session).sendAsync();
    server.awaitRequests(1);
    CompletableFuture<Void> closed = session.closeAsync().toCompletableFuture();

    Failing.with(SessionClosedException.class, Sessions.get(session).sendAsync());

    assertThat(running).isNotDone();
    running.cancel(true);
    Await.value(closed);
  }

  // ---- what is not ----------------------------------------------------------------------------

  @Test
  void connectingIsGivenUpAtOnce() throws Exception {
    sessions.shutdownTimeout(LONG);
    try (FullBacklog backlog = FullBacklog.open()) {
      ClientSession session = sessions.open("http://" + backlog.authority(), s -> s);
      CompletableFuture<Response> connecting = Sessions.get(session).sendAsync();

      CompletableFuture<Void> closed = session.closeAsync().toCompletableFuture();

      Failing.with(SessionClosedException.class, connecting, "nothing was sent");
      Await.value(closed);
    }
  }

  @Test
  void aHandshakeIsGivenUpAtOnce() throws Exception {
    sessions.shutdownTimeout(LONG);
    CountDownLatch greeted = new CountDownLatch(1);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readFully(5);
              greeted.countDown();
              peer.stall();
            });
    ClientSession session = sessions.open("https://" + server.authority(), s -> s);
    CompletableFuture<Response> securing = Sessions.get(session).sendAsync();
    Await.opened(greeted);

    CompletableFuture<Void> closed = session.closeAsync().toCompletableFuture();

    Failing.with(SessionClosedException.class, securing, "nothing was sent");
    Await.value(closed);
  }

  @Test
  void anUnansweredExchangeIsCutOff() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server);
    CompletableFuture<Response> running = Sessions.get(session).sendAsync();
    server.awaitRequests(1);

    session.close();

    Failing.with(SessionClosedException.class, running, CUT_OFF);
  }

  /** It was sent, so that the message must not say that it was not. */
  @Test
  void anUnansweredExchangeOnAReusedConnectionIsCutOffLikeAnyOther() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(Answers.OK);
              peer.read();
              peer.stall();
            });
    ClientSession session = sessions.to(server);
    Await.value(Sessions.whole(Sessions.get(session)));
    CompletableFuture<Response> running = Sessions.get(session).sendAsync();
    server.awaitRequests(2);

    session.close();

    Failing.with(SessionClosedException.class, running, CUT_OFF);
  }

  @Test
  void aStalledBodyIsCutOff() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ClientSession session = sessions.to(sessions.server(STALLED_BODY));
    Response response = Await.value(Sessions.get(session).sendAsync());
    CompletableFuture<String> loading = response.textAsync();

    session.close();

    Failing.with(SessionClosedException.class, loading, CUT_OFF);
  }

  @Test
  void aBodyThatNobodyReadsIsCutOff() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
              peer.send(new byte[100_000_000]);
            });
    ClientSession session = sessions.to(server);
    Response forgotten = Await.value(Sessions.get(session).sendAsync());

    session.close();

    Await.until("the server sees it", () -> server.open() == 0);
    Failing.with(SessionClosedException.class, forgotten.bytesAsync(), CUT_OFF);
  }

  @Test
  void anUploadThatNobodyReadsIsCutOff() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.stallUnread();
            });
    ClientSession session = sessions.to(server);
    ScriptedPublisher upload = ScriptedPublisher.endless(new byte[64 << 10]);
    CompletableFuture<Response> sending =
        Sessions.request(session, "POST").body(upload.body()).sendAsync();
    server.awaitRequests(1);

    session.close();

    Failing.with(SessionClosedException.class, sending, CUT_OFF);
    Await.until("the source is told", upload::isCancelled);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200})
  void manyInFlightAndWaitingAreAllDoneByTheDeadline(int shutdownMillis) throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(shutdownMillis));
    ScriptedServer server = sessions.server(STALLED_BODY, UNANSWERED, STALLED_BODY, UNANSWERED);
    ClientSession session = sessions.to(server, s -> s.pool(p -> p.withMaxConnections(50)));
    List<CompletableFuture<String>> all =
        Stream.generate(() -> Sessions.whole(Sessions.get(session))).limit(250).toList();
    server.awaitRequests(50);
    assertThat(session.statistics().pool().waiting()).isEqualTo(200);

    Await.value(session.closeAsync().toCompletableFuture());

    for (CompletableFuture<String> exchange : all) {
      Failing.with(SessionClosedException.class, exchange);
    }
  }

  // ---- the ways to close ----------------------------------------------------------------------

  @Test
  void closingTwiceIsHarmless() throws Exception {
    ClientSession session = sessions.to(sessions.server(peer -> peer.answerAll(Answers.OK)));
    Await.value(Sessions.whole(Sessions.get(session)));

    CompletableFuture<Void> first = session.closeAsync().toCompletableFuture();
    CompletableFuture<Void> second = session.closeAsync().toCompletableFuture();
    Await.value(first);
    Await.value(second);
    session.close();

    assertThat(sessions.registry().find("faulty")).isEmpty();
  }

  @Test
  void closingTheRegistryClosesItsSessionsSideBySide() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(300));
    ScriptedServer server = sessions.server(UNANSWERED);
    CompletableFuture<Response> running = Sessions.get(sessions.to(server)).sendAsync();
    for (int i = 0; i < 20; i++) {
      ClientSession other =
          sessions
              .registry()
              .open(
                  SessionSettings.builder("other-" + i)
                      .baseUrl("http://" + server.authority())
                      .build());
      Sessions.get(other).sendAsync();
    }
    server.awaitRequests(21);
    long begun = System.nanoTime();

    sessions.registry().close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    Failing.with(SessionClosedException.class, running, CUT_OFF);
    assertThat(sessions.registry().statistics().connections()).isZero();
  }

  @Test
  void aRegistryThreadIsNotBlockedByClosing() throws Exception {
    ClientSession session = sessions.to(sessions.server(peer -> peer.answerAll(Answers.OK)));

    CompletableFuture<Void> closing =
        Sessions.get(session).sendAsync().thenAccept(response -> session.close());

    // The stage ran on this thread if the response was here before it was attached.
    Await.until("the stage has run", closing::isDone);
    if (closing.isCompletedExceptionally()) {
      assertThat(Await.failure(closing)).isInstanceOf(IllegalStateException.class);
    }
  }
}
