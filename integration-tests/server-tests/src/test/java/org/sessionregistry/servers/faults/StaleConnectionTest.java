package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.servers.faults.LostConnectionTest.End;
import org.sessionregistry.servers.faults.ScriptedServer.Script;
import org.sessionregistry.settings.QueueSettings;

/**
 * A reused connection may be dead without our knowing (RFC 9112 section 9.3.1): what can be sent
 * again is, once.
 */
class StaleConnectionTest {
  @RegisterExtension final Sessions sessions = new Sessions();

  /** Answers once, then ends at the next request without an answer. */
  private static Script onceThen(End end) {
    return peer -> {
      peer.answer(Answers.OK);
      peer.read();
      end.of(peer);
    };
  }

  private static void wellFormed(Peer peer) throws Exception {
    peer.answerAll(Answers.OK);
  }

  private static void unanswered(Peer peer) throws Exception {
    peer.read();
    peer.close();
  }

  /** A session that has an idle connection to the server. */
  private ClientSession used(ScriptedServer server) throws Exception {
    ClientSession session = sessions.to(server);
    use(session);
    return session;
  }

  private static void use(ClientSession session) throws Exception {
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
    assertThat(session.statistics().pool().idle()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void anIdleConnectionThatEndsLeavesThePoolAtOnce(End end) throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(Answers.OK);
              Await.opened(idle);
              end.of(peer);
            },
            StaleConnectionTest::wellFormed);
    ClientSession session = used(server);

    idle.countDown();

    Await.until("no idle connection", () -> session.statistics().pool().idle() == 0);
    assertThat(Await.value(Sessions.whole(Sessions.request(session, "POST")))).isEqualTo("fine");
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aGetIsSentAgainOnAFreshConnection(End end) throws Exception {
    ScriptedServer server = sessions.server(onceThen(end), StaleConnectionTest::wellFormed);
    ClientSession session = used(server);

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");

    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.requests()).hasSize(3);
    assertThat(session.statistics().succeeded()).isEqualTo(2);
    assertThat(session.statistics().failed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE"})
  void everyIdempotentMethodIsSentAgain(String method) throws Exception {
    ScriptedServer server = sessions.server(onceThen(End.CLOSE), StaleConnectionTest::wellFormed);
    ClientSession session = used(server);

    Await.value(Sessions.whole(Sessions.request(session, method)));

    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aPutWithABodyThatIsStillThereIsSentAgain() throws Exception {
    ScriptedServer server = sessions.server(onceThen(End.CLOSE), StaleConnectionTest::wellFormed);
    RequestBuilder put = Sessions.request(used(server), "PUT").body("all of it");

    assertThat(Await.value(Sessions.whole(put))).isEqualTo("fine");
  }

  @Test
  void aPutWhoseBodyIsGoneIsNotSentAgain() throws Exception {
    ScriptedServer server = sessions.server(onceThen(End.CLOSE), StaleConnectionTest::wellFormed);
    RequestBuilder put =
        Sessions.request(used(server), "PUT")
            .body(RequestBody.ofInputStream(new ByteArrayInputStream(new byte[10])));

    Failing.with(ConnectionLostException.class, put.sendAsync(), "closed before any response");

    assertThat(server.accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "RESERVE"})
  void whatMayHaveBeenActedOnIsNotSentAgain(String method) throws Exception {
    ScriptedServer server = sessions.server(onceThen(End.CLOSE), StaleConnectionTest::wellFormed);
    ClientSession session = used(server);

    Failing.with(
        ConnectionLostException.class,
        Sessions.request(session, method).sendAsync(),
        "closed before any response");

    assertThat(server.accepted()).isEqualTo(1);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aRequestWhoseAnswerHadBegunIsNotSentAgain() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(Answers.OK);
              peer.answer("H");
              peer.close();
            },
            StaleConnectionTest::wellFormed);
    ClientSession session = used(server);

    Failing.with(
        ConnectionLostException.class,
        Sessions.get(session).sendAsync(),
        "within the response's head");

    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void aRequestIsSentAgainOnlyOnce() throws Exception {
    ScriptedServer server =
        sessions.server(
            onceThen(End.CLOSE), StaleConnectionTest::unanswered, StaleConnectionTest::wellFormed);
    ClientSession session = used(server);

    Failing.with(
        ConnectionLostException.class,
        Sessions.get(session).sendAsync(),
        "closed before any response");

    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aRequestIsNotSentAgainWhenTheSessionForbidsIt() throws Exception {
    ScriptedServer server = sessions.server(onceThen(End.CLOSE), StaleConnectionTest::wellFormed);
    ClientSession session = sessions.to(server, s -> s.retries(r -> r.withStaleConnection(false)));
    use(session);

    Failing.with(
        ConnectionLostException.class,
        Sessions.get(session).sendAsync(),
        "closed before any response");

    assertThat(server.requests()).hasSize(2);
  }

  /** The dead connection's place is free by the time that a fresh one is asked for. */
  @Test
  void aRequestIsSentAgainInAFullPoolWithoutAQueue() throws Exception {
    ScriptedServer server = sessions.server(onceThen(End.RESET), StaleConnectionTest::wellFormed);
    ClientSession session =
        sessions.to(
            server, s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(0)));
    use(session);

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
  }

  @Test
  void everyStaleConnectionIsReplacedWhenAllDieAtOnce() throws Exception {
    int many = 20;
    CountDownLatch all = new CountDownLatch(many);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.read();
              if (peer.number() <= many) {
                all.countDown();
                Await.opened(all);
                peer.send(Answers.OK);
                unanswered(peer);
              } else {
                peer.send(Answers.OK);
                wellFormed(peer);
              }
            });
    ClientSession session = sessions.to(server);
    fetch(session, many);
    assertThat(session.statistics().pool().idle()).isEqualTo(many);

    fetch(session, many);

    assertThat(session.statistics().succeeded()).isEqualTo(2 * many);
  }

  private static void fetch(ClientSession session, int many) throws Exception {
    var bodies = Stream.generate(() -> Sessions.whole(Sessions.get(session))).limit(many).toList();
    for (var body : bodies) {
      assertThat(Await.value(body)).isEqualTo("fine");
    }
  }
}
