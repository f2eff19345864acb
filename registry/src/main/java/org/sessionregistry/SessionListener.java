package org.sessionregistry;

/**
 * Hears of every step of a session's exchanges, and of the end of its connections. All methods do
 * nothing unless they are overridden. They are called on the thread on which the step happens,
 * mostly one of the registry, and must not block; what they throw is logged and has no effect on
 * the exchange. A session without a listener pays nothing for them. WebSockets are not among them:
 * each has a {@link WebSocketListener} of its own. Thread-safe implementations only.
 */
public interface SessionListener {
  /**
   * A request is about to be sent for the first time.
   *
   * @param exchange whose
   */
  default void started(ExchangeView exchange) {}

  /**
   * There is no connection at hand: the request waits for one, in the queue or while one is opened.
   *
   * @param exchange whose
   */
  default void queued(ExchangeView exchange) {}

  /**
   * An attempt has got its connection.
   *
   * @param exchange whose
   * @param connection whether it was there already, and how long opening it took
   */
  default void leased(ExchangeView exchange, ConnectionTimes connection) {}

  /**
   * A request is about to be written to its connection.
   *
   * @param exchange whose
   * @param headers all that is sent, credentials and cookies included; their text form masks them
   */
  default void sending(ExchangeView exchange, Headers headers) {}

  /**
   * A part of the request's body was written to the socket.
   *
   * @param exchange whose
   * @param bytes its length
   */
  default void bodySent(ExchangeView exchange, long bytes) {}

  /**
   * The whole request was written to the socket.
   *
   * @param exchange whose
   */
  default void requestSent(ExchangeView exchange) {}

  /**
   * Status and headers of an answer are here, those of a redirect or a retry too.
   *
   * @param exchange whose
   * @param status the status code
   * @param headers the header fields; their text form masks credentials
   */
  default void responded(ExchangeView exchange, int status, Headers headers) {}

  /**
   * A part of the response's body came in.
   *
   * @param exchange whose
   * @param bytes its length as it was sent, before decompression
   */
  default void bodyReceived(ExchangeView exchange, int bytes) {}

  /**
   * A redirect is followed.
   *
   * @param exchange whose; it still shows where the redirect came from
   * @param redirect the answer that leads elsewhere
   */
  default void redirected(ExchangeView exchange, Redirect redirect) {}

  /**
   * An attempt failed and another one will be made.
   *
   * @param exchange whose
   * @param failed what went wrong, and how long it waits now
   */
  default void retrying(ExchangeView exchange, FailedAttempt failed) {}

  /**
   * An attempt has given its connection back.
   *
   * @param exchange whose
   * @param reusable whether the connection can serve others
   */
  default void released(ExchangeView exchange, boolean reusable) {}

  /**
   * The last byte of the response is here. The end.
   *
   * @param exchange whose
   */
  default void succeeded(ExchangeView exchange) {}

  /**
   * The exchange failed. The end.
   *
   * @param exchange whose
   * @param failure why
   */
  default void failed(ExchangeView exchange, SessionException failure) {}

  /**
   * The application gave the exchange up, or closed its response early. The end.
   *
   * @param exchange whose
   */
  default void cancelled(ExchangeView exchange) {}

  /**
   * A connection was closed, by whichever side, in use or idle; that of a WebSocket too. Heard by
   * the listeners of the session whose settings it was opened with, which ends after it.
   *
   * @param connection what it was
   */
  default void connectionClosed(ClosedConnection connection) {}
}
