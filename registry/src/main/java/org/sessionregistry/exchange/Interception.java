package org.sessionregistry.exchange;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Interceptor.Next;
import org.sessionregistry.Request;
import org.sessionregistry.Response;

/** Calls interceptors, each around those that come after it. */
final class Interception {
  private Interception() {}

  /** What an interceptor throws, the stage fails with. */
  static CompletionStage<Response> call(List<Interceptor> around, Request request, Next last) {
    return call(around, 0, request, last);
  }

  private static CompletionStage<Response> call(
      List<Interceptor> around, int at, Request request, Next last) {
    if (at == around.size()) {
      return last.send(request);
    }
    Interceptor interceptor = around.get(at);
    try {
      return Objects.requireNonNull(
          interceptor.intercept(request, changed -> call(around, at + 1, changed, last)),
          () -> interceptor.getClass().getName() + " gave null");
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** What a stage really failed with. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
