package org.sessionregistry.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.OutgoingRequest;

/** A GET on a connection, whose response nobody reads. Thread-safe. */
final class OneExchange implements ExchangeEvents {
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private volatile int received;

  /** Its status, when it has ended. */
  static int get(Connection connection) throws Exception {
    OneExchange exchange = new OneExchange();
    connection.exchange(
        new OutgoingRequest("GET", "/", new String[] {"Host", "web"}, null, null, 0), exchange);
    return exchange.status.get(10, TimeUnit.SECONDS);
  }

  @Override
  public void written(long bytes) {}

  @Override
  public void requestSent() {}

  @Override
  public void head(String version, int code, String reason, String[] headers) {
    received = code;
  }

  @Override
  public boolean data(byte[] bytes) {
    return true;
  }

  @Override
  public void ended(long keepAliveNanos) {
    status.complete(received);
  }

  @Override
  public void failed(WireFailure failure) {
    status.completeExceptionally(new AssertionError(failure.toString()));
  }
}
