package org.sessionregistry.exchange;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.Headers;
import org.sessionregistry.SessionException;
import org.sessionregistry.WebSocketClosedException;
import org.sessionregistry.WebSocketHandshakeException;
import org.sessionregistry.WebSocketListenerException;
import org.sessionregistry.WebSocketMessageTooLargeException;
import org.sessionregistry.WebSocketPingTimeoutException;
import org.sessionregistry.WebSocketProtocolException;
import org.sessionregistry.settings.SessionSettings;

/** Every message that a WebSocket, and nothing else, can fail with. Immutable. */
final class WebSocketFailures {
  private final String session;

  WebSocketFailures(SessionSettings settings) {
    this.session = settings.name();
  }

  SessionException needsHttp1(FailureDetail detail) {
    return new WebSocketHandshakeException(
        detail,
        "a WebSocket needs HTTP/1.1, and client-session."
            + session
            + ".http-version=2 allows nothing but HTTP/2; set it to auto, or use another session",
        0,
        null,
        "");
  }

  SessionException refused(
      FailureDetail detail, int status, String reason, Headers headers, String body) {
    return new WebSocketHandshakeException(
        detail,
        "the server did not open a WebSocket: it answered "
            + (status + " " + reason).strip()
            + " in place of 101",
        status,
        headers,
        body);
  }

  SessionException notAgreed(FailureDetail detail, Headers headers, String why) {
    return new WebSocketHandshakeException(
        detail, "the server's 101 does not keep to RFC 6455 section 4.1: " + why, 101, headers, "");
  }

  SessionException violation(FailureDetail detail, int code, String what, int maxMessage) {
    return code == CloseCodes.TOO_LARGE
        ? new WebSocketMessageTooLargeException(
            detail,
            "a message is larger than "
                + maxMessage
                + " bytes, and the WebSocket was closed with 1009; raise maxMessageSize, or"
                + " client-session."
                + session
                + ".limits.buffered-body")
        : new WebSocketProtocolException(
            detail, what + "; the WebSocket was closed with " + code, null);
  }

  SessionException lost(FailureDetail detail, @Nullable Throwable cause) {
    return new ConnectionLostException(
        detail,
        "the connection was closed without a close frame"
            + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage()),
        cause);
  }

  SessionException noPong(FailureDetail detail, Duration interval) {
    return new WebSocketPingTimeoutException(
        detail,
        "nothing came of the peer within pingInterval=" + interval.toMillis() + "ms of a ping");
  }

  SessionException listener(FailureDetail detail, Throwable cause) {
    return new WebSocketListenerException(
        detail, "the listener failed, and the WebSocket was closed with 1011: " + cause, cause);
  }

  SessionException closed(FailureDetail detail, @Nullable Throwable cause) {
    return new WebSocketClosedException(
        detail, "the WebSocket is closed or closing; nothing was sent", cause);
  }
}
