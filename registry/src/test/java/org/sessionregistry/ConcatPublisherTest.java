package org.sessionregistry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams are read when the test runs the tasks. */
class ConcatPublisherTest {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Collector collector = new Collector();
  private int opened;
  private int closed;

  private RequestBody bytes(String text) {
    return RequestBody.ofText(text);
  }

  private RequestBody stream(String text) {
    return RequestBody.ofInputStream(
        () -> {
          opened++;
          return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
              return super.read(to, offset, Math.min(length, 2));
            }

            @Override
            public void close() {
              closed++;
            }
          };
        });
  }

  private void subscribe(RequestBody... bodies) {
    new ConcatPublisher(List.of(bodies), tasks::add).subscribe(collector);
  }

  private void request(long n) {
    collector.subscription.request(n);
    runAll();
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private String text() {
    return new String(collector.bytes(), UTF_8);
  }

  @Test
  void bodiesFollowEachOther() {
    subscribe(bytes("a"), stream("bcde"), bytes("f"), bytes(""), stream("g"));
    request(Long.MAX_VALUE);
    assertThat(text()).isEqualTo("abcdefg");
    assertThat(collector.completions).isEqualTo(1);
    assertThat(opened).isEqualTo(2);
    assertThat(closed).isEqualTo(2);
  }

  @Test
  void noMoreIsGivenThanWasAskedFor() {
    subscribe(bytes("a"), stream("bcde"), bytes("f"));
    request(2);
    assertThat(text()).isEqualTo("abc");
    request(1);
    assertThat(text()).isEqualTo("abcde");
    assertThat(collector.hasEnded()).isFalse();
    request(5);
    assertThat(text()).isEqualTo("abcdef");
    assertThat(collector.completions).isEqualTo(1);
  }

  @Test
  void aStreamIsOpenedWhenItIsItsTurn() {
    subscribe(stream("ab"), stream("cd"));
    request(1);
    assertThat(opened).isEqualTo(1);
    request(1);
    assertThat(opened).isEqualTo(2);
  }

  @Test
  void nobodyIsAskedBeforeTheSubscriberAsks() {
    subscribe(stream("a"));
    runAll();
    assertThat(opened).isZero();
  }

  @Test
  void cancellingClosesTheStreamAndOpensNoOther() {
    subscribe(stream("abcd"), stream("ef"));
    request(1);
    collector.subscription.cancel();
    runAll();
    request(9);
    assertThat(text()).isEqualTo("ab");
    assertThat(opened).isEqualTo(1);
    assertThat(closed).isEqualTo(1);
    assertThat(collector.hasEnded()).isFalse();
  }

  @Test
  void cancellingInTheMiddleOfAPartEndsIt() {
    collector.onEach(c -> c.subscription.cancel());
    subscribe(bytes("a"), bytes("b"));
    request(9);
    assertThat(text()).isEqualTo("a");
    assertThat(collector.hasEnded()).isFalse();
  }

  @Test
  void aFailureEndsTheWhole() {
    IOException broken = new IOException("broken");
    RequestBody failing =
        RequestBody.ofInputStream(
            () ->
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    throw broken;
                  }
                });
    subscribe(bytes("a"), failing, bytes("b"));
    request(9);
    assertThat(text()).isEqualTo("a");
    assertThat(collector.failure).isSameAs(broken);
  }

  @Test
  void aBodyThatCannotBeOpenedIsAFailure() {
    RequestBody refusing =
        new RequestBody() {
          @Override
          public Optional<String> contentType() {
            return Optional.empty();
          }

          @Override
          public OptionalLong contentLength() {
            return OptionalLong.empty();
          }

          @Override
          public boolean replayable() {
            return true;
          }

          @Override
          public Flow.Publisher<ByteBuffer> open(Executor blocking) {
            throw new IllegalStateException("no");
          }
        };
    subscribe(bytes("a"), refusing);
    request(9);
    assertThat(collector.failure).hasMessage("no");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void aDemandOfNothingIsRefused(long n) {
    // Reactive Streams 1.0.4 rule 3.9
    subscribe(stream("abcd"), bytes("b"));
    request(1);
    request(n);
    assertThat(collector.failure).isInstanceOf(IllegalArgumentException.class);
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void tenThousandPartsDoNotStandOnTopOfEachOther() {
    List<RequestBody> many = Collections.nCopies(10_000, bytes("x"));
    new ConcatPublisher(many, tasks::add).subscribe(collector);
    request(Long.MAX_VALUE);
    assertThat(text()).hasSize(10_000);
    assertThat(collector.completions).isEqualTo(1);
  }

  @Test
  void demandOutOfTheSubscriberItselfIsServed() {
    collector.onEach(c -> c.subscription.request(1));
    subscribe(bytes("a"), stream("bcd"), bytes("e"));
    request(1);
    assertThat(text()).isEqualTo("abcde");
    assertThat(collector.completions).isEqualTo(1);
  }
}
