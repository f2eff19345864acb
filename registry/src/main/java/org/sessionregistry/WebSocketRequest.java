package org.sessionregistry;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a WebSocket is opened with, independent of the session that opens it. Immutable.
 *
 * @param handshake the request that asks for it: a GET whose timeout is that of the whole opening
 * @param subprotocols the subprotocols offered, the preferred one first; none for no choice
 * @param maxMessageSize the most bytes of a message that comes in, decompressed; empty for the
 *     session's {@code limits.buffered-body}
 * @param compression whether messages may be compressed (RFC 7692) if the server agrees
 * @param pingInterval how often the peer is asked whether it lives; zero for never
 * @param closeTimeout how long the peer may take to answer a close frame
 */
public record WebSocketRequest(
    Request handshake,
    List<String> subprotocols,
    OptionalInt maxMessageSize,
    boolean compression,
    Duration pingInterval,
    Duration closeTimeout) {

  /** Keeps a copy of the subprotocols. */
  public WebSocketRequest {
    subprotocols = List.copyOf(subprotocols);
  }
}
