package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CookieJarConcurrencyTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 5_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCookieThatIsReplacedIsNeverMissing() throws Exception {
    TestJar test = TestJar.create().received("https://a.example/", "sid=0");
    AtomicBoolean running = new AtomicBoolean(true);
    List<Future<Integer>> readers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      readers.add(threads.submit(() -> countMissing(test, running)));
    }
    all(
        writer -> {
          for (int i = 0; i < ROUNDS; i++) {
            test.received("https://a.example/", "sid=" + writer + i);
            test.received("https://h" + writer + "-" + i % 500 + ".example/", "x=y");
          }
        });
    running.set(false);
    for (Future<Integer> reader : readers) {
      assertThat(reader.get()).isZero();
    }
  }

  private static int countMissing(TestJar test, AtomicBoolean running) {
    URI uri = URI.create("https://a.example/");
    int missing = 0;
    while (running.get()) {
      missing += test.jar.header(uri).startsWith("sid=") ? 0 : 1;
    }
    return missing;
  }

  @Test
  void noCookieIsLostOrCountedTwice() throws Exception {
    TestJar test = TestJar.create();
    all(
        writer -> {
          for (int i = 0; i < ROUNDS; i++) {
            String uri = "https://h" + i % 100 + ".example/";
            test.received(uri, "w" + writer + "=" + i, "gone" + writer + "=; Max-Age=0");
            test.received(uri, "temporary=" + i);
            test.received(uri, "temporary=; Max-Age=0");
          }
        });
    assertThat(test.jar.cookies()).hasSize(WRITERS * 100);
    assertThat(test.header("https://h99.example/").split("; ", -1)).hasSize(WRITERS);
  }

  @Test
  void theLimitsHoldWhileAllWrite() throws Exception {
    TestJar test = TestJar.withLimits(5, 50);
    all(
        writer -> {
          for (int i = 0; i < ROUNDS; i++) {
            String uri = "https://h" + i % 40 + ".example/";
            test.received(uri, "c" + writer + i % 7 + "=" + i);
            assertThat(test.header(uri).split("; ", -1)).hasSizeLessThanOrEqualTo(6);
            if (i % 100 == 0) {
              assertThat(test.jar.cookies()).hasSizeLessThanOrEqualTo(50);
            }
          }
        });
    assertThat(test.jar.cookies()).hasSize(50);
  }

  private interface Work {
    void run(int writer);
  }

  private void all(Work work) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      tasks.add(
          () -> {
            work.run(writer);
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(tasks)) {
      done.get();
    }
  }
}
