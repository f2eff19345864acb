package org.sessionregistry;

/** No connection became free within {@code timeout.queue}. */
public final class QueueTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /** Not part of the serial form: it is for the program that sent the request. */
  private final transient PoolStatistics pool;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   * @param pool the pool at that moment
   */
  public QueueTimeoutException(FailureDetail detail, String what, PoolStatistics pool) {
    super(detail, what);
    this.pool = pool;
  }

  /**
   * The pool at the moment of the failure.
   *
   * @return a snapshot
   */
  public PoolStatistics pool() {
    return pool;
  }
}
