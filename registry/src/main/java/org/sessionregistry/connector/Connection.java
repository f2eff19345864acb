package org.sessionregistry.connector;

/**
 * One connection to a peer, as the transport gives it. It serves one exchange at a time. Any thread
 * may call it; nothing blocks.
 */
public interface Connection {
  /**
   * Sends a request and reports what comes back. Called only by the holder of the lease, and only
   * after the previous exchange has ended.
   */
  void exchange(OutgoingRequest request, ExchangeEvents events);

  /** Reads on after {@link ExchangeEvents#data} asked to stop. */
  void resume();

  /**
   * The reader of an exchange is gone. What remains of the body is thrown away if it is small and
   * already here, so that the exchange still ends well; otherwise the connection is closed and the
   * exchange fails. Does nothing when that exchange has ended.
   */
  void discard(ExchangeEvents exchange);

  /** Closes the connection; an exchange that is not over fails. */
  void close();
}
