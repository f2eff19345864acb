package org.sessionregistry.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.DownloadProgress;

/**
 * Writes a published body into a file, one part at a time: the next is asked for when the last is
 * written. Every step is a task that follows the one before, on the executor for blocking work, so
 * the file needs no lock. Ending the future ends the transfer.
 */
public final class FileTransfer implements Flow.Subscriber<ByteBuffer> {
  /** Opens the file, where that may block. */
  @FunctionalInterface
  interface Opening {
    PartialFile open() throws IOException;
  }

  private final Opening opening;
  private final Executor blocking;
  private final DownloadProgress progress;
  private final OptionalLong total;
  private final CompletableFuture<Path> result = new CompletableFuture<>();
  private final Path target;
  private volatile Flow.@Nullable Subscription subscription;

  /** The last step so far, to which any thread may add one. */
  private final AtomicReference<CompletableFuture<Void>> last =
      new AtomicReference<>(CompletableFuture.completedFuture(null));

  // Confined to the steps.
  private @Nullable PartialFile file;
  private long received;
  private boolean over;

  FileTransfer(
      Opening opening,
      Path target,
      long already,
      OptionalLong total,
      DownloadProgress progress,
      Executor blocking) {
    this.opening = opening;
    this.target = target;
    this.received = already;
    this.total = total;
    this.progress = progress;
    this.blocking = blocking;
  }

  /**
   * Saves a body.
   *
   * @param body the body
   * @param target the file that it becomes, when it is complete
   * @param total its length, if it is known
   * @param progress hears of each part
   * @param blocking where files may be touched
   * @return completes with the target; ending it ends the transfer
   */
  public static CompletableFuture<Path> save(
      Flow.Publisher<ByteBuffer> body,
      Path target,
      OptionalLong total,
      DownloadProgress progress,
      Executor blocking) {
    return new FileTransfer(() -> PartialFile.fresh(target), target, 0, total, progress, blocking)
        .from(body);
  }

  CompletableFuture<Path> from(Flow.Publisher<ByteBuffer> body) {
    body.subscribe(this);
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    then(this::open);
    result.whenComplete(
        (path, failure) -> {
          if (failure != null) {
            given.cancel();
            then(() -> end(failure));
          }
        });
  }

  @Override
  public void onNext(ByteBuffer part) {
    then(() -> write(part));
  }

  @Override
  public void onError(Throwable failure) {
    then(() -> end(failure));
  }

  @Override
  public void onComplete() {
    then(() -> end(null));
  }

  // ---- the steps ------------------------------------------------------------------------------

  /** What may go wrong in a step. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void then(Step step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<Void> before = last.getAndSet(done);
    before.whenComplete((nothing, never) -> execute(() -> run(step, done)));
  }

  private void execute(Runnable task) {
    try {
      blocking.execute(task);
    } catch (RejectedExecutionException closed) {
      task.run(); // the registry is closed: all that is left is to close the file
    }
  }

  private void run(Step step, CompletableFuture<Void> done) {
    try {
      if (!over) {
        step.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      abandon(e);
    } finally {
      done.complete(null);
    }
  }

  private void open() throws IOException {
    file = opening.open();
    askForOne();
  }

  private void write(ByteBuffer part) throws IOException {
    int length = part.remaining();
    PartialFile open = file;
    if (open != null) {
      open.write(part);
      received += length;
      progress.received(received, total);
      askForOne();
    }
  }

  private void askForOne() {
    Flow.Subscription from = subscription;
    if (from != null) {
      from.request(1);
    }
  }

  private void end(@Nullable Throwable failure) throws IOException {
    PartialFile open = file;
    if (failure != null || open == null) {
      abandon(failure == null ? new IOException("the file was not opened") : failure);
      return;
    }
    open.complete();
    over = true;
    result.complete(target);
  }

  private void abandon(Throwable failure) {
    over = true;
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
    PartialFile open = file;
    try {
      if (open != null) {
        open.abandon();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    result.completeExceptionally(failure);
  }
}
