package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * One slot's worth of connection, from the decision to open it until its socket is gone. The states
 * and who may change them are in the package documentation; all of it is guarded by the pool's
 * lock, and every change of state goes through {@link #become}.
 */
final class PooledConnection implements Dialer.Listener {
  /** See the package documentation. */
  enum State {
    PENDING,
    OPENING,
    LEASED,
    IDLE,
    CLOSING,
    GONE;

    boolean mayBecome(State next) {
      return switch (this) {
        case PENDING -> next == OPENING || next == GONE;
        case OPENING -> next == LEASED || next == IDLE || next == CLOSING || next == GONE;
        case LEASED -> next == IDLE || next == LEASED || next == CLOSING || next == GONE;
        case IDLE -> next == LEASED || next == CLOSING || next == GONE;
        case CLOSING -> next == GONE;
        case GONE -> false;
      };
    }
  }

  private final ConnectionPool pool;
  final RoutePool route;

  /** Its place among the idle or the surplus connections of its route. */
  final Chain.Link<PooledConnection> inRoute = new Chain.Link<>(this);

  /** Its place among the idle, the surplus or the leased connections of the pool. */
  final Chain.Link<PooledConnection> inPool = new Chain.Link<>(this);

  private State state;

  /** Set when dialling begins; read without the lock for its timing. */
  volatile Dialer.@Nullable Dial dial;

  /** Set when it was opened. */
  @Nullable Connection connection;

  /** While it is being opened: for whom; null when nobody needs it any more. */
  @Nullable Waiter waiter;

  /** While it closes: what takes over its slot. */
  @Nullable PooledConnection successor;

  /** Whether its place in its route was taken over by the successor already. */
  boolean routePlacePassedOn;

  /** How many exchanges were sent on it. */
  int uses;

  /** When it is too old for another exchange. */
  long endOfLifeNanos;

  /** Whether it goes from the dialer straight to its first lease. */
  boolean fresh = true;

  long idleUntilNanos;

  PooledConnection(ConnectionPool pool, RoutePool route, State state) {
    this.pool = pool;
    this.route = route;
    this.state = state;
  }

  State state() {
    return state;
  }

  void become(State next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("a connection that is " + state + " cannot become " + next);
    }
    state = next;
  }

  Dialer.Timing timing() {
    Dialer.Dial begun = dial;
    return begun == null ? Dialer.Timing.NONE : begun.timing();
  }

  @Override
  public void opened(Connection opened, int capacity) {
    pool.opened(this, opened);
  }

  @Override
  public void capacity(int capacity) {
    // The only connections so far serve one exchange at a time and are never called back.
  }

  @Override
  public void failed(Dialer.DialFailure failure) {
    pool.dialFailed(this, failure);
  }

  @Override
  public void closed() {
    pool.closed(this);
  }
}
