package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** What was to be sent or received is not any more: the WebSocket is closed or closing. */
public final class WebSocketClosedException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose WebSocket it was
   * @param what how it was closed
   * @param cause what it failed with, if it did
   */
  public WebSocketClosedException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WEB_SOCKET_CLOSED;
  }
}
