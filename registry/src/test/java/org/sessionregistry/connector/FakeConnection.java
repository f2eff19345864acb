package org.sessionregistry.connector;

/** A connection that carries nothing. Its socket is gone when the test says so. */
final class FakeConnection implements Connection {
  private final FakeDial dial;
  private final boolean multiplexes;
  private int closeCalls;
  private boolean gone;

  FakeConnection(FakeDial dial, boolean multiplexes) {
    this.dial = dial;
    this.multiplexes = multiplexes;
  }

  /** The peer allows another number of exchanges, or none any more. */
  void allows(int capacity) {
    dial.listener.capacity(capacity);
  }

  @Override
  public void exchange(OutgoingRequest request, ExchangeEvents events) {
    throw new UnsupportedOperationException("the pool sends nothing");
  }

  @Override
  public boolean multiplexes() {
    return multiplexes;
  }

  @Override
  public void cancel(ExchangeEvents exchange) {
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
  public void close() {
    closeCalls++;
    if (dial.dialer.finishesCloses && !gone) {
      socketGone();
    }
  }

  /** The socket that the pool closed is gone now. */
  void finishClose() {
    if (closeCalls == 0) {
      throw new IllegalStateException("nobody closed " + this);
    }
    socketGone();
  }

  /** The peer closes the connection and the transport notices. */
  void closeByPeer() {
    socketGone();
  }

  private void socketGone() {
    if (gone) {
      throw new IllegalStateException(this + " is gone already");
    }
    gone = true;
    dial.socketGone();
    dial.listener.closed();
  }

  /** Whether the pool asked to close it. */
  boolean isClosing() {
    return closeCalls > 0 && !gone;
  }

  boolean isGone() {
    return gone;
  }

  int closeCalls() {
    return closeCalls;
  }

  @Override
  public String toString() {
    return "connection of " + dial;
  }
}
