package org.sessionregistry.cdi.restclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EntityPipeTest {
  private final EntityPipe pipe = new EntityPipe();
  private final Reader reader = new Reader();

  @Test
  void aPartIsHandedOverWhenItIsAskedFor() throws Exception {
    pipe.subscribe(reader);
    CompletableFuture<Void> written = write("a");
    assertThat(written).isNotDone();

    reader.subscription.request(1);
    written.join();

    assertThat(reader.signals).containsExactly("a");
  }

  @Test
  void demandWithoutEndIsOne() throws Exception {
    pipe.subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    reader.subscription.request(Long.MAX_VALUE);

    pipe.write(part("a"));
    pipe.write(part("b"));
    pipe.complete();

    assertThat(reader.signals).containsExactly("a", "b", "end");
  }

  @Test
  void aWriterWaitsForSomebodyWhoReads() throws Exception {
    CompletableFuture<Void> written = write("a");

    reader.wanted = 1;
    pipe.subscribe(reader);
    written.join();

    assertThat(reader.signals).containsExactly("a");
  }

  @Test
  void aFailedExchangeStopsTheWriter() {
    pipe.subscribe(reader);
    CompletableFuture<Void> written = write("a");

    pipe.decided(new IOException("refused"));

    assertThatThrownBy(written::join).hasRootCauseMessage("refused");
  }

  @Test
  void anEarlyAnswerDropsTheRest() throws Exception {
    pipe.subscribe(reader);
    CompletableFuture<Void> written = write("a");
    reader.subscription.cancel();

    pipe.decided(null);
    written.join();
    pipe.write(part("b"));
    pipe.complete();

    assertThat(reader.signals).isEmpty();
  }

  @Test
  void anAnswerWhileTheEntityIsStillReadChangesNothing() throws Exception {
    pipe.subscribe(reader);
    pipe.decided(null);
    reader.subscription.request(1);

    pipe.write(part("a"));

    assertThat(reader.signals).containsExactly("a");
  }

  @Test
  void aWriterThatFailsFailsTheReader() {
    pipe.subscribe(reader);

    pipe.fail(new IOException("the disk is gone"));

    assertThat(reader.signals).containsExactly("java.io.IOException: the disk is gone");
  }

  @Test
  void aSecondReaderIsRefused() {
    Reader second = new Reader();
    pipe.subscribe(reader);

    pipe.subscribe(second);

    assertThat(second.signals).singleElement().asString().contains("written once");
    assertThat(reader.signals).isEmpty();
  }

  @Test
  void anInterruptedWriterStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> pipe.write(part("a"))).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private CompletableFuture<Void> write(String text) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            pipe.write(part(text));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static ByteBuffer part(String text) {
    return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static final class Reader implements Flow.Subscriber<ByteBuffer> {
    private final List<String> signals = new CopyOnWriteArrayList<>();
    private Flow.Subscription subscription;
    private long wanted;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      if (wanted > 0) {
        given.request(wanted);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      signals.add(java.nio.charset.StandardCharsets.UTF_8.decode(part).toString());
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(failure.toString());
    }

    @Override
    public void onComplete() {
      signals.add("end");
    }
  }
}
