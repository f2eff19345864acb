package org.sessionregistry.connector;

/** Why the pool gives no connection. */
public sealed interface Refusal {
  /**
   * Nothing is free and the queue is full.
   *
   * @param pool the pool at that moment
   * @param ofMember whether only the member's own part of the queue is
   */
  record QueueFull(PoolSnapshot pool, boolean ofMember) implements Refusal {}

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
