package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * What a connection reports of one exchange. All calls come from the connection's event loop, in
 * this order; either {@link #ended} or {@link #failed} comes exactly once and is the last.
 */
public interface ExchangeEvents {
  /**
   * The body of a request that waited for {@code 100 Continue} is begun, told or not. Does not come
   * for another request, nor when the body is not sent.
   */
  default void bodyBegun() {}

  /** Body bytes were written to the socket. */
  void written(long bytes);

  /** The whole request was written to the socket. */
  void requestSent();

  /**
   * A response before the final one, at any time until that comes; never 101.
   *
   * @param headers name, value, name, value, …; handed over
   */
  default void informational(int status, String[] headers) {}

  /**
   * Status and headers of the final response are here.
   *
   * @param version {@code HTTP/1.1} or {@code HTTP/2}
   * @param headers name, value, name, value, …; handed over
   */
  void head(String version, int status, String reason, String[] headers);

  /**
   * A part of the body is here.
   *
   * @param bytes the part; handed over
   * @return whether to read on; after false, {@link Connection#resume} does
   */
  boolean data(byte[] bytes);

  /**
   * What has come together was told, and more may come later. Comes after {@link #head} unless the
   * end came with it, so that what belongs together can be handed on at once.
   */
  default void readComplete() {}

  /**
   * Fields came after the body; {@link #ended} is next.
   *
   * @param fields name, value, name, value, …; handed over
   */
  default void trailers(String[] fields) {}

  /**
   * The response is complete.
   *
   * @param keepAliveNanos how long the peer keeps the connection for another request: {@link
   *     Long#MAX_VALUE} when it does not say, 0 when it must be closed
   */
  void ended(long keepAliveNanos);

  /**
   * The exchange cannot be finished. Its connection is closed or closing, unless it multiplexes:
   * then the others on it go on.
   */
  void failed(WireFailure failure);

  /**
   * Why an exchange failed on the wire.
   *
   * @param kind what happened
   * @param message in words
   * @param cause what was caught, if anything
   */
  record WireFailure(Kind kind, String message, @Nullable Throwable cause) {
    /** What can happen on the wire. */
    public enum Kind {
      /** The connection was found closed before anything of the request was written. */
      NOT_SENT,
      /** The peer says that it did not process the request, which may be sent again (HTTP/2). */
      REFUSED,
      /** Closed before the first byte of a response: the peer may never have seen the request. */
      CLOSED_UNANSWERED,
      /** Closed within the response's head. */
      CLOSED_EARLY,
      /** Closed or reset within the body. */
      TRUNCATED,
      /** The peer gave this exchange up before it answered; the connection goes on (HTTP/2). */
      RESET,
      /** Not HTTP. */
      INVALID,
      /** More headers than allowed. */
      HEADERS_TOO_LARGE,
      /** The proxy wants credentials, or other ones, and forwarded nothing. */
      PROXY_AUTHENTICATION,
      /** The request's own body failed. */
      REQUEST_BODY,
      /** The reader gave the rest of the body up. */
      DISCARDED
    }
  }
}
