package org.sessionregistry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.SessionSettings;

/** A session that keeps what it is given to send. For one thread. */
final class UnsentSession implements ClientSession {
  final CompletableFuture<Response> answer = new CompletableFuture<>();
  Request sent;
  boolean blocking;

  @Override
  public String name() {
    return "unsent";
  }

  @Override
  public SessionSettings settings() {
    return SessionSettings.named(name());
  }

  @Override
  public CookieJar cookies() {
    return CookieJar.none();
  }

  @Override
  public SessionStatistics statistics() {
    throw new UnsupportedOperationException("it has none");
  }

  @Override
  public Response send(Request request) {
    sent = request;
    blocking = true;
    return null;
  }

  @Override
  public CompletableFuture<Response> sendAsync(Request request) {
    sent = request;
    return answer;
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
