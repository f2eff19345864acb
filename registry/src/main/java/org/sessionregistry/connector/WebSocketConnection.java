package org.sessionregistry.connector;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a {@linkplain Route#forWebSocket() route for WebSockets}. It serves one exchange,
 * the opening handshake, and carries frames once that is answered with 101. Its rule: nothing is
 * read that was not asked for.
 *
 * <p>All but {@link #execute} and the methods of {@link Connection} must be called on its event
 * loop; the events come there.
 */
public interface WebSocketConnection extends Connection {
  /**
   * From now on there are frames. Called from within {@link ExchangeEvents#head}, whose status is
   * 101; that exchange hears nothing any more.
   *
   * @param events hears of the frames
   * @param maxPayload the most bytes that a frame may carry
   * @param compression whether messages may be compressed (RSV1); without, no reserved bit may be
   *     set
   */
  void switchToFrames(FrameEvents events, int maxPayload, boolean compression);

  /**
   * Runs a task on the event loop; any thread may call it.
   *
   * @return false if the loop has ended, and with it the connection
   */
  boolean execute(Runnable task);

  /** Asks for one more frame, or to hear that there is none. */
  void read();

  /**
   * Writes a frame, masked, when {@link #flush} is called.
   *
   * @param written told once whether it was written to the socket: null, or what was caught
   */
  void write(Frame frame, Consumer<@Nullable Throwable> written);

  /** Sends what was written. */
  void flush();

  /**
   * There is nothing more to say: what still comes is read away until the peer closes the
   * connection, or until the time is over.
   */
  void finish(long millis);
}
