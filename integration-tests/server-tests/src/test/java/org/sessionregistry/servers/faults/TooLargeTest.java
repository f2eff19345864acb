package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_CHUNKS;
import static org.sessionregistry.servers.faults.Answers.chunk;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.servers.faults.ScriptedServer.Script;
import org.sessionregistry.settings.DataSize;

/** A peer cannot make us hold more than the limits allow. */
class TooLargeTest {
  @RegisterExtension final Sessions sessions = new Sessions();

  private ClientSession session(Script script) {
    return sessions.to(
        sessions.server(script),
        s ->
            s.limits(
                l ->
                    l.withResponseHeaders(DataSize.ofKibibytes(4))
                        .withBufferedBody(DataSize.ofKibibytes(4))));
  }

  static Stream<Arguments> endlessHeads() {
    return Stream.of(
        Arguments.of("fields without end", "HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"),
        Arguments.of("a value without end", "HTTP/1.1 200 OK\r\nX-More: ", "and more "),
        Arguments.of("a name without end", "HTTP/1.1 200 OK\r\n", "and-more-"),
        Arguments.of("folded lines without end", "HTTP/1.1 200 OK\r\nX-More: a\r\n", " more\r\n"),
        Arguments.of("trailers without end", HEAD_OF_CHUNKS + "0\r\n", "X-More: and more\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endlessHeads")
  void endlessHeadersNameTheirLimit(String what, String begin, String more) throws Exception {
    ClientSession session =
        session(
            peer -> {
              peer.read();
              peer.send(begin);
              while (true) {
                peer.send(more.repeat(100));
              }
            });

    Failing.with(
        ResponseTooLargeException.class,
        Sessions.whole(Sessions.get(session)),
        "client-session.faulty.limits.response-headers=4KiB");
  }

  static Stream<Arguments> bodiesBeyondTheLimit() {
    String body = "x".repeat(5 * 1024);
    return Stream.of(
        Arguments.of("with a length", Answers.ok(body)),
        Arguments.of("in chunks", HEAD_OF_CHUNKS + chunk(body) + "0\r\n\r\n"),
        Arguments.of("in chunks without end", HEAD_OF_CHUNKS + chunk(body)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodiesBeyondTheLimit")
  void aBodyBeyondTheLimitIsNotLoaded(String what, String response) throws Exception {
    ClientSession session = session(peer -> peer.answerAll(response));

    Response bytes = Await.value(Sessions.get(session).sendAsync());
    Failing.with(
        ResponseTooLargeException.class,
        bytes.bytesAsync(),
        "client-session.faulty.limits.buffered-body=4KiB",
        "body() or inputStream()");
    Response text = Sessions.get(session).send();
    Failing.with(
        ResponseTooLargeException.class,
        text::text,
        "client-session.faulty.limits.buffered-body=4KiB");
  }

  @Test
  void aBodyOfExactlyTheLimitIsLoaded() throws Exception {
    String body = "x".repeat(4 * 1024);
    ClientSession session = session(peer -> peer.answerAll(Answers.ok(body)));

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo(body);
  }

  @Test
  void aStreamedBodyHasNoLimit() throws Exception {
    byte[] body = new byte[3 << 20];
    ClientSession session =
        session(
            peer -> {
              peer.answer("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
              peer.send(body);
            });

    try (var stream = Sessions.get(session).send().inputStream()) {
      assertThat(stream.readAllBytes()).isEqualTo(body);
    }
  }
}
