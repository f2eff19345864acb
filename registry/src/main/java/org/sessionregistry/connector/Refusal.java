package org.sessionregistry.connector;

/** Why the pool gives no connection. */
public sealed interface Refusal {
  /**
   * Nothing is free and the queue is full.
   *
   * @param pool the pool at that moment
   * @param ofMember whether only the member's own part of the queue is
   * @param bound what has to be raised for a connection
   */
  record QueueFull(PoolSnapshot pool, boolean ofMember, Bound bound) implements Refusal {}

  /** What keeps a request from a connection. */
  enum Bound {
    /** {@code max-connections}. */
    POOL,
    /** {@code max-connections-per-host}. */
    ROUTE,
    /** {@code max-connections-per-tenant}. */
    MEMBER,
    /** {@code reserved-high} leaves too few. */
    RESERVE,
    /** {@code max-connections} of the registry. */
    BUDGET,
    /** {@code rate-limit.permits}. */
    RATE
  }

  /** The pool is closed. */
  record PoolClosed() implements Refusal {}

  /**
   * The connection that was opened for this request failed.
   *
   * @param failure why
   * @param timing where the time went
   */
  record DialFailed(Dialer.DialFailure failure, Dialer.Timing timing) implements Refusal {}
}
