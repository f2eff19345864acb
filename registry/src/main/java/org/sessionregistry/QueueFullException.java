package org.sessionregistry;

/** No connection was free and {@code queue.max-size} requests were waiting already. */
public final class QueueFullException extends SessionException {
  private static final long serialVersionUID = 1L;

  /** Not part of the serial form: it is for the program that sent the request. */
  private final transient PoolStatistics pool;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param pool the pool at that moment
   */
  public QueueFullException(FailureDetail detail, String what, PoolStatistics pool) {
    super(detail, what, null);
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
