package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The peer broke the protocol of WebSockets (RFC 6455, RFC 7692); it was told so. */
public final class WebSocketProtocolException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose WebSocket failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public WebSocketProtocolException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WEB_SOCKET_PROTOCOL;
  }
}
