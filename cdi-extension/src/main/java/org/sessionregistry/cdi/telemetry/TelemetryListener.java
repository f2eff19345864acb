package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClosedConnection;
import org.sessionregistry.ConnectionTimes;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.Redirect;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionListener;

/**
 * Adds to the attempt that is on its way what only its connection knows, and measures connections
 * at their end. For any thread.
 */
final class TelemetryListener implements SessionListener {
  private static final double NANOS = 1e9;

  private final Instruments instruments;

  TelemetryListener(Instruments instruments) {
    this.instruments = instruments;
  }

  private static @Nullable Sending sending(ExchangeView exchange) {
    return exchange.request().attachment(Trail.class).map(Trail::latest).orElse(null);
  }

  @Override
  public void leased(ExchangeView exchange, ConnectionTimes connection) {
    Sending sending = sending(exchange);
    if (sending != null) {
      sending.leased(connection);
    }
  }

  @Override
  public void bodySent(ExchangeView exchange, long bytes) {
    Sending sending = sending(exchange);
    if (sending != null) {
      sending.sent(bytes);
    }
  }

  @Override
  public void bodyReceived(ExchangeView exchange, int bytes) {
    Sending sending = sending(exchange);
    if (sending != null) {
      sending.received(bytes);
    }
  }

  @Override
  public void redirected(ExchangeView exchange, Redirect redirect) {
    exchange.request().attachment(Trail.class).ifPresent(Trail::redirected);
  }

  @Override
  public void succeeded(ExchangeView exchange) {
    over(exchange);
  }

  @Override
  public void failed(ExchangeView exchange, SessionException failure) {
    over(exchange);
  }

  @Override
  public void cancelled(ExchangeView exchange) {
    over(exchange);
  }

  @Override
  public void connectionClosed(ClosedConnection connection) {
    Attributes attributes =
        instruments.pool().toBuilder()
            .put(Keys.SERVER_ADDRESS, connection.host())
            .put(Keys.SERVER_PORT, (long) connection.port())
            .put(Keys.URL_SCHEME, connection.scheme())
            .put(Keys.PROTOCOL_VERSION, Sending.version(connection.version()))
            .build();
    // Nobody's context: a connection serves many.
    instruments.lived().record(connection.age().toNanos() / NANOS, attributes, Context.root());
  }

  private static void over(ExchangeView exchange) {
    Sending sending = sending(exchange);
    if (sending != null) {
      sending.over();
    }
  }
}
