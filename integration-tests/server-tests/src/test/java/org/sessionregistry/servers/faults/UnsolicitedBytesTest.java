package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;

/**
 * Bytes that no request asked for never become the answer of another request, nor a part of it (RFC
 * 9112 section 9.2).
 */
class UnsolicitedBytesTest {
  private static final String FORGED = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";

  @RegisterExtension final Sessions sessions = new Sessions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        FORGED,
        FORGED + FORGED,
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nX-Swallow: ",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 2",
        "H",
        "garbage\r\n",
        "garbage"
      })
  void whatFollowsAResponseAnswersNobody(String extra) throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(Answers.OK + extra);
              peer.answerAll(Answers.ok("second"));
            },
            peer -> peer.answerAll(Answers.ok("second")));
    ClientSession session = sessions.to(server);
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");

    assertNextIsAnsweredInItsOwnRight(session, server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FORGED,
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nX-Swallow: ",
        "HTTP/1.1 2",
        "H",
        "garbage\r\n",
        "garbage"
      })
  void whatComesOnAnIdleConnectionClosesIt(String extra) throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(Answers.OK);
              Await.opened(idle);
              peer.send(extra);
              peer.answerAll(Answers.ok("second"));
            },
            peer -> peer.answerAll(Answers.ok("second")));
    ClientSession session = sessions.to(server);
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");

    idle.countDown();

    Await.until("no idle connection", () -> session.statistics().pool().idle() == 0);
    assertNextIsAnsweredInItsOwnRight(session, server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\n\r\n"})
  void aBodyWhereNoneMayBeAnswersNobody(String head) throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(head + "no newline");
              peer.answerAll(Answers.ok("second"));
            },
            peer -> peer.answerAll(Answers.ok("second")));
    ClientSession session = sessions.to(server);
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEmpty();

    assertNextIsAnsweredInItsOwnRight(session, server);
  }

  private static void assertNextIsAnsweredInItsOwnRight(
      ClientSession session, ScriptedServer server) throws Exception {
    var response = Await.value(Sessions.request(session, "POST").sendAsync());

    assertThat(response.status()).isEqualTo(200);
    assertThat(Await.value(response.textAsync())).isEqualTo("second");
    assertThat(server.requests()).last().extracting(ScriptedServer.Seen::connection).isEqualTo(2);
  }
}
