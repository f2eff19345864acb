package org.sessionregistry.exchange;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;

/**
 * An attempt with the application's interceptors around it. They see all that is sent but for the
 * framing; what they give back is judged as an answer that nobody intercepted.
 */
final class InterceptedAttempt {
  private final Exchange exchange;
  private final SessionContext context;
  private final Outgoing sent;
  private @Nullable String authorization;

  /** Set until something is sent: then there is a connection or a place in the queue. */
  private volatile @Nullable Pause pause;

  InterceptedAttempt(Exchange exchange) {
    this.exchange = exchange;
    this.context = exchange.context();
    this.sent = exchange.course().outgoing();
  }

  void start() {
    Request shown;
    try {
      shown = shown();
    } catch (RuntimeException | Error e) {
      exchange.fail(context.failures.requestBody(exchange.detail(), e));
      return;
    }
    pause = exchange.pause();
    Interception.call(context.aroundAttempt, shown, request -> send(shown, request))
        .whenComplete(this::answered);
  }

  private Request shown() {
    Credentials who = exchange.course().credentials();
    if (who != null) {
      authorization = who.authorization(sent.method(), sent.target().requestTarget());
    }
    List<String> fields =
        context.headers.fields(
            sent, sent.target().cookies(exchange.course().cookies()), authorization);
    return exchange
        .request()
        .withMethod(sent.method())
        .withReference(sent.target().uri().toString())
        .withHeaders(Headers.of(fields.toArray(String[]::new)))
        .withoutCookies()
        .withBody(sent.body());
  }

  private CompletionStage<Response> send(Request shown, Request request) {
    if (!goesOn()) {
      return CompletableFuture.failedStage(new CancellationException("the exchange has ended"));
    }
    Target target =
        request.reference().equals(shown.reference())
            ? sent.target()
            : context.targets.of(request.reference());
    Headers said =
        target.route().equals(sent.target().route())
            ? request.headers()
            : context.headers.elsewhere(shown.headers(), request.headers());
    CompletableFuture<Response> answer = new CompletableFuture<>();
    Outgoing intercepted =
        new Outgoing(request.method(), target, said, List.of(), request.body(), true);
    exchange.attempt(new Attempt(exchange, intercepted, false, answer));
    return answer.minimalCompletionStage();
  }

  private boolean goesOn() {
    Pause begun = pause;
    pause = null;
    return (begun == null || begun.end()) && !exchange.isEnded();
  }

  private void answered(@Nullable Response response, @Nullable Throwable thrown) {
    if (!goesOn()) {
      if (response != null) {
        response.close();
      }
    } else if (response == null) {
      failed(thrown == null ? new NullPointerException("an interceptor gave null") : thrown);
    } else {
      judge(response);
    }
  }

  private void judge(Response response) {
    Sequel next =
        exchange
            .course()
            .after(response.status(), response.headers(), authorization, exchange.limit().left());
    if (next == null) {
      exchange.respond(response);
      exchange.succeedIfOver();
    } else {
      response.close();
      exchange.proceed(next);
    }
  }

  private void failed(Throwable thrown) {
    Throwable cause = Interception.cause(thrown);
    if (cause instanceof SessionException failure) {
      exchange.attemptFailed(failure);
    } else {
      exchange.fail(context.failures.interceptor(exchange.detail(), cause));
    }
  }
}
