package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/** A server may answer before it has the whole request (RFC 9112 section 9.5). */
class EarlyAnswerTest {
  private static final String TOO_LARGE =
      "HTTP/1.1 413 Content Too Large\r\nContent-Length: 8\r\n\r\ntoo much";

  @RegisterExtension final Sessions sessions = new Sessions();

  @Test
  void theAnswerToAStreamThatIsNotAtItsEndIsDelivered() throws Exception {
    ScriptedServer server = sessions.server(EarlyAnswerTest::refuse, EarlyAnswerTest::accept);
    ClientSession session = sessions.to(server);
    ScriptedPublisher upload = ScriptedPublisher.silent();

    Response response =
        Await.value(Sessions.request(session, "POST").body(upload.body()).sendAsync());

    assertThat(response.status()).isEqualTo(413);
    assertThat(Await.value(response.textAsync())).isEqualTo("too much");
    Await.until("the source is told", upload::isCancelled);
    assertNextTakesAnotherConnection(session, server);
  }

  @Test
  void theAnswerToAStreamThatDoesNotMoveIsDelivered() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(TOO_LARGE);
              peer.stallUnread();
            },
            EarlyAnswerTest::accept);
    ClientSession session = sessions.to(server);
    ScriptedPublisher upload = ScriptedPublisher.endless(new byte[64 << 10]);

    Response response =
        Await.value(Sessions.request(session, "POST").body(upload.body()).sendAsync());

    assertThat(Await.value(response.textAsync())).isEqualTo("too much");
    Await.until("the source is told", upload::isCancelled);
    assertNextTakesAnotherConnection(session, server);
  }

  @Test
  void theAnswerToALargeBodyInMemoryIsDelivered() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(TOO_LARGE);
              peer.stallUnread();
            },
            EarlyAnswerTest::accept);
    ClientSession session = sessions.to(server);

    Response response =
        Await.value(Sessions.request(session, "POST").body(new byte[64 << 20]).sendAsync());

    assertThat(Await.value(response.textAsync())).isEqualTo("too much");
    assertNextTakesAnotherConnection(session, server);
  }

  @Test
  void theAnswerOfAServerThatClosesInOrderIsDelivered() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 413 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
              peer.halfClose();
            },
            EarlyAnswerTest::accept);
    ClientSession session = sessions.to(server);

    Response response =
        Await.value(Sessions.request(session, "POST").body(new byte[16 << 20]).sendAsync());

    assertThat(Await.value(response.textAsync())).isEqualTo("no");
    assertNextTakesAnotherConnection(session, server);
  }

  private static void refuse(Peer peer) throws Exception {
    peer.readHead();
    peer.send(TOO_LARGE);
  }

  private static void accept(Peer peer) throws Exception {
    peer.answerAll(Answers.OK);
  }

  private static void assertNextTakesAnotherConnection(ClientSession session, ScriptedServer server)
      throws Exception {
    assertThat(Await.value(Sessions.whole(Sessions.request(session, "POST")))).isEqualTo("fine");
    assertThat(server.requests()).last().isEqualTo(new ScriptedServer.Seen(2, line()));
  }

  private static String line() {
    return "POST /orders?token=secret HTTP/1.1";
  }
}
