package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
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
        case LEASED -> next == IDLE || next == CLOSING || next == GONE;
        case IDLE -> next == LEASED || next == CLOSING || next == GONE;
        case CLOSING -> next == GONE;
        case GONE -> false;
      };
    }
  }

  private final ConnectionPool pool;
  final RoutePool route;

  /** Whose settings it is opened with. */
  final Dialer dialer;

  /** Its place among the idle, roomy, joinable or surplus connections of its route. */
  final Chain.Link<PooledConnection> inRoute = new Chain.Link<>(this);

  /** Its place among the idle, the surplus or the leased connections of the pool. */
  final Chain.Link<PooledConnection> inPool = new Chain.Link<>(this);

  /** Its place among the connections of all routes that another request could use. */
  final Chain.Link<PooledConnection> onShelf = new Chain.Link<>(this);

  private State state;

  /** The chains of its route and of the pool that it is in; {@link Shelves} writes them. */
  @Nullable Chain<PooledConnection> routeShelf;

  @Nullable Chain<PooledConnection> poolShelf;

  /** Set when dialling begins; read without the lock for its timing. */
  volatile Dialer.@Nullable Dial dial;

  /** Set when it was opened. */
  @Nullable Connection connection;

  /** How many exchanges it can serve at once; a guess until it was opened. */
  int capacity;

  /** While it is being opened: for whom; nobody when it is not needed any more. */
  final Chain<Waiter> awaiting = new Chain<>();

  /** While it is leased: to whom. */
  final List<Lease> leases = new ArrayList<>(1);

  /** How many of those two are not of priority {@code high}; see {@link Slots}. */
  int ordinary;

  /** Whether it takes no more exchanges and is to be closed after those it has. */
  boolean retired;

  /** The route whose waiter made it retire, if one did. */
  @Nullable RoutePool retiredFor;

  /** While it closes: what takes over its slot. */
  @Nullable PooledConnection successor;

  /** While it is pending: whose slot it will take over. */
  @Nullable PooledConnection predecessor;

  /** Whether its place in its route was taken over by the successor already. */
  boolean routePlacePassedOn;

  /** How many exchanges were sent on it. */
  int uses;

  /** When it is too old for another exchange. */
  long endOfLifeNanos;

  /** Whether it goes from the dialer straight to its first leases. */
  boolean fresh = true;

  long idleUntilNanos;

  PooledConnection(ConnectionPool pool, RoutePool route, Dialer dialer, State state) {
    this.pool = pool;
    this.route = route;
    this.dialer = dialer;
    this.state = state;
    this.capacity = route.capacity;
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

  /** Whether it can be given to one more than use or expect it. */
  boolean hasRoom() {
    return !retired && leases.size() + awaiting.size() < capacity;
  }

  int leasesOf(PoolMember member) {
    int count = 0;
    for (Lease lease : leases) {
      count += lease.member == member ? 1 : 0;
    }
    return count;
  }

  void add(Lease lease) {
    lease.index = leases.size();
    leases.add(lease);
  }

  void remove(Lease lease) {
    Lease last = leases.remove(leases.size() - 1);
    if (last != lease) {
      leases.set(lease.index, last);
      last.index = lease.index;
    }
    lease.index = -1;
  }

  Dialer.Timing timing() {
    Dialer.Dial begun = dial;
    return begun == null ? Dialer.Timing.NONE : begun.timing();
  }

  @Override
  public void opened(Connection opened, int capacity) {
    pool.opened(this, opened, capacity);
  }

  @Override
  public void capacity(int capacity) {
    pool.capacityChanged(this, capacity);
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
