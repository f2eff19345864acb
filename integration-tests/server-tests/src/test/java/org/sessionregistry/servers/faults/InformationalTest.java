package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.InvalidResponseException;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.settings.DataSize;

/** What comes before a response and after it is bounded (RFC 9110 sections 6.5 and 15.2). */
class InformationalTest {
  private static final String HINT = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

  @RegisterExtension final Sessions sessions = new Sessions();

  @Test
  void eachIsHeardInItsOrder() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer ->
                peer.answerAll("HTTP/1.1 102 Processing\r\n\r\n" + HINT.repeat(99) + Answers.OK));
    ClientSession session = sessions.to(server);
    List<Integer> heard = new CopyOnWriteArrayList<>();
    assertThat(
            Await.value(
                Sessions.whole(
                    Sessions.get(session).onInformational(said -> heard.add(said.status())))))
        .isEqualTo("fine");
    assertThat(heard).hasSize(100).startsWith(102, 103).endsWith(103);
  }

  @Test
  void aFloodIsNoResponse() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(HINT.repeat(101) + Answers.OK));
    ClientSession session = sessions.to(server);
    Failing.with(
        InvalidResponseException.class,
        Sessions.whole(Sessions.get(session)),
        "more than 100 informational responses");
  }

  @Test
  void trailersAreLimitedAsHeadersAre() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer ->
                peer.answerAll(
                    Answers.HEAD_OF_CHUNKS
                        + Answers.chunk("fine")
                        + "0\r\nX: "
                        + "y".repeat(5000)
                        + "\r\n\r\n"));
    ClientSession session =
        sessions.to(server, s -> s.limits(l -> l.withResponseHeaders(DataSize.ofKibibytes(4))));
    Failing.with(
        ResponseTooLargeException.class,
        Sessions.whole(Sessions.get(session)),
        "client-session.faulty.limits.response-headers=4KiB");
  }

  @Test
  void manySmallTrailersAreLimitedToo() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer ->
                peer.answerAll(
                    Answers.HEAD_OF_CHUNKS
                        + Answers.chunk("fine")
                        + "0\r\n"
                        + "X: y\r\n".repeat(2000)
                        + "\r\n"));
    ClientSession session =
        sessions.to(server, s -> s.limits(l -> l.withResponseHeaders(DataSize.ofKibibytes(4))));
    Failing.with(
        ResponseTooLargeException.class,
        Sessions.whole(Sessions.get(session)),
        "limits.response-headers");
  }
}
