package org.sessionregistry.download;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.DownloadProgress;
import org.sessionregistry.Headers;
import org.sessionregistry.Request;
import org.sessionregistry.Response;

/**
 * Fetches a resource into a file, going on where an earlier download stopped if the server says
 * that it is still the same (RFC 9110 sections 13.1.5 and 14.2). What does not fit together is
 * fetched anew, once. Each step follows the one before, so the fields need no lock.
 */
public final class Download {
  private final Function<Request, CompletableFuture<Response>> sender;
  private final Executor blocking;
  private final Request request;
  private final Path target;
  private final DownloadProgress progress;
  private final Remains remains;
  private final CompletableFuture<Response> result = new CompletableFuture<>();
  private volatile @Nullable Future<?> running;

  private Download(
      Function<Request, CompletableFuture<Response>> sender,
      Executor blocking,
      Request request,
      Path target,
      DownloadProgress progress) {
    this.sender = sender;
    this.blocking = blocking;
    this.request =
        request.headers().contains("Accept-Encoding")
            ? request
            : request.withHeader("Accept-Encoding", "identity"); // so that bytes can be counted
    this.target = target;
    this.progress = progress;
    this.remains = new Remains(target, request.reference());
  }

  /**
   * Starts a download.
   *
   * @param sender what sends a request
   * @param blocking where files may be touched
   * @param request a GET without a range
   * @param target the file
   * @param progress hears of each part
   * @return completes with the response whose body is the file now, or with one of another status;
   *     ending it ends the download
   * @throws IllegalArgumentException if the request is no such GET, or the target names no file
   */
  public static CompletableFuture<Response> start(
      Function<Request, CompletableFuture<Response>> sender,
      Executor blocking,
      Request request,
      Path target,
      DownloadProgress progress) {
    if (!request.method().equals("GET")) {
      throw new IllegalArgumentException("a download is a GET, not a " + request.method());
    }
    if (request.headers().contains("Range") || request.headers().contains("If-Range")) {
      throw new IllegalArgumentException("a download sets Range and If-Range itself");
    }
    Remains.nameOf(target);
    Download download = new Download(sender, blocking, request, target, progress);
    download.run();
    return download.result;
  }

  private void run() {
    result.whenComplete(
        (response, failure) -> {
          Future<?> now = running;
          if (failure != null && now != null) {
            now.cancel(true);
          }
        });
    CompletableFuture<Long> looked = new CompletableFuture<>();
    blocking.execute(
        () -> {
          try {
            looked.complete(remains.size());
          } catch (IOException | RuntimeException e) {
            looked.completeExceptionally(e);
          }
        });
    looked.whenComplete(next(this::send));
  }

  private void send(long already) throws IOException {
    Request sent = request;
    Optional<String> validator = already == 0 ? Optional.empty() : remains.validator();
    if (validator.isPresent()) {
      sent =
          request
              .withHeader("Range", "bytes=" + already + "-")
              .withHeader("If-Range", validator.get());
    }
    long from = validator.isPresent() ? already : 0;
    CompletableFuture<Response> answer = sender.apply(sent);
    watch(answer);
    answer.whenComplete(next(response -> answered(response, from)));
  }

  private void answered(Response response, long already) throws IOException {
    int status = response.status();
    if (status == 200) {
      Optional<String> validator = Validator.of(response.headers());
      transfer(response, validator, 0, response.contentLength());
    } else if (already > 0 && status == 206 && isRest(response, already)) {
      OptionalLong total = range(response).map(ContentRange::length).orElse(OptionalLong.empty());
      transfer(response, remains.validator(), already, total);
    } else if (already > 0 && (status == 206 || status == 416)) {
      response.close();
      send(0); // it is not what it was: all of it
    } else {
      result.complete(response);
    }
  }

  private static Optional<ContentRange> range(Response response) {
    return response.headers().first("Content-Range").flatMap(ContentRange::parse);
  }

  /** Whether the bytes follow those that are here, and are of the same whole as far as it says. */
  private boolean isRest(Response response, long already) throws IOException {
    Headers headers = response.headers();
    boolean same =
        headers.first("ETag").isEmpty()
            || !remains.validator().orElse("").startsWith("\"")
            || headers.first("ETag").equals(remains.validator());
    return same
        && !headers.contains("Content-Encoding")
        && range(response).filter(range -> range.isRestFrom(already)).isPresent();
  }

  private void transfer(
      Response response, Optional<String> validator, long already, OptionalLong total) {
    FileTransfer transfer =
        new FileTransfer(
            () -> PartialFile.lasting(remains, validator, already),
            target,
            already,
            total,
            progress,
            blocking);
    CompletableFuture<Path> saved = transfer.from(response.body());
    watch(saved);
    saved.whenComplete(next(path -> result.complete(response)));
  }

  /** What is to be ended if the download is. */
  private void watch(Future<?> stage) {
    running = stage;
    if (result.isDone()) {
      stage.cancel(true);
    }
  }

  /** What follows a stage; it may read files. */
  @FunctionalInterface
  private interface Continuation<T> {
    void go(T value) throws IOException;
  }

  private <T> BiConsumer<@Nullable T, @Nullable Throwable> next(Continuation<T> continuation) {
    return (value, failure) -> {
      if (value == null) {
        Throwable why =
            failure == null ? new IOException("neither a value nor a failure") : failure;
        result.completeExceptionally(
            why instanceof CompletionException && why.getCause() != null ? why.getCause() : why);
        return;
      }
      try {
        blocking.execute(() -> go(continuation, value));
      } catch (RejectedExecutionException closed) {
        result.completeExceptionally(closed);
      }
    };
  }

  private <T> void go(Continuation<T> continuation, T value) {
    try {
      continuation.go(value);
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
    }
    if (value instanceof Response response && result.isCompletedExceptionally()) {
      response.close();
    }
  }
}
