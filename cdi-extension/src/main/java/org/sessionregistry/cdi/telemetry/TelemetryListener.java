package org.sessionregistry.cdi.telemetry;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.ConnectionTimes;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.Redirect;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionListener;

/** Adds to the attempt that is on its way what only its connection knows. Stateless. */
final class TelemetryListener implements SessionListener {
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

  private static void over(ExchangeView exchange) {
    Sending sending = sending(exchange);
    if (sending != null) {
      sending.over();
    }
  }
}
