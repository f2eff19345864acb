package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_CHUNKS;
import static org.sessionregistry.servers.faults.Answers.OK;
import static org.sessionregistry.servers.faults.Answers.chunk;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/** Where a response ends, and whether its connection serves another request (RFC 9112). */
class FramingTest {
  @RegisterExtension final Sessions sessions = new Sessions();

  static Stream<Arguments> responses() {
    return Stream.of(
        reused("a length (6.3)", "GET", OK, 200, "fine"),
        reused(
            "no length, but 0 (6.3)",
            "GET",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            200,
            ""),
        reused(
            "chunks (7.1)",
            "GET",
            HEAD_OF_CHUNKS + chunk("fi") + chunk("ne") + "0\r\n\r\n",
            200,
            "fine"),
        reused(
            "chunks with extensions and trailers (7.1)",
            "GET",
            HEAD_OF_CHUNKS + "4;a=b\r\nfine\r\n0\r\nX-Sum: 1\r\n\r\n",
            200,
            "fine"),
        reused("100 before it (RFC 9110 15.2)", "GET", interim(100) + OK, 200, "fine"),
        reused("103 with fields before it", "GET", interim(103) + OK, 200, "fine"),
        reused("several interim ones", "GET", interim(102).repeat(5) + OK, 200, "fine"),
        reused("an unknown interim one", "POST", interim(199) + OK, 200, "fine"),
        reused("HEAD with a length (6.3)", "HEAD", head("Content-Length: 99"), 200, ""),
        reused("HEAD with chunks (6.3)", "HEAD", head("Transfer-Encoding: chunked"), 200, ""),
        reused("HEAD without either (6.3)", "HEAD", head("X: y"), 200, ""),
        reused("HEAD after 103", "HEAD", interim(103) + head("Content-Length: 9"), 200, ""),
        reused("204 (6.3)", "DELETE", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        reused(
            "204 with a length (6.3)",
            "GET",
            "HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\n",
            204,
            ""),
        reused(
            "304 with a length (6.3)",
            "GET",
            "HTTP/1.1 304 No\r\nContent-Length: 4\r\n\r\n",
            304,
            ""),
        reused(
            "304 with chunks (6.3)",
            "GET",
            "HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n",
            304,
            ""),
        reused(
            "HTTP/1.0 that keeps alive (C.2.2)",
            "GET",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nfine",
            200,
            "fine"),
        reused(
            "a keep-alive hint",
            "GET",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=9\r\nContent-Length: 4\r\n\r\nfine",
            200,
            "fine"),
        closed("HTTP/1.0 (C.2.2)", "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nfine"),
        closed(
            "Connection: close (9.6)",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfine"),
        closed(
            "Connection: close among others (9.6)",
            "HTTP/1.1 200 OK\r\nConnection: X-Hop, Close\r\nContent-Length: 4\r\n\r\nfine"),
        closed(
            "Connection: close in a second field (9.6)",
            "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfine"),
        closed(
            "Keep-Alive: timeout=0",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\nContent-Length: 4\r\n\r\nfine"));
  }

  private static String interim(int status) {
    return "HTTP/1.1 " + status + " Wait\r\nLink: </style.css>\r\n\r\n";
  }

  private static String head(String field) {
    return "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n";
  }

  private static Arguments reused(
      String what, String method, String response, int status, String body) {
    return Arguments.of(what, method, response, status, body, 1);
  }

  private static Arguments closed(String what, String response) {
    return Arguments.of(what, "GET", response, 200, "fine", 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("responses")
  void aResponseEndsWhereItShould(
      String what, String method, String sent, int status, String body, int connections)
      throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(sent));
    ClientSession session = sessions.to(server);

    for (int time = 1; time <= 2; time++) {
      Response response = Await.value(Sessions.request(session, method).sendAsync());
      assertThat(response.status()).isEqualTo(status);
      assertThat(Await.value(response.textAsync())).isEqualTo(body);
    }

    assertThat(server.accepted()).isEqualTo(connections);
    assertThat(session.statistics().pool().reused()).isEqualTo(2 - connections);
  }
}
