package org.sessionregistry;

/** A whole message of a WebSocket, fragments joined. */
public sealed interface WebSocketMessage {
  /**
   * A message of text.
   *
   * @param text the text
   */
  record Text(String text) implements WebSocketMessage {}

  /**
   * A message of bytes.
   *
   * @param bytes the bytes; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Binary(byte[] bytes) implements WebSocketMessage {}
}
