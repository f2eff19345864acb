package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The listener failed, so that the WebSocket was closed with 1011; the cause is what it threw. */
public final class WebSocketListenerException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose WebSocket failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public WebSocketListenerException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WEB_SOCKET_LISTENER;
  }
}
