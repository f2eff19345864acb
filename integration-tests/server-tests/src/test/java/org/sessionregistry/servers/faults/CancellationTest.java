package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_100;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.servers.faults.ScriptedServer.Script;

/** Whoever does not want an exchange any more ends it, at any step, and leaves nothing behind. */
class CancellationTest {
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

  // ---- cancel ---------------------------------------------------------------------------------

  @Test
  void aCancelledExchangeLeavesTheQueueAtOnce() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server, s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> holder = Sessions.get(session).sendAsync();
    CompletableFuture<Response> queued = Sessions.get(session).sendAsync();
    assertThat(session.statistics().pool().waiting()).isEqualTo(1);

    assertThat(queued.cancel(true)).isTrue();

    assertThat(session.statistics().pool().waiting()).isZero();
    assertThat(session.statistics().cancelled()).isEqualTo(1);
    assertThat(session.statistics().inFlight()).isEqualTo(1);
    server.awaitRequests(1);
    holder.cancel(true);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aCancelledExchangeDoesNotWaitForItsConnection() throws Exception {
    try (FullBacklog backlog = FullBacklog.open()) {
      ClientSession session =
          sessions.open(
              "http://" + backlog.authority(),
              s -> s.timeout(t -> t.withConnect(Duration.ofMillis(500))));
      CompletableFuture<Response> connecting = Sessions.get(session).sendAsync();
      assertThat(session.statistics().pool().opening()).isEqualTo(1);

      assertThat(connecting.cancel(true)).isTrue();

      assertThat(session.statistics().inFlight()).isZero();
      assertThat(connecting).isCancelled();
    }
  }

