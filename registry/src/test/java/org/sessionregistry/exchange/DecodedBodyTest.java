package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.InvalidResponseException;
import org.sessionregistry.ReadTimeoutException;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.SessionException;
import org.sessionregistry.TruncatedResponseException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.settings.DataSize;

/** Compressed bodies as they arrive, and what their readers get; gzip stands for all codings. */
@Timeout(60)
class DecodedBodyTest {
  private static final String PLAIN = "one line\nand another, repeated, repeated, repeated\n";
  private static final String[] CODED = {"Content-Encoding", "gzip"};
  private static final int MEBI = 1 << 20;

  private World world = World.simple();

  @AfterEach
  void nothingIsLeft() {
    world.assertNothingIsLeft();
  }

  // ---- every way to read ----------------------------------------------------------------------

  @Test
  void aBodyThatComesByteByByteIsLoaded() {
    Response response = world.respondedHead(CODED);
    CompletableFuture<String> text = response.textAsync();
    sendByteByByte(gzip(PLAIN));
    assertThat(text).isNotDone();
    world.connection().end();
    assertThat(text).isCompletedWithValue(PLAIN);
  }

  @Test
  void aBodyThatWasHereBeforeItsReaderIsLoaded() throws Exception {
    Response response = world.respondedHead(CODED);
    sendByteByByte(gzip(PLAIN));
    world.connection().end();
    assertThat(response.text()).isEqualTo(PLAIN);
    assertThat(response.bytes()).isEqualTo(PLAIN.getBytes(UTF_8));
  }

  @Test
  void aBodyThatComesByteByByteIsPublished() {
    RecordingSubscriber subscriber = new RecordingSubscriber();
    world.respondedHead(CODED).body().subscribe(subscriber);
    subscriber.subscription.request(Long.MAX_VALUE);
    sendByteByByte(gzip(PLAIN));
    world.connection().end();
    assertThat(subscriber.text.toString()).isEqualTo(PLAIN);
    assertThat(subscriber.failure).isNull();
    assertThat(subscriber.ends).isEqualTo(1);
  }

