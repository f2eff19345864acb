package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.settings.DataSize;

class LinesTest {
  private final World world = World.simple();
  private final List<String> got = new ArrayList<>();
  private Flow.Subscription subscription;
  private Throwable failure;
  private int completions;

  /** What is to be read, and the lines that it is. */
  record Row(String section, Charset charset, String text, String... lines) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("end of line", UTF_8, "a\nb\rc\r\nd", "a", "b", "c", "d"),
        new Row("end of line", UTF_8, "\n\r\r\n\n", "", "", "", ""),
        new Row("no line after the last end", UTF_8, "a\n", "a"),
        new Row("no text", UTF_8, ""),
        new Row("characters of several bytes", UTF_8, "ü€😀\r\n😀", "ü€😀", "😀"),
        new Row("the header's charset", ISO_8859_1, "ü\nö", "ü", "ö"),
        // WHATWG Encoding section 6.1: a mark is more than the header
        new Row("6.1", UTF_8, "\uFEFFü\n", "ü"),
        new Row("6.1", UTF_16BE, "\uFEFFü😀\r\nb", "ü😀", "b"),
        new Row("6.1", UTF_16LE, "\uFEFFü\nb", "ü", "b"),
        new Row("a mark is one at the beginning only", UTF_8, "a\n\uFEFFb", "a", "\uFEFFb"));
  }

  private static List<String> decoded(byte[] bytes, Charset charset, int... cuts) throws Exception {
    LineDecoding decoding = new LineDecoding(charset, 100, () -> null);
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      decoding.decode(ByteBuffer.wrap(bytes, from, cut - from));
      from = cut;
    }
    decoding.decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
    decoding.end();
    for (String line = decoding.poll(); line != null; line = decoding.poll()) {
      lines.add(line);
    }
    return lines;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void linesAreTheSameHoweverTheBodyIsCut(Row row) throws Exception {
    byte[] bytes = row.text.getBytes(row.charset);
    boolean marked = row.text.startsWith("\uFEFF");
    Charset told = marked ? ISO_8859_1 : row.charset;
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(decoded(bytes, told, cut)).as("cut at " + cut).containsExactly(row.lines);
    }
    int[] everywhere = new int[bytes.length];
    Arrays.setAll(everywhere, i -> i);
    assertThat(decoded(bytes, told, everywhere)).containsExactly(row.lines);
  }

  @Test
  void whatCannotBeDecodedIsReplaced() throws Exception {
    assertThat(decoded(new byte[] {'a', (byte) 0xC3, '\n', (byte) 0xE2, (byte) 0x82}, UTF_8, 2))
        .containsExactly("a\uFFFD", "\uFFFD");
  }

  private Response response() {
    return world.respondedHead("Content-Type", "text/plain");
  }

  @Test
  void aStreamOfLinesEndsWithTheBody() {
    Response response = response();
    world.connection().data("one\ntw").data("o\nthree").end();
    try (Stream<String> lines = response.lines()) {
      assertThat(lines).containsExactly("one", "two", "three");
    }
    world.assertNothingIsLeft();
  }

  @Test
  void closingTheStreamClosesTheResponse() {
    Response response = response();
    world.connection().data("one\ntwo\n");
    try (Stream<String> lines = response.lines()) {
      assertThat(lines.findFirst()).contains("one");
    }
    assertThat(world.connection().isDiscarding()).isTrue();
  }

  @Test
  void aFailureComesOutOfTheStream() {
    Response response = response();
    world.connection().data("one\n").fail(Kind.TRUNCATED);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> response.lines().toList())
        .withCauseInstanceOf(org.sessionregistry.TruncatedResponseException.class);
  }

  @Test
  void aLineIsNotLongerThanTheLimit() {
    World small = World.with(s -> s.limits(l -> l.withBufferedBody(new DataSize(10))));
    Response response = small.respondedHead();
    small.connection().data("0123456789\n0123456789x");
    Stream<String> lines = response.lines();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(lines::toList)
        .withCauseInstanceOf(ResponseTooLargeException.class)
        .withMessageContaining("client-session.s.limits.buffered-body=10");
    assertThat(small.connection().isDiscarding()).isTrue();
  }

  // ---- the publisher --------------------------------------------------------------------------

  private void subscribe(Response response) {
    response
        .linePublisher()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription given) {
                subscription = given;
              }

              @Override
              public void onNext(String line) {
                got.add(line);
              }

              @Override
              public void onError(Throwable thrown) {
                failure = thrown;
              }

              @Override
              public void onComplete() {
                completions++;
              }
            });
  }

  @Test
  void asManyLinesAreGivenAsWereAskedFor() {
    subscribe(response());
    world.connection().data("1\n2\n3\n4");
    assertThat(got).isEmpty();
    subscription.request(2);
    assertThat(got).containsExactly("1", "2");
    world.connection().end();
    subscription.request(1);
    assertThat(completions).isZero();
    subscription.request(1);
    assertThat(got).containsExactly("1", "2", "3", "4");
    assertThat(completions).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void demandComesBeforeTheBody() {
    subscribe(response());
    subscription.request(Long.MAX_VALUE);
    world.connection().data("1\n2");
    assertThat(got).containsExactly("1");
    world.connection().data("3\n").end();
    assertThat(got).containsExactly("1", "23");
    assertThat(completions).isEqualTo(1);
  }

  @Test
  void anEmptyBodyCompletesWithoutDemand() {
    subscribe(response());
    world.connection().end();
    subscription.request(1);
    assertThat(completions).isEqualTo(1);
  }

  @Test
  void aFailureFollowsTheLinesThatCame() {
    subscribe(response());
    subscription.request(5);
    world.connection().data("1\n2").fail(Kind.TRUNCATED);
    assertThat(got).containsExactly("1");
    assertThat(failure).isInstanceOf(org.sessionregistry.TruncatedResponseException.class);
  }

  @Test
  void cancellingClosesTheResponse() {
    subscribe(response());
    subscription.request(1);
    subscription.cancel();
    world.connection().data("1\n");
    assertThat(got).isEmpty();
    assertThat(world.connection().isDiscarding()).isTrue();
  }

  @Test
  void aDemandOfNothingIsRefused() {
    // Reactive Streams 1.0.4 rule 3.9
    subscribe(response());
    subscription.request(0);
    assertThat(failure).isInstanceOf(IllegalArgumentException.class);
  }
}
