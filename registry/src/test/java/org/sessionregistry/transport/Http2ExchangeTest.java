package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.transport.Http2World.request;
import static org.sessionregistry.transport.Http2World.send;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.settings.DataSize;
import org.sessionregistry.transport.Http2World.Heard;
import org.sessionregistry.transport.Http2World.Told;

/** One exchange on a stream: heads in both directions, bodies, and every way to end. */
class Http2ExchangeTest {
  @RegisterExtension final Http2World world = new Http2World();

  private static Map<String, String> fields(Http2Headers head) {
    Map<String, String> fields = new LinkedHashMap<>();
    head.forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
    return fields;
  }

  @Test
  void aRequestHasPseudoHeadersFirstAndNothingThatIsAboutAConnection() throws Exception {
    Connection connection = world.open().connection();
    send(
        connection,
        request(
            "GET",
            null,
            null,
            0,
            "Connection",
            "close",
            "Keep-Alive",
            "timeout=5",
            "Proxy-Connection",
            "close",
            "Transfer-Encoding",
            "chunked",
            "Upgrade",
            "h2c",
            "HTTP2-Settings",
            "AAMAAABkAAQAAP__",
            "TE",
            "gzip",
            "X-Mixed-Case",
            "Value",
            "Authorization",
            "Bearer secret"));

    ScriptedHttp2.Frame head = world.peer.next("HEADERS");
    assertThat(head.end()).isTrue();
    assertThat(fields(head.head()))
        .containsExactly(
            Map.entry(":method", "GET"),
            Map.entry(":scheme", "http"),
            Map.entry(":path", "/path?query"),
            Map.entry(":authority", "peer.example"),
            Map.entry("user-agent", "tests"),
            Map.entry("x-mixed-case", "Value"),
            Map.entry("authorization", "Bearer secret"));
  }

  @Test
  void teMaySayTrailers() throws Exception {
    send(world.open().connection(), request("GET", null, null, 0, "TE", "trailers"));
    assertThat(fields(world.peer.next("HEADERS").head())).containsEntry("te", "trailers");
  }

