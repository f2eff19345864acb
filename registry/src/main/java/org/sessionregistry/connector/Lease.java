package org.sessionregistry.connector;

/**
 * The right to use a connection for one exchange. It ends exactly once: the first call of {@link
 * #release}, {@link #returnUnused} or {@link #discard} counts, others do nothing. Thread-safe.
 */
public final class Lease {
  private final ConnectionPool pool;
  private final PooledConnection pooled;
  private final Connection connection;
  private final boolean fresh;

  /** Guarded by the pool's lock. */
  boolean over;

  Lease(ConnectionPool pool, PooledConnection pooled, Connection connection, boolean fresh) {
    this.pool = pool;
    this.pooled = pooled;
    this.connection = connection;
    this.fresh = fresh;
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
    pool.release(this, pooled, true, keepAliveNanos);
  }

  /** Ends the lease of a connection on which nothing was sent. */
  public void returnUnused() {
    pool.release(this, pooled, false, Long.MAX_VALUE);
  }

  /** Ends the lease and closes the connection, whose state is unknown. */
  public void discard() {
    pool.release(this, pooled, true, 0);
  }
}
