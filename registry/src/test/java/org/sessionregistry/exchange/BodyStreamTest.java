package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.TruncatedResponseException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.NonBlockingThread;

@Timeout(60)
class BodyStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world = World.simple();
  private final Response response = world.respondedHead();
  private final InputStream stream = response.inputStream();

  @Test
  void theBodyIsReadToItsEnd() throws IOException {
    world.connection().data("one,").data("two").end();
    assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo("one,two");
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.read(new byte[1])).isEqualTo(-1);
  }

  @Test
  void aByteIsReadWithoutItsSign() throws IOException {
    world.connection().data(new byte[] {(byte) 0xFF, 0});
    assertThat(stream.read()).isEqualTo(255);
    assertThat(stream.read()).isZero();
  }

  @Test
  void aReadGivesWhatIsHereAndNotMore() throws IOException {
    world.connection().data("abc").data("d");
    byte[] into = new byte[10];
    assertThat(stream.read(into, 2, 8)).isEqualTo(3);
    assertThat(into).startsWith(0, 0, 'a', 'b', 'c', 0);
  }

  @Test
  void aReadOfNothingDoesNotWait() throws IOException {
    assertThat(stream.read(new byte[0])).isZero();
  }

  @Test
  void aRangeOutsideTheArrayIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> stream.read(new byte[3], 2, 2));
  }

  @Test
  void whatIsLeftOfAPartIsAvailable() throws IOException {
    world.connection().data("abc");
    stream.read();
    assertThat(stream.available()).isEqualTo(2);
  }

  @Test
  void emptyPartsAreNoEnd() throws IOException {
    world.connection().data("").data("x").end();
    assertThat(stream.read()).isEqualTo('x');
  }

  @Test
  void aReaderWaitsForTheNextPart() {
    CompletableFuture<Integer> read = readOnAnotherThread(stream);
    world.connection().data("x");
    assertThat(read).succeedsWithin(PATIENCE).isEqualTo((int) 'x');
  }

  @Test
  void aReaderThatWaitsHearsTheEnd() {
    CompletableFuture<Integer> read = readOnAnotherThread(stream);
    world.connection().end();
    assertThat(read).succeedsWithin(PATIENCE).isEqualTo(-1);
  }

  @Test
  void aReaderThatWaitsHearsTheFailure() {
    CompletableFuture<Integer> read = readOnAnotherThread(stream);
    world.connection().fail(Kind.TRUNCATED);
    assertThat(read)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withRootCauseInstanceOf(TruncatedResponseException.class);
  }

  @Test
  void aFailureComesAfterTheBytesBeforeItAndStays() throws IOException {
    world.connection().data("x");
    world.connection().fail(Kind.TRUNCATED);
    assertThat(stream.read()).isEqualTo('x');
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(stream::read);
    }
  }

  @Test
  void closingTheStreamClosesTheResponse() throws IOException {
    stream.close();
    stream.close();
    assertThat(world.connection().discards).isEqualTo(1);
    assertThatExceptionOfType(ResponseClosedException.class).isThrownBy(stream::read);
  }

  @Test
  void closingTheStreamWakesItsReader() throws IOException {
    CompletableFuture<Integer> read = readOnAnotherThread(stream);
    stream.close();
    assertThat(read)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withRootCauseInstanceOf(ResponseClosedException.class);
  }

  @Test
  void closingAfterTheEndLeavesTheConnection() throws IOException {
    world.connection().data("x").end();
    stream.readAllBytes();
    stream.close();
    assertThat(world.connection().closed).isFalse();
    assertThat(world.statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void anInterruptedReaderClosesTheResponseAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(stream::read);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(world.connection().discards).isEqualTo(1);
  }

  @Test
  void aThreadOfTheRegistryIsNotBlocked() throws Exception {
    CompletableFuture<Integer> read = new CompletableFuture<>();
    new RegistryThread(() -> readInto(stream, read)).start();
    assertThat(read)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aStreamIsTakenOnce() {
    assertThatIllegalStateException().isThrownBy(response::inputStream);
  }

  @Test
  void readingMakesRoomInTheBuffer() throws IOException {
    byte[] part = new byte[64 * 1024];
    world.connection().data(part);
    assertThat(world.connection().data(part)).isFalse();
    stream.readNBytes(part.length);
    assertThat(world.connection().resumes).isEqualTo(1);
  }

  // ---- threads --------------------------------------------------------------------------------

  /** Begins to read and returns when the reader waits. */
  static CompletableFuture<Integer> readOnAnotherThread(InputStream stream) {
    CompletableFuture<Integer> read = new CompletableFuture<>();
    Thread reader = new Thread(() -> readInto(stream, read), "reader");
    reader.setDaemon(true);
    reader.start();
    while (reader.getState() != Thread.State.WAITING && !read.isDone()) {
      Thread.onSpinWait();
    }
    return read;
  }

  private static void readInto(InputStream stream, CompletableFuture<Integer> read) {
    try {
      read.complete(stream.read());
    } catch (IOException e) {
      read.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException e) {
      read.completeExceptionally(e);
    }
  }

  private static final class RegistryThread extends Thread implements NonBlockingThread {
    RegistryThread(Runnable task) {
      super(task);
    }
  }
}
