package org.sessionregistry.connector;

import org.sessionregistry.settings.Priority;

/**
 * The right to use a connection for one exchange. It ends exactly once: the first call of {@link
 * #release}, {@link #returnUnused} or {@link #discard} counts, others do nothing. Thread-safe.
 */
public final class Lease {
  final PoolMember member;
  final PooledConnection pooled;
  final LeaseReceiver receiver;
  final Priority priority;
  private final Connection connection;
  private final boolean fresh;

  /**
   * Its place among the leases of its connection; -1 when it is over. Guarded by the pool's lock.
   */
  int index;

  /** Set when its member has to end; read without the lock. */
  volatile boolean cutOff;

  Lease(
      PoolMember member,
      PooledConnection pooled,
      Connection connection,
      Priority priority,
      LeaseReceiver receiver) {
    this.member = member;
    this.pooled = pooled;
    this.connection = connection;
    this.priority = priority;
    this.receiver = receiver;
    this.fresh = pooled.fresh;
  }

  /** The connection. */
  public Connection connection() {
    return connection;
  }

  /**
   * Whether the connection was opened just now. Any other has been idle or has served an exchange,
   * so the peer may have closed it in the meantime.
   */
  public boolean fresh() {
    return fresh;
  }

  /** Whether its exchange has to end although the connection goes on. */
  public boolean isCutOff() {
    return cutOff;
  }

  /** Where the time went while the connection was opened. */
  public Dialer.Timing timing() {
    return pooled.timing();
  }

  /**
   * Ends the lease after an exchange that ended well.
   *
   * @param keepAliveNanos how long the peer keeps the connection; 0 closes it
   */
  public void release(long keepAliveNanos) {
    member.pool.release(this, true, keepAliveNanos);
  }

  /** Ends the lease of a connection on which nothing was sent. */
  public void returnUnused() {
    member.pool.release(this, false, Long.MAX_VALUE);
  }

  /**
   * Ends the lease after an exchange that ended badly. A connection whose state is unknown now is
   * closed; one that multiplexes is as good as it was, and its transport tells when it is not.
   */
  public void discard() {
    member.pool.release(this, true, connection.multiplexes() ? Long.MAX_VALUE : 0);
  }
}
