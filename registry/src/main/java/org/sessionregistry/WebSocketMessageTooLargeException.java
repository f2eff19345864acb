package org.sessionregistry;

/** A message is larger than {@code maxMessageSize}; the WebSocket was closed with 1009. */
public final class WebSocketMessageTooLargeException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose WebSocket failed
   * @param what what happened and what to change
   */
  public WebSocketMessageTooLargeException(FailureDetail detail, String what) {
    super(detail, what, null);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WEB_SOCKET_MESSAGE_TOO_LARGE;
  }
}
