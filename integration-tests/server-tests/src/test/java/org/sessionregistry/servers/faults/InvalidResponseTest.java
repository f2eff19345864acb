package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_CHUNKS;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.InvalidResponseException;

/** What is not HTTP is called so, and its connection is not used again. */
class InvalidResponseTest {
  @RegisterExtension final Sessions sessions = new Sessions();

  static Stream<Arguments> responsesThatAreNone() {
    return Stream.of(
        row("an SSH banner", "SSH-2.0-OpenSSH_9.2p1\r\n"),
        row("an SMTP greeting", "220 mail.example ESMTP\r\n"),
        row("a line of garbage", "\u0081\u0082 what? \u00ff\r\n\r\n"),
        row("HTML without a head", "<!doctype html>\r\n<html></html>\r\n"),
        row("another protocol (RFC 9112 section 2.3)", "RTSP/1.0 200 OK\r\n\r\n"),
        row("a status that is no number (section 4)", "HTTP/1.1 abc OK\r\n\r\n"),
        row("a status line without status (section 4)", "HTTP/1.1\r\n\r\n"),
        row("a status of two digits (section 4)", "HTTP/1.1 20 OK\r\n\r\n"),
        row("a status of four digits (section 4)", "HTTP/1.1 2000 OK\r\n\r\n"),
        row("a field without a name (section 5)", head(": value")),
        row("a length that is no number (section 6.3)", head("Content-Length: many")),
        row("a negative length (section 6.3)", head("Content-Length: -5")),
        row("two lengths in a list (section 6.3)", head("Content-Length: 5, 6")),
        row(
            "two lengths in two fields (section 6.3)",
            head("Content-Length: 5\r\nContent-Length: 6")),
        row(
            "a length beside an encoding (section 6.3)",
            head("Content-Length: 5\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
        row(
            "an encoding on HTTP/1.0 (section 6.1)",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        row("101, which nobody asked for (RFC 9110 section 15.2.2)", "HTTP/1.1 101 Yes\r\n\r\n"));
  }

  static Stream<Arguments> chunksThatAreNone() {
    return Stream.of(
        row("a size that is no number (section 7.1)", HEAD_OF_CHUNKS + "xyz\r\nabc\r\n0\r\n\r\n"),
        row("a negative size (section 7.1)", HEAD_OF_CHUNKS + "-1\r\nabc\r\n0\r\n\r\n"),
        row(
            "a size beyond all numbers (section 7.1)",
            HEAD_OF_CHUNKS + "fffffffffffffffff\r\nabc"));
  }

  private static Arguments row(String what, String bytes) {
    return Arguments.of(what, bytes);
  }

  private static String head(String fields) {
    return "HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"responsesThatAreNone", "chunksThatAreNone"})
  void aResponseThatIsNotHttpIsRefused(String what, String bytes) throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(bytes);
              peer.halfClose();
            },
            peer -> peer.answerAll(Answers.OK));
    ClientSession session = sessions.to(server);

    Failing.with(InvalidResponseException.class, Sessions.whole(Sessions.get(session)));

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
    assertThat(server.accepted()).isEqualTo(2);
  }

  /** A server that speaks TLS answers plain text with an alert (RFC 8446 section 6). */
  @Test
  void tlsOnAPlainPortIsRefused() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.read();
              peer.send(new byte[] {0x15, 3, 3, 0, 2, 2, 0x46});
              peer.halfClose();
            });

    Failing.with(InvalidResponseException.class, Sessions.get(sessions.to(server)).sendAsync());
  }
}
