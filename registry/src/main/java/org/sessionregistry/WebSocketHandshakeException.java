package org.sessionregistry;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The server did not open a WebSocket: it answered with another status than 101, or with a 101 that
 * does not keep to RFC 6455 section 4.1. Or the session cannot open one at all.
 */
public final class WebSocketHandshakeException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  /** The status, 0 without an answer. */
  private final int status;

  /** Not part of the serial form: it is for the program that sent the request. */
  private final transient @Nullable Headers headers;

  private final String body;

  /**
   * Describes the failure.
   *
   * @param detail whose WebSocket was to be opened
   * @param what what happened and what to change
   * @param status the status of the answer, 0 without one
   * @param headers the header fields of the answer, if there is one
   * @param body the beginning of the answer's body
   */
  public WebSocketHandshakeException(
      FailureDetail detail, String what, int status, @Nullable Headers headers, String body) {
    super(detail, what, null);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * The status of the answer.
   *
   * @return the status, or empty if there was no answer
   */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * The header fields of the answer.
   *
   * @return the headers; none if there was no answer, and none when the exception comes from
   *     another JVM
   */
  public Headers headers() {
    Headers known = headers;
    return known == null ? Headers.of() : known;
  }

  /**
   * The beginning of the answer's body, read as UTF-8: at most 2 KiB, and what came at once. It is
   * not part of the message, because it may hold what is not for a log.
   *
   * @return the text, empty if there is none
   */
  public String body() {
    return body;
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WEB_SOCKET_HANDSHAKE;
  }
}
