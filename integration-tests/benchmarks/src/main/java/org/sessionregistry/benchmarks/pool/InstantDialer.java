package org.sessionregistry.benchmarks.pool;

import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Route;

/** Opens and closes connections at once, without a socket. Immutable. */
final class InstantDialer implements Dialer {
  private static final Dial DONE =
      new Dial() {
        @Override
        public void abort() {}

        @Override
        public Timing timing() {
          return Timing.NONE;
        }
      };

  @Override
  public Dial dial(Route route, Listener listener) {
    listener.opened(new Nowhere(listener), 1);
    return DONE;
  }

  /** A connection that carries nothing. */
  private record Nowhere(Listener listener) implements Connection {
    @Override
    public boolean multiplexes() {
      return false;
    }

    @Override
    public void exchange(OutgoingRequest request, ExchangeEvents events) {
      throw new UnsupportedOperationException("the pool sends nothing");
    }

    @Override
    public void resume(ExchangeEvents exchange) {
      throw new UnsupportedOperationException("the pool reads nothing");
    }

    @Override
    public void discard(ExchangeEvents exchange) {
      throw new UnsupportedOperationException("the pool reads nothing");
    }

    @Override
    public void cancel(ExchangeEvents exchange) {
      throw new UnsupportedOperationException("the pool sends nothing");
    }

    @Override
    public void close() {
      listener.closed();
    }
  }
}
