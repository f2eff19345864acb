package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * What a connection reports of its WebSocket. All calls come from the connection's event loop, one
 * after the other; {@link #ended} comes exactly once and is the last.
 */
public interface FrameEvents {
  /** The frame that {@link WebSocketConnection#read} asked for. */
  void frame(Frame frame);

  /**
   * The peer broke the protocol, in place of the frame that was asked for; none will follow.
   *
   * @param code what to close with (RFC 6455 section 7.4.1)
   * @param message what is wrong, in words
   */
  void violated(int code, String message);

  /**
   * The connection is gone.
   *
   * @param cause what was caught, if anything
   */
  void ended(@Nullable Throwable cause);
}
