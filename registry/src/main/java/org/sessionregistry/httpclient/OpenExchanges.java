package org.sessionregistry.httpclient;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one client has under way, for those who shut it down. Shutting down ends the client, never
 * the session. Thread-safe.
 */
final class OpenExchanges {
  private final String session;
  private final Set<ClientExchange<?>> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> shut = new CompletableFuture<>();

  OpenExchanges(String session) {
    this.session = session;
  }

  /** Counts until its response is there, with what the application has made of the body. */
  boolean add(ClientExchange<?> exchange) {
    open.add(exchange);
    exchange.result().whenComplete((response, failure) -> open.remove(exchange));
    if (shut.isDone()) {
      exchange.result().fail(JdkFailures.shutDown(session));
      return false;
    }
    return true;
  }

  void shutDown() {
    shut.complete(null);
  }

  void abortAll() {
    shutDown();
    open.forEach(exchange -> exchange.abort(JdkFailures.shutDown(session)));
  }

  boolean isTerminated() {
    return shut.isDone() && open.isEmpty();
  }

  /** Whether all came to an end in time, after a shutdown. */
  boolean await(Duration limit) throws InterruptedException {
    CompletableFuture<Void> all =
        shut.thenCompose(
            now ->
                CompletableFuture.allOf(
                    open.stream()
                        .map(exchange -> exchange.result().handle((response, failure) -> exchange))
                        .toArray(CompletableFuture<?>[]::new)));
    try {
      all.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // they complete, and never fail
    }
  }
}
