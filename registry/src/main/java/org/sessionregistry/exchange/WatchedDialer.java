package org.sessionregistry.exchange;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClosedConnection;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;

/**
 * Tells a session's listeners of the end of each connection that was opened with its settings. The
 * rule: it is there only if somebody listens, and the pool hears after the listeners, so that all
 * is told before a session counts as closed. For any thread.
 */
final class WatchedDialer implements Dialer {
  private final Dialer dialer;
  private final String session;
  private final Notices notices;
  private final Scheduler clock;

  WatchedDialer(Dialer dialer, String session, Notices notices, Scheduler clock) {
    this.dialer = dialer;
    this.session = session;
    this.notices = notices;
    this.clock = clock;
  }

  @Override
  public Dial dial(Route route, Listener listener) {
    return dialer.dial(route, new Watched(route, listener));
  }

  /** One connection. Opened before it is closed, both on its event loop. */
  private final class Watched implements Listener {
    private final Route route;
    private final Listener pool;
    private volatile @Nullable Connection connection;
    private volatile long openedNanos;

    Watched(Route route, Listener pool) {
      this.route = route;
      this.pool = pool;
    }

    @Override
    public void opened(Connection opened, int capacity) {
      openedNanos = clock.nanoTime();
      connection = opened;
      pool.opened(opened, capacity);
    }

    @Override
    public void capacity(int capacity) {
      pool.capacity(capacity);
    }

    @Override
    public void failed(DialFailure failure) {
      pool.failed(failure);
    }

    @Override
    public void closed() {
      Connection ended = connection;
      if (ended != null) {
        ClosedConnection closed = describe(ended);
        notices.tell(listener -> listener.connectionClosed(closed));
      }
      pool.closed();
    }

    private ClosedConnection describe(Connection ended) {
      return new ClosedConnection(
          session,
          route.secure() ? "https" : "http",
          route.host(),
          route.port(),
          Optional.ofNullable(ended.peer()),
          ended.multiplexes() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1,
          Duration.ofNanos(clock.nanoTime() - openedNanos));
    }
  }
}
