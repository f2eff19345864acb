package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.NonBlockingThread;
import org.sessionregistry.settings.RegistrySettings;

class RegistryThreadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RegistryThreads threads = new RegistryThreads(RegistrySettings.DEFAULTS);

  @AfterEach
  void close() {
    end().join();
  }

  @Test
  void everyThreadIsADaemonThatBelongsToNoApplication() {
    Thread timer = of(current -> threads.timer().schedule(0, () -> current.complete(thread())));
    Thread blocking = of(current -> threads.blocking().execute(() -> current.complete(thread())));
    Thread loop = of(current -> threads.loops().execute(() -> current.complete(thread())));

    assertThat(new Thread[] {timer, blocking, loop})
        .allSatisfy(
            thread -> {
              assertThat(thread.isDaemon()).isTrue();
              assertThat(thread.getName()).startsWith("session-registry-");
              assertThat(thread.getContextClassLoader())
                  .isSameAs(ClassLoader.getSystemClassLoader());
            });
  }

  @Test
  void whoeverServesAllSessionsMustNotBeBlocked() {
    assertThat(of(current -> threads.timer().schedule(0, () -> current.complete(thread()))))
        .isInstanceOf(NonBlockingThread.class);
    assertThat(of(current -> threads.loops().execute(() -> current.complete(thread()))))
        .isInstanceOf(NonBlockingThread.class);
  }

  @Test
  void blockingWorkMayBlock() {
    assertThat(of(current -> threads.blocking().execute(() -> current.complete(thread()))))
        .isNotInstanceOf(NonBlockingThread.class);
  }

  @Test
  void anInheritableThreadLocalIsNotTakenOver() {
    InheritableThreadLocal<String> application = new InheritableThreadLocal<>();
    application.set("leak");
    CompletableFuture<String> seen = new CompletableFuture<>();
    threads.blocking().execute(() -> seen.complete("" + application.get()));
    assertThat(seen).succeedsWithin(PATIENCE).isEqualTo("null");
  }

  @Test
  void noThreadIsLeftAtTheEnd() {
    Thread timer = of(current -> threads.timer().schedule(0, () -> current.complete(thread())));
    Thread blocking = of(current -> threads.blocking().execute(() -> current.complete(thread())));
    Thread loop = of(current -> threads.loops().execute(() -> current.complete(thread())));
    end().join();
    assertThat(new Thread[] {timer, blocking, loop})
        .allSatisfy(thread -> assertThat(thread.isAlive()).as(thread.getName()).isFalse());
  }

  @Test
  void closingInterruptsWhatBlocks() throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    threads
        .blocking()
        .execute(
            () -> {
              begun.complete(null);
              try {
                new CompletableFuture<Void>().get();
              } catch (InterruptedException e) {
                outcome.complete("interrupted");
              } catch (Exception e) {
                outcome.completeExceptionally(e);
              }
            });
    begun.get();
    end();
    assertThat(outcome).succeedsWithin(PATIENCE).isEqualTo("interrupted");
  }

  @Test
  void aTimerThatIsSetAfterTheEndNeverRuns() {
    end().join();
    threads
        .timer()
        .schedule(
            0,
            () -> {
              throw new AssertionError("ran");
            })
        .cancel();
  }

  private CompletableFuture<Void> end() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    threads.closer(ended).start();
    return ended;
  }

  private interface Start {
    void run(CompletableFuture<Thread> current);
  }

  private static Thread of(Start start) {
    CompletableFuture<Thread> current = new CompletableFuture<>();
    start.run(current);
    assertThat(current).succeedsWithin(PATIENCE);
    return current.join();
  }

  private static Thread thread() {
    return Thread.currentThread();
  }
}
