package org.sessionregistry;

/** Nothing came of the peer between two pings, not even a pong. */
public final class WebSocketPingTimeoutException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose WebSocket failed
   * @param what what happened and what to change
   */
  public WebSocketPingTimeoutException(FailureDetail detail, String what) {
    super(detail, what, null);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WEB_SOCKET_PING_TIMEOUT;
  }
}
