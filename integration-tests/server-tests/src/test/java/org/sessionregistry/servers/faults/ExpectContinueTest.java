package org.sessionregistry.servers.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTimeoutException;
import org.sessionregistry.TotalTimeoutException;

/** A body waits until its server wants it (RFC 9110 section 10.1.1). */
class ExpectContinueTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final String REFUSED =
      "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno";

  @RegisterExtension final Sessions sessions = new Sessions();

  private static RequestBuilder upload(ClientSession session, Duration wait) {
    return Sessions.request(session, "PUT").body("content").expectContinue(wait);
  }

  @Test
  void aServerThatSaysNothingGetsTheBodyAfterTheWait() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(Answers.OK));
    ClientSession session = sessions.to(server);
    for (int i = 0; i < 2; i++) {
      assertThat(Await.value(Sessions.whole(upload(session, SHORT)))).isEqualTo("fine");
    }
    assertThat(server.accepted()).isEqualTo(1);
    assertThat(session.statistics().bytesSent()).isEqualTo(14);
  }

  @Test
  void aBodyIsSentOnceHoweverOftenItIsAskedFor() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(CONTINUE + CONTINUE);
              peer.readBody();
              peer.send(CONTINUE + Answers.OK);
              peer.answerAll(Answers.OK);
            });
    ClientSession session = sessions.to(server);
    assertThat(Await.value(Sessions.whole(upload(session, LONG)))).isEqualTo("fine");
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void anAnswerBeforeTheBodyEndsTheExchangeAndTheConnection() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 401 Who?\r\nContent-Length: 3\r\n\r\nwho");
            },
            peer -> peer.answerAll(Answers.OK));
    ClientSession session = sessions.to(server);
    Response response = Await.value(upload(session, LONG).sendAsync());
    assertThat(response.status()).isEqualTo(401);
    assertThat(Await.value(response.textAsync())).isEqualTo("who");
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
    assertThat(server.accepted()).isEqualTo(2);
    assertThat(session.statistics().bytesSent()).isZero();
  }

  @Test
  void anExpectationThatIsRefusedIsDropped() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              assertThat(peer.readHead()).contains("Expect: 100-continue");
              peer.send(REFUSED);
            },
            peer -> {
              assertThat(peer.readHead()).doesNotContain("Expect");
              assertThat(peer.readBody()).asString().isEqualTo("content");
              peer.send(Answers.OK);
            });
    ClientSession session = sessions.to(server);
    RequestBody once =
        RequestBody.ofInputStream(new ByteArrayInputStream("content".getBytes(US_ASCII)));
    Response response =
        Await.value(Sessions.request(session, "POST").body(once).expectContinue(LONG).sendAsync());
    assertThat(Await.value(response.textAsync())).isEqualTo("fine");
    assertThat(session.statistics().retries()).isEqualTo(1);
    assertThat(session.statistics().requests()).isEqualTo(1);
  }

  @Test
  void anExpectationIsDroppedOnce() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(REFUSED));
    ClientSession session = sessions.to(server);
    Response response = Await.value(upload(session, SHORT).sendAsync());
    assertThat(response.status()).isEqualTo(417);
    assertThat(Await.value(response.textAsync())).isEqualTo("no");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aBodyThatCannotBeSentTwiceAndWasBegunKeepsItsAnswer() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(CONTINUE);
              peer.readBody();
              peer.send(REFUSED);
            });
    ClientSession session = sessions.to(server);
    RequestBody once = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[9]));
    Response response =
        Await.value(Sessions.request(session, "PUT").body(once).expectContinue(LONG).sendAsync());
    assertThat(response.status()).isEqualTo(417);
    assertThat(Await.value(response.textAsync())).isEqualTo("no");
  }

  @Test
  void theWaitIsNoWriting() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(Answers.OK));
    ClientSession session =
        sessions.to(server, s -> s.timeout(t -> t.withWrite(Duration.ofMillis(200))));
    assertThat(Await.value(Sessions.whole(upload(session, Duration.ofMillis(600)))))
        .isEqualTo("fine");
  }

  @Test
  void theResponsesTimeRunsFromTheEndOfTheBody() throws Exception {
    ScriptedServer server = sessions.server(Peer::stall);
    ClientSession session =
        sessions.to(server, s -> s.timeout(t -> t.withResponse(Duration.ofMillis(100))));
    Failing.with(ResponseTimeoutException.class, upload(session, SHORT).sendAsync());
    assertThat(session.statistics().bytesSent()).isEqualTo(7);
  }

  @Test
  void theTotalTimeRunsWhileTheBodyWaits() throws Exception {
    ScriptedServer server = sessions.server(Peer::stall);
    ClientSession session = sessions.to(server);
    Failing.with(
        TotalTimeoutException.class,
        upload(session, LONG).timeout(Duration.ofMillis(100)).sendAsync());
    assertThat(session.statistics().bytesSent()).isZero();
  }

  @Test
  void whoIsCancelledWaitsNoLonger() throws Exception {
    ScriptedServer server = sessions.server(Peer::stall);
    ClientSession session = sessions.to(server);
    CompletableFuture<Response> future = upload(session, LONG).sendAsync();
    server.awaitRequests(0);
    future.cancel(true);
    assertThat(session.statistics().bytesSent()).isZero();
  }
}
