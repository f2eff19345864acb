package org.sessionregistry.exchange;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.NonBlockingThread;

/** Waits for a future on the caller's thread; a virtual thread is parked, never pinned. */
public final class Blocking {
  private Blocking() {}

  /**
   * Refuses to block a thread that serves all sessions.
   *
   * @throws IllegalStateException on such a thread
   */
  public static void refuseOnRegistryThread() {
    if (NonBlockingThread.isCurrent()) {
      throw new IllegalStateException(
          "a blocking call on "
              + Thread.currentThread().getName()
              + " would hold up every session; use the asynchronous form here, or continue on"
              + " another executor (thenApplyAsync)");
    }
  }

  /**
   * Waits for a result.
   *
   * @param <T> what the future gives
   * @param future what to wait for; cancelled when the thread is interrupted
   * @return its value
   * @throws IOException what the future failed with
   * @throws InterruptedException if the thread is interrupted
   */
  public static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
    if (!future.isDone()) {
      refuseOnRegistryThread();
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw rethrow(e.getCause() == null ? e : e.getCause());
    }
  }

  private static IOException rethrow(Throwable cause) {
    if (cause instanceof SessionException failure) {
      // Where it was noticed is inside this library; whoever reads it wants to know who asked.
      failure.setStackTrace(new Throwable().getStackTrace());
      return failure;
    }
    if (cause instanceof IOException failure) {
      return failure;
    }
    if (cause instanceof CancellationException failure) {
      throw failure;
    }
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return new IOException(cause);
  }
}
