package org.sessionregistry;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An open WebSocket (RFC 6455). It holds a connection of its session's pool until it is closed; the
 * session's closing closes it with 1001. Thread-safe.
 *
 * <p><b>Sending:</b> each method has two forms. The asynchronous one returns a future that
 * completes when the frame was written to the socket: whoever waits for it before sending more has
 * back-pressure. The blocking one waits for it. Messages are sent in the order of the calls, and
 * whole ones of several threads never mix. A message can also be sent in fragments, by one thread
 * at a time: until its last one, whole messages of others wait; pings, pongs and the close do not.
 *
 * <p>After the close frame was sent or the WebSocket failed, sending fails with {@link
 * WebSocketClosedException}. The data of a call must not be changed before its future completes.
 */
public interface WebSocketSession extends AutoCloseable {
  /**
   * Where it leads.
   *
   * @return the absolute URI, with the scheme {@code ws} or {@code wss}
   */
  URI uri();

  /**
   * The subprotocol that the server chose.
   *
   * @return one of those offered, or empty
   */
  Optional<String> subprotocol();

  /**
   * The header fields of the server's answer to the opening handshake.
   *
   * @return the headers
   */
  Headers headers();

  /**
   * Whether messages can be compressed, because both sides agreed (RFC 7692).
   *
   * @return true if they can
   */
  boolean isCompressed();

  /**
   * Whether nothing more can be sent.
   *
   * @return true once a close frame was or is about to be sent, or the WebSocket failed
   */
  boolean isOutputClosed();

  /**
   * Whether nothing more will come.
   *
   * @return true once a close frame came or the WebSocket failed
   */
  boolean isInputClosed();

  /**
   * Sends a message of text.
   *
   * @param message the text
   * @return completes when it was written to the socket
   * @throws IllegalArgumentException if it has half of a surrogate pair
   */
  CompletableFuture<Void> sendTextAsync(CharSequence message);

  /**
   * Sends a fragment of a message of text.
   *
   * @param part the fragment, which may be empty
   * @param last whether it ends the message
   * @return completes when it was written to the socket; fails with {@link IllegalStateException}
   *     within a message of bytes
   * @throws IllegalArgumentException if it has half of a surrogate pair
   */
  CompletableFuture<Void> sendTextAsync(CharSequence part, boolean last);

  /**
   * Sends a message of bytes.
   *
   * @param message what remains of the buffer; it is taken
   * @return completes when it was written to the socket
   */
  CompletableFuture<Void> sendBinaryAsync(ByteBuffer message);

  /**
   * Sends a fragment of a message of bytes.
   *
   * @param part what remains of the buffer, which may be nothing; it is taken
   * @param last whether it ends the message
   * @return completes when it was written to the socket; fails with {@link IllegalStateException}
   *     within a message of text
   */
  CompletableFuture<Void> sendBinaryAsync(ByteBuffer part, boolean last);

  /**
   * Sends a ping; the peer answers with a pong that carries the same data.
   *
   * @param data at most 125 bytes; taken
   * @return completes when it was written to the socket
   * @throws IllegalArgumentException if there is more
   */
  CompletableFuture<Void> pingAsync(ByteBuffer data);

  /**
   * Sends a pong that nobody asked for. Pings are answered without it.
   *
   * @param data at most 125 bytes; taken
   * @return completes when it was written to the socket
   * @throws IllegalArgumentException if there is more
   */
  CompletableFuture<Void> pongAsync(ByteBuffer data);

  /**
   * Sends a close frame after what was sent before; what comes is still heard until the peer
   * answers it. Closing again changes nothing.
   *
   * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4)
   * @param reason at most 123 bytes in UTF-8
   * @return completes as {@link #closed} does
   * @throws IllegalArgumentException if code or reason is none that can be sent
   */
  CompletableFuture<WebSocketClose> closeAsync(int code, String reason);

  /**
   * Sends a message of text and waits until it was written to the socket.
   *
   * @param message the text
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the message may be sent all the same
   */
  void sendText(CharSequence message) throws IOException, InterruptedException;

  /**
   * Sends a fragment of a message of text and waits until it was written to the socket.
   *
   * @param part the fragment, which may be empty
   * @param last whether it ends the message
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; it may be sent all the same
   */
  void sendText(CharSequence part, boolean last) throws IOException, InterruptedException;

  /**
   * Sends a message of bytes and waits until it was written to the socket.
   *
   * @param message the bytes
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the message may be sent all the same
   */
  void sendBinary(byte[] message) throws IOException, InterruptedException;

  /**
   * Sends a fragment of a message of bytes and waits until it was written to the socket.
   *
   * @param part the fragment, which may be empty
   * @param last whether it ends the message
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; it may be sent all the same
   */
  void sendBinary(byte[] part, boolean last) throws IOException, InterruptedException;

  /**
   * Sends a ping and waits until it was written to the socket, not for the pong.
   *
   * @param data at most 125 bytes
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; it may be sent all the same
   */
  void ping(byte[] data) throws IOException, InterruptedException;

  /**
   * Sends a pong that nobody asked for, and waits until it was written to the socket.
   *
   * @param data at most 125 bytes
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; it may be sent all the same
   */
  void pong(byte[] data) throws IOException, InterruptedException;

  /**
   * Sends a close frame after what was sent before, and waits until the WebSocket is closed.
   *
   * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4)
   * @param reason at most 123 bytes in UTF-8
   * @return what the peer answered
   * @throws IOException the {@link SessionException} that the WebSocket failed with
   * @throws InterruptedException if the thread is interrupted; the closing goes on
   * @throws IllegalArgumentException if code or reason is none that can be sent
   */
  WebSocketClose close(int code, String reason) throws IOException, InterruptedException;

  /**
   * The next message of a WebSocket that was opened without a listener; while nobody asks, at most
   * one message is held and the socket is not read.
   *
   * @return completes with the message, or with nothing once the WebSocket is closed; fails with
   *     what it failed with; cancelling it loses no message
   * @throws IllegalStateException if there is a listener, or the message before has not come yet
   */
  CompletableFuture<Optional<WebSocketMessage>> receiveAsync();

  /**
   * Waits for the next message of a WebSocket that was opened without a listener.
   *
   * @return the message, or nothing once the WebSocket is closed
   * @throws IOException the {@link SessionException} that the WebSocket failed with
   * @throws InterruptedException if the thread is interrupted; no message is lost
   * @throws IllegalStateException if there is a listener, or another thread waits already
   */
  Optional<WebSocketMessage> receive() throws IOException, InterruptedException;

  /**
   * How it was closed.
   *
   * @return completes with the peer's code and reason, or with the {@link SessionException} that it
   *     failed with
   */
  CompletableFuture<WebSocketClose> closed();

  /** Closes the connection at once, without a close frame. */
  void abort();

  /**
   * Closes it with code 1000 and waits until it is closed, or has failed. An interrupt ends the
   * wait, not the closing, and stays set.
   *
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  @Override
  void close();
}
