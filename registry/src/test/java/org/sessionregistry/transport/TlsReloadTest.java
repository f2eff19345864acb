package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.SessionSettings;

/** When files are read, and which context a new connection gets. */
class TlsReloadTest {
  private static final Duration RECHECK = Duration.ofSeconds(1);

  /** A clock that begins just before it overflows. */
  private static final class Clock implements Scheduler {
    long now = Long.MAX_VALUE - 1;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
      throw new UnsupportedOperationException("nothing is timed here");
    }

    void advance(Duration duration) {
      now += duration.toNanos();
    }
  }

  private final Clock clock = new Clock();
  private final Deque<Runnable> blocking = new ArrayDeque<>();
  @TempDir Path directory;
  private Path pem;
  private Tls tls;

  @BeforeEach
  void trustA() throws IOException {
    pem = directory.resolve("trusted.pem");
    Files.writeString(pem, TestCertificates.A);
    tls =
        new Tls(
            SessionSettings.builder("s").tls(t -> t.withTrustPem(pem)).build(),
            blocking::add,
            clock);
  }

  private SSLContext load() {
    CompletableFuture<SSLContext> context = tls.context();
    readFiles();
    return context.join();
  }

  private void readFiles() {
    for (Runnable task = blocking.poll(); task != null; task = blocking.poll()) {
      task.run();
    }
  }

  @Test
  void filesAreReadWhereMayBeBlockedOnly() {
    CompletableFuture<SSLContext> context = tls.context();

    assertThat(context).isNotDone();
    readFiles();
    assertThat(context).isCompleted();
  }

  @Test
  void thoseWhoAskMeanwhileWaitForTheSameReading() {
    CompletableFuture<SSLContext> first = tls.context();
    CompletableFuture<SSLContext> second = tls.context();

    assertThat(blocking).hasSize(1);
    readFiles();
    assertThat(second.join()).isSameAs(first.join());
  }

  @Test
  void filesAreLookedAtOnceASecondAtMost() {
    load();

    clock.advance(RECHECK.minusNanos(1));
    tls.context();
    assertThat(blocking).isEmpty();

    clock.advance(Duration.ofNanos(1));
    tls.context();
    assertThat(blocking).hasSize(1);
  }

  @Test
  void filesThatHaveNotChangedKeepTheirContextAndItsSessions() {
    SSLContext first = load();

    clock.advance(RECHECK);
    assertThat(load()).isSameAs(first);
    clock.advance(RECHECK);
    assertThat(load()).isSameAs(first);
  }

  @Test
  void aFileThatHasChangedGivesAnotherContext() throws IOException {
    SSLContext first = load();

    Files.writeString(pem, TestCertificates.A + TestCertificates.B);
    assertThat(load()).isSameAs(first);
    clock.advance(RECHECK);
    assertThat(load()).isNotSameAs(first);
  }

  @Test
  void aFileThatIsReplacedByOneOfTheSameSizeAndTimeGivesAnotherContext() throws IOException {
    SSLContext first = load();
    Path another = directory.resolve("another.pem");
    Files.writeString(another, TestCertificates.A);
    Files.setLastModifiedTime(another, Files.getLastModifiedTime(pem));
    Files.move(another, pem, StandardCopyOption.REPLACE_EXISTING);

    clock.advance(RECHECK);
    assertThat(load()).isNotSameAs(first);
  }

  @Test
  void aFileThatIsGoneLeavesTheContextUntilItIsBack() throws IOException {
    SSLContext first = load();
    Files.delete(pem);
    clock.advance(RECHECK);
    assertThat(load()).isSameAs(first);

    Files.writeString(pem, TestCertificates.B);
    clock.advance(RECHECK);
    assertThat(load()).isNotSameAs(first);
  }

  @Test
  void aFailureIsNotKept() throws IOException {
    Files.writeString(pem, "broken");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(this::load)
        .withMessageContaining("tls.trust-pem " + pem + " has no certificate");

    Files.writeString(pem, TestCertificates.A);
    assertThat(load()).isNotNull();
  }

  @Test
  void aRefusedTaskIsAFailureAndNotKeptEither() {
    boolean[] refuses = {true};
    Tls refused =
        new Tls(
            SessionSettings.builder("s").tls(t -> t.withTrustPem(pem)).build(),
            task -> {
              if (refuses[0]) {
                throw new RejectedExecutionException("closed");
              }
              task.run();
            },
            clock);
    assertThat(refused.context()).isCompletedExceptionally();

    refuses[0] = false;
    assertThat(refused.context()).isCompleted();
  }

  @Test
  void withoutFilesTheContextIsMadeOnce() {
    tls = new Tls(SessionSettings.named("s"), blocking::add, clock);
    SSLContext first = load();

    clock.advance(Duration.ofDays(1));
    assertThat(tls.context().join()).isSameAs(first);
    assertThat(blocking).isEmpty();
  }
}
