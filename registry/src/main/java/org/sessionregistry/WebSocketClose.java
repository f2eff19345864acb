package org.sessionregistry;

/**
 * How a WebSocket was closed.
 *
 * @param code the code of the peer's close frame (RFC 6455 section 7.4); {@link #NO_CODE} if it had
 *     none, {@link #ABNORMAL} if no close frame came
 * @param reason the reason of the peer's close frame; without one, what happened
 */
public record WebSocketClose(int code, String reason) {
  /** The code of a WebSocket that has done what it was for. */
  public static final int NORMAL = 1000;

  /** The code of an end that goes away. */
  public static final int GOING_AWAY = 1001;

  /** A close frame came that has no code; never sent. */
  public static final int NO_CODE = 1005;

  /** No close frame came; never sent. */
  public static final int ABNORMAL = 1006;

  /** {@code 1000 (bye)}. */
  @Override
  public String toString() {
    return reason.isEmpty() ? Integer.toString(code) : code + " (" + reason + ")";
  }
}
