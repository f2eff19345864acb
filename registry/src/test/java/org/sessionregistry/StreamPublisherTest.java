package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The streams are in memory, and reading happens when the test runs the tasks. */
class StreamPublisherTest {
  private static final int BUFFER = 16 * 1024;

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Collector collector = new Collector();
  private int closes;
  private int reads;

  @Test
  void nothingIsOpenedBeforeItIsAskedFor() {
    StreamPublisher publisher =
        new StreamPublisher(
            () -> {
              throw new AssertionError("opened");
            },
            tasks::add);
    publisher.subscribe(collector);
    runAll();
    assertThat(collector.hasEnded()).isFalse();
  }

  @Test
  void readsOnlyOnTheGivenExecutor() {
    publisher(10).subscribe(collector);
    collector.subscription.request(1);
    assertThat(reads).isZero();
    assertThat(tasks).hasSize(1);
  }

  @Test
  void givesAsManyBuffersAsWereAskedFor() {
    publisher(10 * BUFFER).subscribe(collector);
    collector.subscription.request(3);
    runAll();
    assertThat(collector.parts).hasSize(3);
    assertThat(collector.hasEnded()).isFalse();
  }

  @Test
  void oneReaderRunsAtATime() {
    publisher(10 * BUFFER).subscribe(collector);
    collector.subscription.request(1);
    collector.subscription.request(1);
    assertThat(tasks).hasSize(1);
  }

  @Test
  void demandsAddUp() {
    publisher(10 * BUFFER).subscribe(collector);
    collector.subscription.request(1);
    collector.subscription.request(2);
    runAll();
    collector.subscription.request(1);
    runAll();
    assertThat(collector.parts).hasSize(4);
  }

  @Test
  void hugeDemandsDoNotOverflow() {
    publisher(3 * BUFFER).subscribe(collector);
    collector.subscription.request(Long.MAX_VALUE);
    collector.subscription.request(Long.MAX_VALUE);
    runAll();
    assertThat(collector.parts).hasSize(3);
    assertThat(collector.completions).isEqualTo(1);
  }

  @Test
  void theContentIsThatOfTheStream() {
    publisher(5 * BUFFER + 17).subscribe(collector);
    collector.subscription.request(Long.MAX_VALUE);
    runAll();
    assertThat(collector.bytes()).isEqualTo(content(5 * BUFFER + 17));
  }

  @Test
  void buffersAreNotReused() {
    publisher(2 * BUFFER).subscribe(collector);
    collector.subscription.request(1);
    runAll();
    ByteBuffer first = collector.parts.get(0).duplicate();
    byte[] before = bytes(first);
    collector.subscription.request(1);
    runAll();
    assertThat(bytes(first)).isEqualTo(before);
  }

  @Test
  void theEndClosesTheStreamOnce() {
    publisher(5).subscribe(collector);
    collector.subscription.request(2);
    runAll();
    assertThat(collector.completions).isEqualTo(1);
    assertThat(closes).isEqualTo(1);
  }

  @Test
  void anEmptyStreamCompletes() {
    publisher(0).subscribe(collector);
    collector.subscription.request(1);
    runAll();
    assertThat(collector.parts).isEmpty();
    assertThat(collector.completions).isEqualTo(1);
  }

  @Test
  void nothingFollowsTheEnd() {
    publisher(5).subscribe(collector);
    collector.subscription.request(2);
    runAll();
    collector.subscription.request(5);
    collector.subscription.cancel();
    runAll();
    assertThat(collector.completions).isEqualTo(1);
    assertThat(closes).isEqualTo(1);
  }

  @Test
  void aStreamThatCannotBeOpenedFails() {
    IOException failure = new IOException("no such file");
    new StreamPublisher(
            () -> {
              throw failure;
            },
            tasks::add)
        .subscribe(collector);
    collector.subscription.request(1);
    runAll();
    assertThat(collector.failure).isSameAs(failure);
  }

  @Test
  void aStreamThatCannotBeReadFailsAndIsClosed() {
    IOException failure = new IOException("disk");
    publisher(failing(failure)).subscribe(collector);
    collector.subscription.request(1);
    runAll();
    assertThat(collector.failure).isSameAs(failure);
    assertThat(closes).isEqualTo(1);
  }

  @Test
  void aFailedCloseGoesAlongWithTheFailure() {
    IOException failure = new IOException("read");
    IOException closing = new IOException("close");
    publisher(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw failure;
              }

              @Override
              public void close() throws IOException {
                throw closing;
              }
            })
        .subscribe(collector);
    collector.subscription.request(1);
    runAll();
    assertThat(collector.failure).isSameAs(failure).hasSuppressedException(closing);
  }

  @Test
  void aFailedCloseAfterTheEndIsNoFailure() {
    publisher(
            new InputStream() {
              @Override
              public int read() {
                return -1;
              }

              @Override
              public void close() throws IOException {
                throw new IOException("close");
              }
            })
        .subscribe(collector);
    collector.subscription.request(1);
    runAll();
    assertThat(collector.completions).isEqualTo(1);
  }

  @Test
  void cancellingAnIdleReaderClosesTheStream() {
    publisher(10 * BUFFER).subscribe(collector);
    collector.subscription.request(1);
    runAll();
    collector.subscription.cancel();
    runAll();
    assertThat(closes).isEqualTo(1);
  }

  @Test
  void cancellingARunningReaderEndsIt() {
    collector.onEach(me -> me.subscription.cancel());
    publisher(10 * BUFFER).subscribe(collector);
    collector.subscription.request(5);
    runAll();
    assertThat(collector.parts).hasSize(1);
    assertThat(closes).isEqualTo(1);
  }

  @Test
  void cancellingTwiceClosesOnce() {
    publisher(10 * BUFFER).subscribe(collector);
    collector.subscription.request(1);
    runAll();
    collector.subscription.cancel();
    collector.subscription.cancel();
    runAll();
    assertThat(closes).isEqualTo(1);
  }

  @Test
  void cancellingBeforeAnythingWasAskedForOpensNothing() {
    publisher(10).subscribe(collector);
    collector.subscription.cancel();
    runAll();
    assertThat(reads).isZero();
    assertThat(collector.hasEnded()).isFalse();
  }

  @Test
  void nothingFollowsACancel() {
    publisher(5).subscribe(collector);
    collector.subscription.cancel();
    collector.subscription.request(2);
    runAll();
    assertThat(collector.parts).isEmpty();
    assertThat(collector.hasEnded()).isFalse();
  }

  @Test
  void askingWithinASignalDoesNotNest() {
    collector.onEach(me -> me.subscription.request(1));
    new StreamPublisher(() -> stream(200 * BUFFER), Runnable::run).subscribe(collector);
    collector.subscription.request(1);
    assertThat(collector.parts).hasSize(200);
    assertThat(collector.completions).isEqualTo(1);
  }

  private StreamPublisher publisher(int length) {
    return publisher(stream(length));
  }

  private StreamPublisher publisher(InputStream stream) {
    return new StreamPublisher(() -> stream, tasks::add);
  }

  private InputStream stream(int length) {
    return new ByteArrayInputStream(content(length)) {
      @Override
      public int read(byte[] to) throws IOException {
        reads++;
        return super.read(to);
      }

      @Override
      public void close() {
        closes++;
      }
    };
  }

  private InputStream failing(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }

      @Override
      public void close() {
        closes++;
      }
    };
  }

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
