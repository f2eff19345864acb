package org.sessionregistry.connector;

import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

/** One attempt to open a connection, which ends as the test says. */
final class FakeDial implements Dialer.Dial {
  final ScriptedDialer dialer;
  final int number;
  final Route route;
  final Dialer.Listener listener;
  private Dialer.Timing timing = Dialer.Timing.NONE;
  private FakeConnection connection;
  private boolean failed;
  private int abortCalls;

  FakeDial(ScriptedDialer dialer, int number, Route route, Dialer.Listener listener) {
    this.dialer = dialer;
    this.number = number;
    this.route = route;
    this.listener = listener;
    dialer.sockets.begin(route);
  }

  /** The connection is ready. */
  FakeConnection open() {
    return open(1);
  }

  /** The connection is ready and can serve so many at once. */
  FakeConnection open(int capacity) {
    requireUndecided();
    connection = new FakeConnection(this, capacity > 1);
    FakeConnection opened = connection;
    listener.opened(opened, capacity);
    return opened;
  }

  /** There is no connection. */
  void fail(Kind kind) {
    requireUndecided();
    failed = true;
    socketGone();
    listener.failed(new DialFailure(kind, "as the test says", null));
  }

  /** The attempt that the pool gave up has ended. */
  void finishAbort() {
    if (abortCalls == 0) {
      throw new IllegalStateException("nobody aborted " + this);
    }
    fail(Kind.ABORTED);
  }

  @Override
  public void abort() {
    abortCalls++;
    if (dialer.finishesAborts && isUndecided()) {
      finishAbort();
    }
  }

  @Override
  public Dialer.Timing timing() {
    return timing;
  }

  void takes(Dialer.Timing spent) {
    timing = spent;
  }

  void socketGone() {
    dialer.sockets.end(route);
  }

  boolean isUndecided() {
    return connection == null && !failed;
  }

  boolean isAborted() {
    return abortCalls > 0;
  }

  int abortCalls() {
    return abortCalls;
  }

  /** What was opened, or null. */
  FakeConnection connection() {
    return connection;
  }

  private void requireUndecided() {
    if (!isUndecided()) {
      throw new IllegalStateException(this + " has ended already");
    }
  }

  @Override
  public String toString() {
    return "dial " + number + " to " + route.host();
  }
}
