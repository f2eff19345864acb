package org.sessionregistry.runtime;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.sessionregistry.exchange.Blocking;

/** Waits until something is closed. */
final class Closing {
  private Closing() {}

  /** Waits for the thread that saw to the closing; the same holds for an interrupt. */
  static void join(Thread last) {
    try {
      last.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An interrupt ends the wait, not the closing, and stays set. */
  static void await(CompletionStage<Void> closed) {
    Blocking.refuseOnRegistryThread();
    try {
      closed.toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }
}