  @Test
  void aBodyThatComesByteByByteIsStreamed() throws IOException {
    InputStream stream = world.respondedHead(CODED).inputStream();
    sendByteByByte(gzip(PLAIN));
    world.connection().end();
    assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo(PLAIN);
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void itsLinesAreThoseOfTheText() {
    Response response = world.respondedHead(CODED);
    sendByteByByte(gzip(PLAIN));
    world.connection().end();
    assertThat(response.lines())
        .containsExactly("one line", "and another, repeated, repeated, repeated");
  }

  @Test
  void whatTheServerHasFlushedIsReadBeforeTheRest() throws IOException {
    InputStream stream = world.respondedHead(CODED).inputStream();
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    GZIPOutputStream gzip = new GZIPOutputStream(wire, 512, true);
    gzip.write("first".getBytes(UTF_8));
    gzip.flush();
    world.connection().data(wire.toByteArray());
    assertThat(new String(stream.readNBytes(5), UTF_8)).isEqualTo("first");
    wire.reset();
    gzip.close();
    world.connection().data(wire.toByteArray());
    world.connection().end();
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void aBodyWithoutAnyByteIsEmpty() throws Exception {
    Response response = world.respondedHead(CODED);
    world.connection().end();
    assertThat(response.bytes()).isEmpty();
  }

  // ---- which bodies are decoded ---------------------------------------------------------------

  @Test
  void theCodingStaysVisibleAndTheLengthIsNotTheBodys() throws Exception {
    byte[] coded = gzip(PLAIN);
    Response response =
        world.respondedHead(
            "Content-Encoding", "gzip", "Content-Length", Integer.toString(coded.length));
    world.connection().data(coded);
    world.connection().end();
    assertThat(response.headers().first("Content-Encoding")).hasValue("gzip");
    assertThat(response.headers().first("Content-Length")).hasValue("" + coded.length);
    assertThat(response.contentLength()).isEmpty();
    assertThat(response.text()).isEqualTo(PLAIN);
  }

  @Test
  void aRequestThatSaysWhatItAcceptsGetsTheBodyAsItWasSent() throws Exception {
    CompletableFuture<Response> future =
        world.send(world.get("/x").header("Accept-Encoding", "gzip"));
    assertGivenAsSent(future, 200, "gzip");
  }

  @Test
  void aSessionThatDoesNotDecompressGivesTheBodyAsItWasSent() throws Exception {
    world = World.with(s -> s.decompress(false));
    assertGivenAsSent(world.send(), 200, "gzip");
  }

  @Test
  void aPartOfABodyIsGivenAsItWasSent() throws Exception { // RFC 9110 section 14.1.1
    assertGivenAsSent(world.send(), 206, "gzip");
  }

  @Test
  void anUnknownCodingIsGivenAsItWasSent() throws Exception {
    assertGivenAsSent(world.send(), 200, "gzip, exi");
  }

  private void assertGivenAsSent(CompletableFuture<Response> future, int status, String coding)
      throws Exception {
    byte[] coded = gzip(PLAIN);
    String length = Integer.toString(coded.length);
    world
        .connection()
        .sent()
        .head(status, "Content-Encoding", coding, "Content-Length", length)
        .data(coded);
    world.connection().end();
    Response response = future.join();
    assertThat(response.bytes()).isEqualTo(coded);
    assertThat(response.contentLength()).hasValue(coded.length);
  }

  // ---- endings --------------------------------------------------------------------------------

  @Test
  void closedInTheMiddleItReadsTheRestAwayAndSaysSo() throws IOException {
    Response response = world.respondedHead(CODED);
    InputStream stream = response.inputStream();
    world.connection().data(firstHalf(gzip(PLAIN.repeat(100))));
    stream.read();
    response.close();
    assertThat(world.connection().discards).isEqualTo(1);
    assertThatExceptionOfType(ResponseClosedException.class).isThrownBy(stream::readAllBytes);
    world.connection().end();
  }

  @Test
  void closedWhenAllHasComeButNotAllIsDecodedItIsNoCompleteBody() throws IOException {
    Response response = world.respondedHead(CODED);
    InputStream stream = response.inputStream();
    world.connection().data(gzip(new byte[MEBI]));
    world.connection().end();
    stream.read();
    response.close();
    assertThatExceptionOfType(ResponseClosedException.class).isThrownBy(stream::readAllBytes);
    assertThat(world.statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void aSubscriberThatWantsNothingNowHearsThatTheResponseWasClosed() {
    Response response = world.respondedHead(CODED);
    RecordingSubscriber subscriber = new RecordingSubscriber();
    response.body().subscribe(subscriber);
    world.connection().data(gzip(new byte[MEBI]));
    world.connection().end();
    subscriber.subscription.request(1);
    response.close();
    assertThat(subscriber.failure).isInstanceOf(ResponseClosedException.class);
  }

  @Test
  void closedAfterItsEndItHasNotFailed() throws Exception {
    Response response = world.respondedHead(CODED);
    InputStream stream = response.inputStream();
    world.connection().data(gzip(PLAIN));
    world.connection().end();
    stream.readAllBytes();
    response.close();
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(world.connection().closed).isFalse();
  }

  @Test
  void aTimeOutInTheMiddleComesAfterTheBytesBeforeIt() throws IOException {
    world = World.with(s -> s.timeout(t -> t.withRead(Duration.ofSeconds(5))));
    Response response = world.respondedHead(CODED);
    RecordingSubscriber subscriber = new RecordingSubscriber();
    response.body().subscribe(subscriber);
    subscriber.subscription.request(Long.MAX_VALUE);
    world.connection().data(flushed("first"));
    world.time.advance(Duration.ofSeconds(6));
    assertThat(subscriber.text.toString()).isEqualTo("first");
    assertThat(subscriber.failure).isInstanceOf(ReadTimeoutException.class);
  }

  @Test
  void whatHadComeBeforeTheConnectionWasLostIsRead() throws IOException {
    InputStream stream = world.respondedHead(CODED).inputStream();
    world.connection().data(flushed("first"));
    world.connection().fail(Kind.TRUNCATED);
    assertThat(new String(stream.readNBytes(5), UTF_8)).isEqualTo("first");
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(stream::read);
    }
  }

  @Test
  void aSubscriberThatWantsNothingNowHearsTheFailure() throws IOException {
    RecordingSubscriber subscriber = new RecordingSubscriber();
    world.respondedHead(CODED).body().subscribe(subscriber);
    world.connection().fail(Kind.TRUNCATED);
    assertThat(subscriber.failure).isInstanceOf(TruncatedResponseException.class);
  }

  @Test
  void whatIsNoGzipIsAnInvalidResponse() {
    Response response = world.respondedHead(CODED);
    CompletableFuture<byte[]> bytes = response.bytesAsync();
    world.connection().data("this is plain text");
    InvalidResponseException failure = World.failure(bytes, InvalidResponseException.class);
    assertThat(failure).hasMessageContaining("cannot be decompressed");
    assertThat(world.connection().closed).isTrue();
    assertThat(world.statistics().failed()).isEqualTo(1);
  }

  @Test
  void aWrongChecksumIsAnInvalidResponse() {
    byte[] coded = gzip(PLAIN);
    coded[coded.length - 6] ^= 1; // RFC 1952 section 2.3.1: CRC32, then ISIZE
    assertFailsLoaded(InvalidResponseException.class, coded);
  }

  @Test
  void anEndBeforeThatOfTheDataIsATruncatedResponse() {
    assertFailsLoaded(TruncatedResponseException.class, firstHalf(gzip(PLAIN)));
  }

  @Test
  void somethingBehindTheDataIsAnInvalidResponse() {
    byte[] coded = gzip(PLAIN);
    byte[] more = Arrays.copyOf(coded, coded.length + 3);
    more[coded.length] = 'x';
    assertFailsLoaded(InvalidResponseException.class, more);
  }

  private void assertFailsLoaded(Class<? extends SessionException> type, byte[] body) {
    Response response = world.respondedHead(CODED);
    world.connection().data(body);
    world.connection().end();
    World.failure(response.bytesAsync(), type);
  }

  @Test
  void aStreamGivesWhatCameBeforeTheBrokenPart() throws IOException {
    InputStream stream = world.respondedHead(CODED).inputStream();
    world.connection().data(flushed("first"));
    world.connection().data(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
    assertThat(new String(stream.readNBytes(5), UTF_8)).isEqualTo("first");
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(InvalidResponseException.class).isThrownBy(stream::read);
    }
  }

  // ---- before the application gets it ---------------------------------------------------------

  @Test
  void anErrorPageIsShownInPlainText() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(503, CODED).data(gzip("the database is down"));
    world.connection().end();
    CompletableFuture<Response> raised = future.join().raiseForStatusAsync();
    assertThat(World.failure(raised, HttpStatusException.class))
        .hasMessageContaining("the database is down");
  }

  @Test
  void ofAHugeErrorPageNoMoreIsDecodedThanIsShown() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(503, CODED).data(gzip(new byte[8 * MEBI]));
    world.connection().end();
    World.failure(future.join().raiseForStatusAsync(), HttpStatusException.class);
  }

  @Test
  void theCompressedBodyOfARedirectIsNotRead() throws Exception {
    CompletableFuture<Response> future = world.send();
    world
        .connection()
        .sent()
        .head(302, "Location", "/y", "Content-Encoding", "gzip")
        .data("this is no gzip")
        .end();
    world.connection().sent().head(200, CODED).data(gzip(PLAIN));
    world.connection().end();
    assertThat(future.join().text()).isEqualTo(PLAIN);
  }

  // ---- bombs ----------------------------------------------------------------------------------

  @Test
  void aReaderThatStopsAfterAMebibyteLeavesTheRestCompressed() throws IOException {
    Response response = world.respondedHead(CODED);
    byte[] bomb = gzip(new byte[64 * MEBI]);
    assertThat(bomb).hasSizeLessThan(128 * 1024);
    world.connection().data(bomb);
    world.connection().end();
    try (InputStream stream = response.inputStream()) {
      assertThat(stream.readNBytes(MEBI)).hasSize(MEBI);
      assertThat(stream.available()).isLessThanOrEqualTo(16 * 1024);
    }
  }

  @Test
  void aSubscriberGetsNoMoreThanItAsksFor() {
    RecordingSubscriber subscriber = new RecordingSubscriber();
    Response response = world.respondedHead(CODED);
    response.body().subscribe(subscriber);
    world.connection().data(gzip(new byte[64 * MEBI]));
    world.connection().end();
    subscriber.subscription.request(2);
    assertThat(subscriber.text.toString()).hasSize(32 * 1024);
    response.close();
  }

  @Test
  void theLimitOfALoadedBodyCountsDecodedBytes() {
    world = World.with(s -> s.limits(l -> l.withBufferedBody(DataSize.ofKibibytes(100))));
    Response response = world.respondedHead(CODED);
    world.connection().data(gzip(new byte[100 * 1024 + 1]));
    world.connection().end();
    World.failure(response.bytesAsync(), ResponseTooLargeException.class);

    Response second = world.respondedHead(CODED);
    world.connection().data(gzip(new byte[100 * 1024]));
    world.connection().end();
    assertThat(second.bytesAsync().join()).hasSize(100 * 1024);
  }

  @Test
  void aBombThatIsStillComingIsGivenUp() {
    world = World.with(s -> s.limits(l -> l.withBufferedBody(DataSize.ofKibibytes(100))));
    CompletableFuture<byte[]> bytes = world.respondedHead(CODED).bytesAsync();
    world.connection().data(firstHalf(gzip(new byte[8 * MEBI])));
    World.failure(bytes, ResponseTooLargeException.class);
    assertThat(world.connection().closed).isTrue();
  }

  // ---- bytes ----------------------------------------------------------------------------------

  private void sendByteByByte(byte[] coded) {
    for (byte one : coded) {
      world.connection().data(new byte[] {one});
    }
  }

  private static byte[] firstHalf(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] gzip(String plain) {
    return gzip(plain.getBytes(UTF_8));
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The start of a body that goes on. */
  private static byte[] flushed(String plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true);
    gzip.write(plain.getBytes(UTF_8));
    gzip.flush();
    return out.toByteArray();
  }
}
