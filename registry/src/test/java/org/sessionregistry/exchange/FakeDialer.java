package org.sessionregistry.exchange;

import java.util.ArrayList;
import java.util.List;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Route;

/** Dials that end as the test says, and the connections that they open. For one thread. */
final class FakeDialer implements Dialer {
  private final List<FakeDial> dials = new ArrayList<>();

  /** Whether every dial opens its connection before {@link #dial} returns. */
  boolean opensAtOnce = true;

  @Override
  public Dial dial(Route route, Listener listener) {
    FakeDial dial = new FakeDial(route, listener);
    dials.add(dial);
    if (opensAtOnce) {
      dial.open();
    }
    return dial;
  }

  /** Opens what is being opened. */
  void openAll() {
    List.copyOf(dials).stream().filter(FakeDial::isUndecided).forEach(FakeDial::open);
  }

  int dials() {
    return dials.size();
  }

  FakeDial dial(int number) {
    return dials.get(number);
  }

  FakeConnection connection(int number) {
    return dials.get(number).connection;
  }

  /** One attempt to connect. */
  static final class FakeDial implements Dial {
    final Route route;
    private final Listener listener;
    FakeConnection connection;
    Timing timing = Timing.NONE;
    boolean aborted;
    private boolean failed;

    FakeDial(Route route, Listener listener) {
      this.route = route;
      this.listener = listener;
    }

    FakeConnection open() {
      connection =
          route.isWebSocket()
              ? new FakeWebSocketConnection(listener)
              : new FakeConnection(listener);
      listener.opened(connection, 1);
      return connection;
    }

    void fail(DialFailure.Kind kind) {
      fail(kind, null);
    }

    void fail(DialFailure.Kind kind, Throwable cause) {
      failed = true;
      listener.failed(new DialFailure(kind, "cannot connect", cause));
    }

    boolean isUndecided() {
      return connection == null && !failed;
    }

    @Override
    public void abort() {
      aborted = true;
      if (isUndecided()) {
        fail(DialFailure.Kind.ABORTED);
      }
    }

    @Override
    public Timing timing() {
      return timing;
    }
  }
}