  @Test
  void aResponseHasAHeadABodyAndAnEnd() throws Exception {
    Told told = Http2World.get(world.open().connection());
    world.peer.next("HEADERS");
    world.peer.head(1, false, ":status", "103", "link", "</a>");
    world.peer.head(1, false, ":status", "200", "content-length", "30", "set-cookie", "a=b");
    world.peer.data(1, 10, false);
    world.peer.data(1, 20, true);

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.informational).containsExactly(103);
    assertThat(told.version).isEqualTo("HTTP/2");
    assertThat(told.fields).containsExactlyInAnyOrder("content-length", "30", "set-cookie", "a=b");
    assertThat(told.part()).isEqualTo(10);
    assertThat(told.part()).isEqualTo(20);
    told.awaitEnded();
  }

  @Test
  void trailersEndAResponse() throws Exception {
    Told told = Http2World.get(world.open().connection());
    world.peer.next("HEADERS");
    world.peer.head(1, false, ":status", "200");
    world.peer.data(1, 10, false);
    world.peer.head(1, true, "checksum", "42");
    told.awaitEnded();
    assertThat(told.trailers).containsExactly("checksum", "42");
  }

  @ParameterizedTest(name = "{0} answered with {1}")
  @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
  void aResponseWithoutBodyMayHaveALength(String method, String status) throws Exception {
    Told told = send(world.open().connection(), request(method, null, null, 0));
    world.peer.next("HEADERS");
    world.peer.head(1, true, ":status", status, "content-length", "30");
    told.awaitEnded();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // RFC 9113 section 8.3.2: exactly one :status, of three digits
    "no status, server, x",
    "two digits, :status, 20",
    "four digits, :status, 2000",
    "no digits, :status, 2xx",
    // section 8.6: there is no 101
    "a switch of protocols, :status, 101",
    // section 8.1: an interim response does not end the stream
    "an interim response alone, :status, 103",
  })
  void aMalformedHeadEndsItsStreamAndNoOther(String what, String name, String value)
      throws Exception {
    Connection connection = world.open().connection();
    Told told = Http2World.get(connection);
    Told other = Http2World.get(connection);
    world.peer.next("HEADERS");
    world.peer.next("HEADERS");
    world.peer.head(1, true, name, value);
    assertThat(told.failure().kind()).isEqualTo(Kind.INVALID);
    assertThat(told.failure().message()).startsWith("not a valid HTTP/2 response: ");

    world.peer.head(3, true, ":status", "200");
    other.awaitEnded();
  }

  @Test
  void aBodyShorterThanItsLengthIsInvalid() throws Exception {
    Told told = Http2World.get(world.open().connection());
    world.peer.next("HEADERS");
    world.peer.head(1, false, ":status", "200", "content-length", "30");
    world.peer.data(1, 10, true);
    assertThat(told.failure().kind()).isEqualTo(Kind.INVALID);
  }

  @Test
  void aMissingBodyIsInvalidWhereALengthIsPromised() throws Exception {
    Told told = Http2World.get(world.open().connection());
    world.peer.next("HEADERS");
    world.peer.head(1, true, ":status", "200", "content-length", "30");
    assertThat(told.failure().message())
        .isEqualTo("not a valid HTTP/2 response: a body of 0 bytes, where its head says 30");
  }

  @Test
  void aBodyLongerThanItsLengthIsInvalid() throws Exception {
    Told told = Http2World.get(world.open().connection());
    world.peer.next("HEADERS");
    world.peer.head(1, false, ":status", "200", "content-length", "3");
    world.peer.data(1, 10, false);
    assertThat(told.failure().kind()).isEqualTo(Kind.INVALID);
    assertThat(world.peer.next("RST_STREAM").code()).isEqualTo(Http2Error.PROTOCOL_ERROR.code());
  }

  @ParameterizedTest(name = "{0} after {1}: {2}")
  @CsvSource({
    // RFC 9113 section 8.7: not processed
    "REFUSED_STREAM, nothing, REFUSED, the peer reset the stream: REFUSED_STREAM (0x7)",
    "CANCEL, nothing, RESET, the peer reset the stream: CANCEL (0x8)",
    "NO_ERROR, nothing, RESET, the peer reset the stream: NO_ERROR (0x0)",
    "INTERNAL_ERROR, a head, TRUNCATED, "
        + "the peer reset the stream: INTERNAL_ERROR (0x2) within the body",
  })
  void aResetOfThePeerIsTold(Http2Error code, String after, Kind kind, String message)
      throws Exception {
    Told told = Http2World.get(world.open().connection());
    world.peer.next("HEADERS");
    if (after.equals("a head")) {
      world.peer.head(1, false, ":status", "200");
    }
    world.peer.reset(1, code);
    assertThat(told.failure()).isEqualTo(new WireFailure(kind, message, null));
    world.peer.settle();
    assertThat(world.peer.left()).as("no answer to a reset").isEmpty();
  }

  @Test
  void aResetAfterTheWholeResponseChangesNothing() throws Exception {
    Connection connection = world.open().connection();
    Told told = Http2World.get(connection);
    world.peer.next("HEADERS");
    world.peer.head(1, true, ":status", "200");
    world.peer.reset(1, Http2Error.NO_ERROR);
    told.awaitEnded();
    Told next = Http2World.get(connection);
    world.peer.next("HEADERS");
    world.peer.head(3, true, ":status", "200");
    next.awaitEnded();
  }

  @Test
  void anExchangeThatIsGivenUpIsResetAndWhatStillComesOfItIsIgnored() throws Exception {
    Connection connection = world.open().connection();
    Told told = Http2World.get(connection);
    world.peer.next("HEADERS");
    connection.cancel(told);
    assertThat(told.failure().kind()).isEqualTo(Kind.RESET);
    assertThat(world.peer.next("RST_STREAM").code()).isEqualTo(Http2Error.CANCEL.code());

    world.peer.head(1, false, ":status", "200");
    world.peer.data(1, 1000, false);
    world.peer.data(1, 1000, true);
    Told next = Http2World.get(connection);
    assertThat(world.peer.next("HEADERS").stream()).isEqualTo(3);
    world.peer.head(3, true, ":status", "200");
    next.awaitEnded();
    world.peer.settle();
    assertThat(world.peer.left()).as("one reset is enough").isEmpty();
  }

  @Test
  void whatIsLeftOfASmallBodyIsReadAway() throws Exception {
    Connection connection = world.open().connection();
    Told told = Http2World.get(connection);
    world.peer.next("HEADERS");
    world.peer.head(1, false, ":status", "200");
    told.status();
    connection.discard(told);
    world.peer.data(1, 1000, true);
    told.awaitEnded();
  }

  @Test
  void whatIsLeftOfALargeBodyIsNotWaitedFor() throws Exception {
    Connection connection = world.open().connection();
    Told told = Http2World.get(connection);
    world.peer.next("HEADERS");
    world.peer.head(1, false, ":status", "200");
    told.status();
    connection.discard(told);
    for (int i = 0; i < 5; i++) {
      world.peer.data(1, 16_384, false);
    }
    assertThat(told.failure().kind()).isEqualTo(Kind.DISCARDED);
    assertThat(world.peer.next("RST_STREAM").code()).isEqualTo(Http2Error.CANCEL.code());
  }

  @Test
  void aHeadAboveTheLimitEndsItsStreamAndNoOther() throws Exception {
    Connection connection = world.open().connection();
    Told told = Http2World.get(connection);
    Told other = Http2World.get(connection);
    world.peer.next("HEADERS");
    world.peer.next("HEADERS");
    // The second field is found in the table: a few bytes on the wire, kilobytes in memory.
    String large = "x".repeat(4000);
    String[] fields = new String[2 + 2 * 17];
    fields[0] = ":status";
    fields[1] = "200";
    for (int i = 2; i < fields.length; i += 2) {
      fields[i] = "bomb";
      fields[i + 1] = large;
    }
    world.peer.head(1, true, fields);
    assertThat(told.failure().kind()).isEqualTo(Kind.HEADERS_TOO_LARGE);
    world.peer.head(3, true, ":status", "200");
    other.awaitEnded();
  }

  @Test
  void aHeadFarAboveTheLimitEndsTheConnection() throws Exception {
    Heard heard = world.dial(s -> s.limits(l -> l.withResponseHeaders(kibibytes(8))));
    world.peer.greet(new Http2Settings());
    Told told = Http2World.get(heard.connection());
    world.peer.next("HEADERS");
    String[] fields = new String[200];
    for (int i = 0; i < fields.length; i += 2) {
      fields[i] = i == 0 ? ":status" : "bomb" + i;
      fields[i + 1] = i == 0 ? "200" : "x".repeat(1000) + i;
    }
    world.peer.head(1, true, fields);
    assertThat(told.failure().kind()).isEqualTo(Kind.HEADERS_TOO_LARGE);
    heard.awaitClosed();
  }

  private static DataSize kibibytes(int n) {
    return DataSize.ofKibibytes(n);
  }

  @Test
  void garbageEndsTheConnectionAndAllThatIsOnIt() throws Exception {
    Heard heard = world.open();
    Told one = Http2World.get(heard.connection());
    Told two = Http2World.get(heard.connection());
    world.peer.next("HEADERS");
    world.peer.next("HEADERS");
    world.peer.raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertThat(one.failure().kind()).isEqualTo(Kind.INVALID);
    assertThat(two.failure().kind()).isEqualTo(Kind.INVALID);
    heard.awaitClosed();
  }

  @Test
  void aPushIsAgainstTheRules() throws Exception {
    Heard heard = world.open();
    Told told = Http2World.get(heard.connection());
    world.peer.next("HEADERS");
    world.peer.send(
        (out, ctx) ->
            out.writePushPromise(
                ctx,
                1,
                2,
                new DefaultHttp2Headers()
                    .method("GET")
                    .path("/")
                    .scheme("http")
                    .authority("peer.example"),
                0,
                ctx.newPromise()));
    assertThat(told.failure().kind()).isEqualTo(Kind.INVALID);
    heard.awaitClosed();
  }

  @Test
  void aConnectionThatIsLostFailsWhatIsOnItByHowFarItIs() throws Exception {
    Heard heard = world.open();
    Told unanswered = Http2World.get(heard.connection());
    Told answered = Http2World.get(heard.connection());
    world.peer.next("HEADERS");
    world.peer.next("HEADERS");
    world.peer.head(3, false, ":status", "200");
    answered.status();
    world.peer.hangUp();
    assertThat(unanswered.failure().kind()).isEqualTo(Kind.CLOSED_UNANSWERED);
    assertThat(answered.failure().kind()).isEqualTo(Kind.TRUNCATED);
    heard.awaitClosed();

    Told late = Http2World.get(heard.connection());
    assertThat(late.failure().kind()).isEqualTo(Kind.NOT_SENT);
  }
}