  @Test
  void aCancelledExchangeThatAwaitsItsResponseClosesItsConnection() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server);
    CompletableFuture<Response> awaiting = Sessions.get(session).sendAsync();
    server.awaitRequests(1);

    assertThat(awaiting.cancel(true)).isTrue();

    Await.until("the server sees it", () -> server.open() == 0);
    assertThat(session.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void aCancelledExchangeThatSendsTellsTheSourceOfItsBody() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.stallUnread();
            });
    ScriptedPublisher upload = ScriptedPublisher.silent();
    CompletableFuture<Response> sending =
        Sessions.request(sessions.to(server), "POST").body(upload.body()).sendAsync();
    server.awaitRequests(1);

    assertThat(sending.cancel(true)).isTrue();

    Await.until("the source is told", upload::isCancelled);
  }

  @Test
  void cancellingIsTooLateOnceTheResponseIsHere() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    CompletableFuture<Response> receiving = Sessions.get(sessions.to(server)).sendAsync();
    Response response = Await.value(receiving);

    assertThat(receiving.cancel(true)).isFalse();

    assertThat(server.open()).isEqualTo(1);
    response.close();
    Await.until("the server sees it", () -> server.open() == 0);
  }

  @Test
  void aSubscriberThatCancelsClosesTheConnection() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    ClientSession session = sessions.to(server);
    BodyCollector body = new BodyCollector();
    Await.value(Sessions.get(session).sendAsync()).body().subscribe(body);
    body.request(1);
    Await.until("the first part is here", () -> body.received().equals("half"));

    body.cancel();

    Await.until("the server sees it", () -> server.open() == 0);
    Await.until("it is counted", () -> session.statistics().cancelled() == 1);
    assertThat(body.whole()).isNotDone();
  }

  @Test
  void aResponseThatComesTooLateIsClosedByItself() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED, peer -> peer.answerAll(Answers.OK));
    ClientSession session = sessions.to(server, s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> first = Sessions.get(session).sendAsync();
    CompletableFuture<String> second = Sessions.whole(Sessions.get(session));
    server.awaitRequests(1);

    first.cancel(true);

    assertThat(Await.value(second)).as("the next one gets its place").isEqualTo("fine");
  }

  // ---- other ways to end the future -----------------------------------------------------------

  @Test
  void aTimeOfTheCallersOwnEndsTheExchange() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server);

    CompletableFuture<Response> limited =
        Sessions.get(session).sendAsync().orTimeout(200, TimeUnit.MILLISECONDS);

    assertThat(Await.failure(limited)).isInstanceOf(TimeoutException.class);
    Await.until("the server sees it", () -> server.open() == 0);
    Await.until("it is counted", () -> session.statistics().cancelled() == 1);
  }

  @Test
  void anAnswerOfTheCallersOwnEndsTheExchange() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server);
    CompletableFuture<Response> exchange = Sessions.get(session).sendAsync();
    server.awaitRequests(1);

    exchange.complete(null);

    Await.until("the server sees it", () -> server.open() == 0);
    assertThat(session.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void aCancelledCopyLeavesTheExchangeAlone() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(Answers.OK));
    CompletableFuture<Response> exchange = Sessions.get(sessions.to(server)).sendAsync();

    CompletableFuture<Integer> derived = exchange.thenApply(Response::status);
    derived.cancel(true);

    assertThat(Await.value(Await.value(exchange).textAsync())).isEqualTo("fine");
  }

  @Test
  void aCancelledLoadingLeavesTheBodyToOthers() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(Answers.OK));
    Response response = Await.value(Sessions.get(sessions.to(server)).sendAsync());

    response.bytesAsync().cancel(true);

    assertThat(Await.value(response.textAsync())).isEqualTo("fine");
  }

  // ---- interrupt ------------------------------------------------------------------------------

  @Test
  void anInterruptEndsSend() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server);
    Caller caller = new Caller(() -> Sessions.get(session).send());
    server.awaitRequests(1);

    caller.interrupt();

    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    Await.until("the server sees it", () -> server.open() == 0);
    assertThat(session.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsSendInTheQueue() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server, s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> holder = Sessions.get(session).sendAsync();
    Caller caller = new Caller(() -> Sessions.get(session).send());
    Await.until("it waits", () -> session.statistics().pool().waiting() == 1);

    caller.interrupt();

    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(session.statistics().pool().waiting()).isZero();
    holder.cancel(true);
  }

  @Test
  void anInterruptEndsTheLoadingOfABody() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    Response response = Await.value(Sessions.get(sessions.to(server)).sendAsync());
    Caller caller = new Caller(response::bytes);
    caller.awaitBlocked();

    caller.interrupt();

    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    Await.until("the server sees it", () -> server.open() == 0);
    Failing.with(ResponseClosedException.class, response.textAsync());
  }

  @Test
  void anInterruptEndsTheReadingOfAStream() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    Response response = Await.value(Sessions.get(sessions.to(server)).sendAsync());
    Caller caller = new Caller(() -> response.inputStream().readAllBytes());
    caller.awaitBlocked();

    caller.interrupt();

    assertThat(caller.failure()).isInstanceOf(InterruptedIOException.class);
    assertThat(caller.wasInterruptedAfterwards()).isTrue();
    Await.until("the server sees it", () -> server.open() == 0);
  }

  @Test
  void aThreadThatIsInterruptedAlreadySendsNothingForLong() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    ClientSession session = sessions.to(server);

    Thread.currentThread().interrupt();
    Throwable failure = catchThrowable(() -> Sessions.get(session).send());

    assertThat(failure).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aWaitForACancelledExchangeEndsInItsCancellation() throws Exception {
    ScriptedServer server = sessions.server(UNANSWERED);
    CompletableFuture<Response> exchange = Sessions.get(sessions.to(server)).sendAsync();

    exchange.cancel(true);

    assertThat(catchThrowable(exchange::join)).isInstanceOf(CancellationException.class);
  }

  /** A thread that makes one blocking call. */
  private static final class Caller {
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean interruptedAfterwards;

    Caller(ThrowingCallable call) {
      thread =
          new Thread(
              () -> {
                Throwable caught = catchThrowable(call);
                interruptedAfterwards = Thread.currentThread().isInterrupted();
                failure.complete(caught);
              });
      thread.setDaemon(true);
      thread.start();
    }

    void interrupt() {
      thread.interrupt();
    }

    void awaitBlocked() {
      Await.until("the call blocks", () -> thread.getState() == Thread.State.WAITING);
    }

    Throwable failure() throws Exception {
      return Await.value(failure);
    }

    boolean wasInterruptedAfterwards() {
      return interruptedAfterwards;
    }
  }
}
