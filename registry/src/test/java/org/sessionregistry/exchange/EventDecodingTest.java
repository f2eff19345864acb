package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.settings.DataSize;

class EventDecodingTest {
  /** A stream, and its events as {@code type:data#id}. */
  record Row(String section, String stream, String... events) {}

  static Stream<Row> rows() {
    return Stream.of(
        // WHATWG HTML section 9.2.6, its examples
        new Row("9.2.6", "data: YHOO\ndata: +2\ndata: 10\n\n", "message:YHOO\n+2\n10#"),
        new Row(
            "9.2.6",
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n"
                + "data:  third event\n\n",
            "message:first event#1",
            "message:second event#",
            "message: third event#"),
        new Row("9.2.6", "data\n\ndata\ndata\n\ndata:\n", "message:#", "message:\n#"),
        new Row("9.2.6", "data:test\n\ndata: test\n\n", "message:test#", "message:test#"),
        // section 9.2, its introduction
        new Row(
            "9.2",
            "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n",
            "add:73857293#",
            "remove:2153#"),
        // section 9.2.5: ends of lines, a byte order mark, comments
        new Row(
            "9.2.5",
            "\uFEFFdata:a\r\rdata:b\r\n\r\ndata:c\n\n",
            "message:a#",
            "message:b#",
            "message:c#"),
        new Row("9.2.5", ":\n:x\ndata:a\n:y\n\n", "message:a#"),
        new Row("9.2.5", "data:\uFEFFa\n\n", "message:\uFEFFa#"),
        // section 9.2.6: fields
        new Row("9.2.6 id", "id:a\0b\ndata:x\n\n", "message:x#"),
        new Row("9.2.6 id", "id:1\n\ndata:x\n\n", "message:x#1"),
        new Row("9.2.6 id", "id:1\ndata:x\n\nid:2\n\ndata:y\n\n", "message:x#1", "message:y#2"),
        new Row("9.2.6 unknown", "Data:x\nfoo:bar\ndata:y\n\n", "message:y#"),
        new Row("9.2.6 space", "data:  x \n\n", "message: x #"),
        new Row("9.2.6 type", "event:a\n\ndata:x\n\n", "message:x#"),
        new Row("9.2.6 type", "event:a\nevent:b\ndata:x\n\n", "b:x#"),
        new Row("9.2.6 colon", "data:a:b\n\n", "message:a:b#"),
        // section 9.2.6: what is incomplete at the end is dropped
        new Row("9.2.6 end", "data:a\n\ndata:b\n", "message:a#"),
        new Row("9.2.6 end", "data:b"),
        new Row("9.2.6 end", ""));
  }

  private static EventDecoding decoding() {
    return new EventDecoding("", 100, () -> null);
  }

  private static List<String> decoded(EventDecoding decoding, byte[] bytes, int cut)
      throws Exception {
    decoding.decode(ByteBuffer.wrap(bytes, 0, cut));
    decoding.decode(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
    decoding.end();
    List<String> events = new ArrayList<>();
    for (ServerSentEvent e = decoding.poll(); e != null; e = decoding.poll()) {
      events.add(e.type() + ":" + e.data() + "#" + e.lastEventId());
    }
    return events;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aStreamIsInterpretedAsTheStandardSays(Row row) throws Exception {
    byte[] bytes = row.stream.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(decoded(decoding(), bytes, cut)).as("cut at " + cut).containsExactly(row.events);
    }
  }

  @ParameterizedTest(name = "retry:{0} is {1}")
  @CsvSource({"' 1500', 1500", "0, 0", "-1, -1", "1.5, -1", "x, -1", "'', -1", "9999999999999, -1"})
  void aTimeToWaitIsDigitsOnly(String value, long millis) throws Exception {
    EventDecoding decoding = decoding();
    decoded(decoding, ("retry:" + value + "\n").getBytes(UTF_8), 0);
    assertThat(decoding.retryMillis()).isEqualTo(millis);
  }

  @Test
  void theLastIdIsThatOfACompleteEvent() throws Exception {
    EventDecoding decoding = new EventDecoding("0", 100, () -> null);
    decoded(decoding, "id:1\ndata:x\n\nid:2\ndata:y\n".getBytes(UTF_8), 0);
    assertThat(decoding.lastEventId()).isEqualTo("1");
  }

  @Test
  void aResponseGivesItsEvents() {
    World world = World.simple();
    Response response = world.respondedHead("Content-Type", "text/event-stream; charset=latin1");
    world.connection().data("data: ü\n\n").end();
    assertThat(response.events()).containsExactly(new ServerSentEvent("message", "ü", ""));
    world.assertNothingIsLeft();
  }

  @Test
  void anEventIsNotLongerThanTheLimit() {
    World world = World.with(s -> s.limits(l -> l.withBufferedBody(new DataSize(10))));
    Response response = world.respondedHead();
    world.connection().data("data:1234\ndata:1234\ndata:1234\n\n");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> response.events().toList())
        .withCauseInstanceOf(ResponseTooLargeException.class)
        .withMessageContaining("an event");
  }
}
