package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.Response;
import org.sessionregistry.settings.QueueSettings;

/** A full queue refuses at once, and shows the pool as it was. */
class QueueFullTest {
  @RegisterExtension final Sessions sessions = new Sessions();

  private ScriptedServer server() {
    return sessions.server(
        peer -> {
          peer.read();
          peer.send(Answers.HEAD_OF_100);
          peer.stall();
        });
  }

  private ClientSession session(ScriptedServer server, int connections, int queue) {
    return sessions.to(
        server,
        s -> s.pool(p -> p.withMaxConnections(connections)).queue(QueueSettings.ofMaxSize(queue)));
  }

  @Test
  void withoutAQueueNobodyWaits() throws Exception {
    ScriptedServer server = server();
    ClientSession session = session(server, 1, 0);
    Response holder = Await.value(Sessions.get(session).sendAsync());

    CompletableFuture<Response> refused = Sessions.get(session).sendAsync();

    assertThat(refused).isDone();
    QueueFullException failure =
        Failing.with(
            QueueFullException.class,
            refused,
            "the queue is off",
            "(max 1, in use 1, idle 0, opening 0, waiting 0)",
            "client-session.faulty.pool.max-connections",
            "client-session.faulty.queue.max-size");
    assertThat(failure.pool().orElseThrow().inUse()).isEqualTo(1);
    assertThat(failure.pool().orElseThrow().maxConnections()).isEqualTo(1);
    assertThat(server.requests()).hasSize(1);
    holder.close();
  }

  @Test
  void withoutAQueueAFreeConnectionIsTaken() throws Exception {
    ClientSession session = session(sessions.server(peer -> peer.answerAll(Answers.OK)), 1, 0);

    for (int i = 0; i < 5; i++) {
      assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
    }

    assertThat(session.statistics().pool().reused()).isEqualTo(4);
  }

  @Test
  void aFullQueueShowsWhoWaits() throws Exception {
    ClientSession session = session(server(), 2, 2);
    Response first = Await.value(Sessions.get(session).sendAsync());
    Response second = Await.value(Sessions.get(session).sendAsync());
    CompletableFuture<Response> third = Sessions.get(session).sendAsync();
    CompletableFuture<Response> fourth = Sessions.get(session).sendAsync();

    QueueFullException failure =
        Failing.with(
            QueueFullException.class,
            Sessions.get(session).sendAsync(),
            "the queue of 2 is full",
            "(max 2, in use 2, idle 0, opening 0, waiting 2, oldest wait ");

    assertThat(failure.pool().orElseThrow().waiting()).isEqualTo(2);
    assertThat(failure.pool().orElseThrow().oldestWait()).isPositive();
    third.cancel(true);
    fourth.cancel(true);
    first.close();
    second.close();
  }

  @Test
  void whoLeavesTheQueueMakesRoomForAnother() throws Exception {
    ClientSession session = session(server(), 1, 1);
    Response holder = Await.value(Sessions.get(session).sendAsync());
    CompletableFuture<Response> waiting = Sessions.get(session).sendAsync();
    Failing.with(QueueFullException.class, Sessions.get(session).sendAsync());

    waiting.cancel(true);
    CompletableFuture<Response> next = Sessions.get(session).sendAsync();

    assertThat(next).isNotDone();
    holder.close();
    Await.value(next).close();
  }

  @Test
  void aPoolWithoutLimitIsNeverFull() throws Exception {
    ScriptedServer server = server();
    ClientSession session = session(server, 0, 0);

    for (int i = 0; i < 150; i++) {
      Sessions.get(session).sendAsync().thenAccept(Response::close);
    }

    server.awaitRequests(150);
    Await.until("all have ended", () -> session.statistics().inFlight() == 0);
    assertThat(session.statistics().failed()).isZero();
  }
}
