package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_100;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_CHUNKS;
import static org.sessionregistry.servers.faults.Answers.chunk;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.servers.faults.ScriptedServer.Script;

/** A response that is closed early gives its connection back if that costs little. */
class EarlyCloseTest {
  private static final Script STALLED_BODY =
      peer -> {
        peer.read();
        peer.send(HEAD_OF_100 + "half");
        peer.stall();
      };

  @RegisterExtension final Sessions sessions = new Sessions();

  static Stream<Arguments> smallBodies() {
    String large = "x".repeat(40 * 1024);
    return Stream.of(
        Arguments.of("none", Answers.ok("")),
        Arguments.of("a few bytes", Answers.OK),
        Arguments.of("some chunks", HEAD_OF_CHUNKS + chunk("a").repeat(9) + "0\r\n\r\n"),
        Arguments.of("as much as is read away", Answers.ok(large)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smallBodies")
  void whatIsSmallIsReadAwayAndItsConnectionServesAnother(String what, String sent)
      throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(sent));
    ClientSession session = sessions.to(server, s -> s.pool(p -> p.withMaxConnections(1)));

    for (int i = 0; i < 5; i++) {
      Await.value(Sessions.get(session).sendAsync()).close();
    }

    Await.until("all have ended", () -> session.statistics().inFlight() == 0);
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void whatIsLargeClosesItsConnection() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
              peer.send(new byte[100_000_000]);
            });
    ClientSession session = sessions.to(server);

    Await.value(Sessions.get(session).sendAsync()).close();

    Await.until("the server sees it", () -> server.open() == 0);
    Await.until("it is counted", () -> session.statistics().cancelled() == 1);
    assertThat(session.statistics().bytesReceived()).isLessThan(1_000_000);
  }

  @Test
  void whatDoesNotComeClosesItsConnection() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    ClientSession session = sessions.to(server);

    Await.value(Sessions.get(session).sendAsync()).close();

    Await.until("the server sees it", () -> server.open() == 0);
    Await.until("it is counted", () -> session.statistics().cancelled() == 1);
  }

  @Test
  void whatIsGarbageClosesItsConnection() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(HEAD_OF_CHUNKS + chunk("half"));
              peer.send("no size\r\n");
            });

    Await.value(Sessions.get(sessions.to(server)).sendAsync()).close();

    Await.until("the server sees it", () -> server.open() == 0);
  }

  @Test
  void closingWhileNobodyReadsAFullBufferClosesItsConnection() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(HEAD_OF_CHUNKS);
              while (true) {
                peer.send(chunk("x".repeat(10_000)));
              }
            });
    ClientSession session = sessions.to(server);
    Response response = Await.value(Sessions.get(session).sendAsync());
    Await.until("the buffer is full", () -> session.statistics().bytesReceived() >= 128 * 1024);

    response.close();

    Await.until("the server sees it", () -> server.open() == 0);
  }

  @Test
  void closingTwiceIsHarmless() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    ClientSession session = sessions.to(server);
    Response response = Await.value(Sessions.get(session).sendAsync());

    response.close();
    response.close();

    Await.until("it is counted", () -> session.statistics().cancelled() == 1);
  }

  @Test
  void aBodyCannotBeReadAfterTheResponseWasClosed() throws Exception {
    ClientSession session = sessions.to(sessions.server(peer -> peer.answerAll(Answers.OK)));

    Response loaded = Await.value(Sessions.get(session).sendAsync());
    loaded.close();
    Failing.with(ResponseClosedException.class, loaded.textAsync());
    Response streamed = Await.value(Sessions.get(session).sendAsync());
    streamed.close();
    Failing.with(ResponseClosedException.class, () -> streamed.inputStream().read());
  }

  @Test
  void aBodyThatWasLoadedOutlivesItsResponse() throws Exception {
    ClientSession session = sessions.to(sessions.server(peer -> peer.answerAll(Answers.OK)));
    Response response = Sessions.get(session).send();
    response.text();

    response.close();

    assertThat(response.text()).isEqualTo("fine");
  }

  @Test
  void closingWakesAReader() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    Response response = Await.value(Sessions.get(sessions.to(server)).sendAsync());
    InputStream stream = response.inputStream();
    CompletableFuture<Throwable> reader =
        CompletableFuture.supplyAsync(() -> catchThrowable(stream::readAllBytes));

    response.close();

    assertThat(Await.value(reader)).isExactlyInstanceOf(ResponseClosedException.class);
  }

  @Test
  void closingFailsALoadingThatIsUnderWay() throws Exception {
    ScriptedServer server = sessions.server(STALLED_BODY);
    Response response = Await.value(Sessions.get(sessions.to(server)).sendAsync());
    CompletableFuture<byte[]> loading = response.bytesAsync();

    response.close();

    Failing.with(ResponseClosedException.class, loading);
  }
}
