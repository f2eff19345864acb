package org.sessionregistry.httpclient;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Request;
import org.sessionregistry.Response;

/**
 * One request of the client. Whoever decides first, the answer, the request's own time limit or the
 * application that cancels, decides what becomes of the head; a response that comes too late is
 * closed. Thread-safe; the application's code runs in {@link #tasks}.
 */
final class ClientExchange<T> {
  private enum Head {
    AWAITED,
    CAME,
    UNWANTED
  }

  private final ClientSession session;
  private final HttpRequest asked;
  private final BodyHandler<T> handler;
  private final ClientThreads threads;
  private final SerialTasks tasks;
  private final AtomicReference<Head> head = new AtomicReference<>(Head.AWAITED);
  private final ResultFuture<HttpResponse<T>> result = new ResultFuture<>(this::abandon);

  private volatile @Nullable CompletableFuture<Response> sent;
  private volatile @Nullable Response response;
  private volatile Runnable stopTimer = () -> {};

  ClientExchange(
      ClientSession session, HttpRequest asked, BodyHandler<T> handler, ClientThreads threads) {
    this.session = session;
    this.asked = asked;
    this.handler = handler;
    this.threads = threads;
    this.tasks = new SerialTasks(threads.blocking());
  }

  /**
   * Sends it.
   *
   * @throws IllegalArgumentException if the session cannot send it
   */
  void start() {
    Request request = Translation.request(session, asked);
    CompletableFuture<Response> future = session.sendAsync(request);
    sent = future;
    asked
        .timeout()
        .ifPresent(
            limit ->
                stopTimer =
                    threads.after(
                        limit,
                        () ->
                            tasks.execute(
                                () ->
                                    giveUp(
                                        JdkFailures.noHead(
                                            session.name(), request.toString(), limit)))));
    future.whenComplete(this::answered);
  }

  ResultFuture<HttpResponse<T>> result() {
    return result;
  }

  // ---- the head -------------------------------------------------------------------------------

  private void answered(@Nullable Response came, @Nullable Throwable failure) {
    stopTimer.run();
    boolean wanted = head.compareAndSet(Head.AWAITED, Head.CAME);
    if (came == null) {
      tasks.execute(() -> fail(Objects.requireNonNull(failure)));
      return;
    }
    if (!wanted) {
      came.close();
      return;
    }
    response = came;
    tasks.execute(() -> receive(came));
  }

  private void giveUp(Throwable why) {
    if (head.compareAndSet(Head.AWAITED, Head.UNWANTED)) {
      cancelSent();
      fail(why);
    }
  }

  // ---- the body, in a task --------------------------------------------------------------------

  private void receive(Response from) {
    try {
      BodySubscriber<T> subscriber =
          Objects.requireNonNull(
              handler.apply(new Info(from)), "the body handler returned no body subscriber");
      from.body().subscribe(new BodyDelivery(subscriber, tasks));
      subscriber
          .getBody()
          .whenComplete(
              (body, failure) -> {
                if (failure == null) {
                  result.complete(SessionHttpResponse.of(asked, from, body));
                } else {
                  from.close();
                  fail(failure);
                }
              });
    } catch (RuntimeException | Error e) {
      from.close();
      fail(e);
    }
    if (result.isCancelled()) {
      from.close(); // before the response was there to be closed
    }
  }

  // ---- the end --------------------------------------------------------------------------------

  /** Ends it for a reason that is not the exchange's own. */
  void abort(Throwable why) {
    fail(why);
    abandon();
  }

  private void abandon() {
    stopTimer.run();
    head.compareAndSet(Head.AWAITED, Head.UNWANTED);
    cancelSent();
    Response open = response;
    if (open != null) {
      open.close();
    }
  }

  private void cancelSent() {
    CompletableFuture<Response> future = sent;
    if (future != null) {
      future.cancel(true);
    }
  }

  private void fail(Throwable failure) {
    result.fail(JdkFailures.of(failure));
  }

  private record Info(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements HttpResponse.ResponseInfo {
    Info(Response response) {
      this(
          response.status(),
          Translation.headers(response),
          Translation.version(response.version()));
    }
  }
}
