package org.sessionregistry;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hears what comes on a WebSocket, part by part; {@link WebSocketMessageListener} hears whole
 * messages.
 *
 * <p><b>Back-pressure:</b> the stage that a method returns says when the listener is ready for
 * more. Until it completes no method is called and the socket is not read, so that the peer is
 * slowed down; its pings are not answered meanwhile either. {@link #READY} is a stage for those who
 * are ready at once.
 *
 * <p><b>Threads:</b> the methods are called one after the other, on a thread of the registry that
 * must not be blocked. Who has to block returns a stage that another thread completes.
 *
 * <p><b>End:</b> exactly one of {@link #onClose} and {@link #onFailure} is called, and it is the
 * last. A method that throws, or whose stage fails, closes the WebSocket with 1011, and {@link
 * #onFailure} hears of it.
 */
public interface WebSocketListener {
  /** Ready for more at once. */
  CompletionStage<?> READY = CompletableFuture.completedFuture(null);

  /**
   * Joins the parts of messages.
   *
   * @param listener hears whole messages
   * @return a listener for one WebSocket
   */
  static WebSocketListener ofMessages(WebSocketMessageListener listener) {
    return new JoiningListener(listener);
  }

  /**
   * The WebSocket is open, and nothing has been read yet.
   *
   * @param socket the WebSocket
   * @return completes when messages are welcome
   */
  default CompletionStage<?> onOpen(WebSocketSession socket) {
    return READY;
  }

  /**
   * A part of a message of text. Where parts end says nothing: the peer, and whatever is on the
   * way, cut messages as they like, though never within a character.
   *
   * @param socket the WebSocket
   * @param part the part, which may be empty if it is the last one
   * @param last whether it ends the message
   * @return completes when the next call is welcome
   */
  default CompletionStage<?> onText(WebSocketSession socket, CharSequence part, boolean last) {
    return READY;
  }

  /**
   * A part of a message of bytes.
   *
   * @param socket the WebSocket
   * @param part the part, which may be empty if it is the last one; the listener's to keep
   * @param last whether it ends the message
   * @return completes when the next call is welcome
   */
  default CompletionStage<?> onBinary(WebSocketSession socket, ByteBuffer part, boolean last) {
    return READY;
  }

  /**
   * A ping came; the pong has been sent.
   *
   * @param socket the WebSocket
   * @param data its data, at most 125 bytes
   * @return completes when the next call is welcome
   */
  default CompletionStage<?> onPing(WebSocketSession socket, ByteBuffer data) {
    return READY;
  }

  /**
   * A pong came, asked for or not.
   *
   * @param socket the WebSocket
   * @param data its data, at most 125 bytes
   * @return completes when the next call is welcome
   */
  default CompletionStage<?> onPong(WebSocketSession socket, ByteBuffer data) {
    return READY;
  }

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
