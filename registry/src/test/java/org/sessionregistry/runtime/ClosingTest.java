package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.NonBlockingThread;

class ClosingTest {
  @Test
  void waitsForTheEnd() {
    Closing.await(CompletableFuture.completedFuture(null));
  }

  @Test
  void aFailureIsThrown() {
    IllegalStateException failure = new IllegalStateException("a loop is blocked");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> Closing.await(CompletableFuture.failedStage(failure)))
        .withCause(failure);
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    Thread.currentThread().interrupt();
    try {
      Closing.await(never);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(never).isNotDone();
  }

  @Test
  void aThreadOfTheRegistryDoesNotWait() throws Exception {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    Thread loop = new Loop(() -> waitHere(outcome));
    loop.start();
    loop.join();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              try {
                outcome.join();
              } catch (CompletionException e) {
                throw e.getCause();
              }
            })
        .withMessageContaining("hold up every session");
  }

  private static void waitHere(CompletableFuture<Void> outcome) {
    try {
      Closing.await(new CompletableFuture<>());
      outcome.complete(null);
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private static final class Loop extends Thread implements NonBlockingThread {
    Loop(Runnable task) {
      super(task);
    }
  }
}
