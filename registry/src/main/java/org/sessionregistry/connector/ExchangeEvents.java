package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * What a connection reports of one exchange. All calls come from the connection's event loop, in
 * this order; either {@link #ended} or {@link #failed} comes exactly once and is the last.
 */
public interface ExchangeEvents {
  /** Body bytes were written to the socket. */
  void written(long bytes);

  /** The whole request was written to the socket. */
  void requestSent();

  /**
   * Status and headers of the final response are here.
   *
   * @param version {@code HTTP/1.1}
   * @param headers name, value, name, value, …; handed over
   */
  void head(String version, int status, String reason, String[] headers);

  /**
   * A part of the body is here.
   *
   * @param bytes the part; handed over
   * @return whether to read on; after false, {@link Connection#resume()} does
   */
  boolean data(byte[] bytes);

  /**
   * The response is complete.
   *
   * @param keepAliveNanos how long the peer keeps the connection for another request: {@link
   *     Long#MAX_VALUE} when it does not say, 0 when it must be closed
   */
  void ended(long keepAliveNanos);

  /** The exchange cannot be finished, and its connection is closed or closing. */
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
      /** Closed before the first byte of a response: the peer may never have seen the request. */
      CLOSED_UNANSWERED,
      /** Closed within the response's head. */
      CLOSED_EARLY,
      /** Closed within the body. */
      TRUNCATED,
      /** Not HTTP. */
      INVALID,
      /** More headers than allowed. */
      HEADERS_TOO_LARGE,
      /** The request's own body failed. */
      REQUEST_BODY,
      /** The reader gave the rest of the body up. */
      DISCARDED
    }
  }
}
