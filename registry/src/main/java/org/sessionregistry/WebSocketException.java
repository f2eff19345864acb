package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** What can go wrong with a WebSocket and with nothing else; each kind is a type of its own. */
public abstract sealed class WebSocketException extends SessionException
    permits WebSocketClosedException,
        WebSocketHandshakeException,
        WebSocketListenerException,
        WebSocketMessageTooLargeException,
        WebSocketPingTimeoutException,
        WebSocketProtocolException {
  private static final long serialVersionUID = 1L;

  WebSocketException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }
}
