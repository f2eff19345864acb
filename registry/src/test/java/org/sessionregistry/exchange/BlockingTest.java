package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.InvalidResponseException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

class BlockingTest {
  @Test
  void theValueOfTheFutureIsReturned() throws Exception {
    assertThat(Blocking.await(CompletableFuture.completedFuture("x"))).isEqualTo("x");
  }

  @Test
  void aFailureOfTheSessionShowsWhoAsked() {
    World world = World.simple();
    CompletableFuture<?> future = world.send();
    world.connection().fail(Kind.INVALID);
    assertThatExceptionOfType(InvalidResponseException.class)
        .isThrownBy(() -> Blocking.await(future))
        .satisfies(
            e ->
                assertThat(Arrays.toString(e.getStackTrace()))
                    .contains("aFailureOfTheSessionShowsWhoAsked"));
  }

  @Test
  void aCauseIsKept() {
    World world = World.simple();
    CompletableFuture<?> future = world.send();
    IOException cause = new IOException("reset");
    world.connection().fail(Kind.CLOSED_UNANSWERED, cause);
    assertThatExceptionOfType(ConnectionLostException.class)
        .isThrownBy(() -> Blocking.await(future))
        .withCause(cause)
        .withMessageContaining("reset");
  }

  @Test
  void anotherIoExceptionIsThrownAsItIs() {
    FileNotFoundException failure = new FileNotFoundException("f");
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> Blocking.await(CompletableFuture.failedFuture(failure)))
        .isSameAs(failure);
  }

  @Test
  void anUncheckedExceptionIsThrownAsItIs() {
    IllegalStateException failure = new IllegalStateException("bug");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Blocking.await(CompletableFuture.failedFuture(failure)))
        .isSameAs(failure);
  }

  @Test
  void anErrorIsThrownAsItIs() {
    StackOverflowError failure = new StackOverflowError();
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> Blocking.await(CompletableFuture.failedFuture(failure)))
        .isSameAs(failure);
  }

  @Test
  void anotherCheckedExceptionIsWrapped() {
    Exception failure = new Exception("checked");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Blocking.await(CompletableFuture.failedFuture(failure)))
        .withCause(failure);
  }

  @Test
  void aCancelledFutureSaysSo() {
    CompletableFuture<String> future = new CompletableFuture<>();
    future.cancel(true);
    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> Blocking.await(future));
  }

  @Test
  void anInterruptCancelsTheFuture() {
    CompletableFuture<String> future = new CompletableFuture<>();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> Blocking.await(future));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(future).isCancelled();
  }

  @Test
  void anApplicationsThreadMayBlock() {
    Blocking.refuseOnRegistryThread();
  }
}
