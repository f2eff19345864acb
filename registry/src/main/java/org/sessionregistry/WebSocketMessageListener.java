package org.sessionregistry;

import java.util.concurrent.CompletionStage;

/**
 * Hears whole messages of a WebSocket, each at most {@code maxMessageSize} large. What is said of
 * {@link WebSocketListener} about back-pressure, threads and the end holds for it too.
 */
@FunctionalInterface
public interface WebSocketMessageListener {
  /**
   * The WebSocket is open, and nothing has been read yet.
   *
   * @param socket the WebSocket
   * @return completes when messages are welcome
   */
  default CompletionStage<?> onOpen(WebSocketSession socket) {
    return WebSocketListener.READY;
  }

  /**
   * A message.
   *
   * @param socket the WebSocket
   * @param message text or bytes
   * @return completes when the next message is welcome
   */
  CompletionStage<?> onMessage(WebSocketSession socket, WebSocketMessage message);

  /**
   * The WebSocket is closed, by whichever side began.
   *
   * @param socket the WebSocket
   * @param close code and reason
   */
  default void onClose(WebSocketSession socket, WebSocketClose close) {}

  /**
   * The WebSocket failed and is closed.
   *
   * @param socket the WebSocket
   * @param failure what happened
   */
  default void onFailure(WebSocketSession socket, SessionException failure) {}
}
