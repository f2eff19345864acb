package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_100;
import static org.sessionregistry.servers.faults.Answers.HEAD_OF_CHUNKS;
import static org.sessionregistry.servers.faults.Answers.chunk;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.Response;
import org.sessionregistry.TruncatedResponseException;

/** A connection that ends too early says how far it came. */
class LostConnectionTest {
  /** How a server leaves. */
  enum End {
    CLOSE {
      @Override
      void of(Peer peer) throws Exception {
        peer.close();
      }
    },
    HALF_CLOSE {
      @Override
      void of(Peer peer) throws Exception {
        peer.halfClose();
      }
    },
    RESET {
      @Override
      void of(Peer peer) throws Exception {
        peer.reset();
      }
    };

    abstract void of(Peer peer) throws Exception;
  }

  private static final String UNTIL_CLOSE = "HTTP/1.1 200 OK\r\n\r\n";

  @RegisterExtension final Sessions sessions = new Sessions();

  static Stream<Arguments> withinTheHead() {
    return withEachEnd(
        Arguments.of("before the response", "", "before any response"),
        Arguments.of("within the status line", "HTTP/1.1 20", "within the response's head"),
        Arguments.of("after the status line", "HTTP/1.1 200 OK\r\n", "within the response's head"),
        Arguments.of("within a field", "HTTP/1.1 200 OK\r\nContent-", "within the response's head"),
        Arguments.of(
            "between the fields",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n",
            "within the response's head"),
        Arguments.of(
            "after an interim response",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "within the response's head"));
  }

  static Stream<Arguments> withinTheBody() {
    return withEachEnd(
        Arguments.of("before the body", HEAD_OF_100),
        Arguments.of("within the body", HEAD_OF_100 + "half"),
        Arguments.of("before the last byte", HEAD_OF_100 + "x".repeat(99)),
        Arguments.of("before the first chunk", HEAD_OF_CHUNKS),
        Arguments.of("within a chunk's size", HEAD_OF_CHUNKS + chunk("half") + "1"),
        Arguments.of("within a chunk", HEAD_OF_CHUNKS + "a\r\nhalf"),
        Arguments.of("after a chunk's data", HEAD_OF_CHUNKS + "4\r\nhalf"),
        Arguments.of("between chunks", HEAD_OF_CHUNKS + chunk("half")),
        Arguments.of("within the last chunk", HEAD_OF_CHUNKS + chunk("half") + "0\r\n"),
        Arguments.of("within the trailers", HEAD_OF_CHUNKS + chunk("half") + "0\r\nX-Sum: 1\r\n"));
  }

  private static Stream<Arguments> withEachEnd(Arguments... rows) {
    return Stream.of(rows)
        .flatMap(
            row ->
                Stream.of(End.values())
                    .map(
                        end -> {
                          Object[] cells = Arrays.copyOf(row.get(), row.get().length + 1);
                          cells[cells.length - 1] = end;
                          return Arguments.of(cells);
                        }));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("withinTheHead")
  void aConnectionThatEndsBeforeTheBodyIsLost(String what, String sent, String says, End end)
      throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(sent);
              end.of(peer);
            });

    Failing.with(
        ConnectionLostException.class,
        Sessions.whole(Sessions.get(sessions.to(server))),
        "the connection was closed " + says);

    assertThat(server.requests()).as("a fresh connection's request is not repeated").hasSize(1);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("withinTheBody")
  void aConnectionThatEndsWithinTheBodyTruncatesIt(String what, String sent, End end)
      throws Exception {
    CountDownLatch headSeen = new CountDownLatch(1);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(sent);
              Await.opened(headSeen);
              end.of(peer);
            });

    Response response = Await.value(Sessions.get(sessions.to(server)).sendAsync());
    headSeen.countDown();

    assertThat(response.status()).isEqualTo(200);
    Failing.with(
        TruncatedResponseException.class,
        response.bytesAsync(),
        "the connection was closed within the body");
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"CLOSE", "HALF_CLOSE"})
  void aBodyWithoutLengthIsCompleteWhenTheConnectionEnds(End end) throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(UNTIL_CLOSE + "all of it");
              end.of(peer);
            });
    ClientSession session = sessions.to(server);

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("all of it");
    assertThat(session.statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void aBodyWithoutLengthIsNotCompleteWhenTheConnectionIsReset() throws Exception {
    CountDownLatch partSeen = new CountDownLatch(1);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(UNTIL_CLOSE + "half");
              Await.opened(partSeen);
              peer.reset();
            });
    BodyCollector body = new BodyCollector();
    Await.value(Sessions.get(sessions.to(server)).sendAsync()).body().subscribe(body);
    body.request(Long.MAX_VALUE);
    Await.until("the first part is here", () -> body.received().equals("half"));
    partSeen.countDown();

    Failing.with(TruncatedResponseException.class, body.whole(), "within the body");
  }

  /** RFC 9112 section 9.3: what ends the body ends the connection, too. */
  @Test
  void aConnectionThatEndedWithItsBodyIsGivenToNobody() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.answer(UNTIL_CLOSE + "all of it");
              peer.close();
            });
    ClientSession session =
        sessions.to(
            server,
            s -> s.pool(p -> p.withMaxConnections(1)).retries(r -> r.withStaleConnection(false)));

    var exchanges =
        Stream.generate(() -> Sessions.whole(Sessions.request(session, "POST"))).limit(5).toList();

    for (var exchange : exchanges) {
      assertThat(Await.value(exchange)).isEqualTo("all of it");
    }
    assertThat(session.statistics().pool().reused()).isZero();
  }
}
