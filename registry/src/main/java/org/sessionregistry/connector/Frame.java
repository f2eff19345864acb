package org.sessionregistry.connector;

/**
 * A frame of a WebSocket (RFC 6455 section 5.2), unmasked.
 *
 * @param opcode one of the constants
 * @param last whether it ends its message (FIN)
 * @param compressed whether its message is compressed (RSV1, RFC 7692 section 6)
 * @param payload what it carries; handed over
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Frame(int opcode, boolean last, boolean compressed, byte[] payload) {
  /** Goes on with a message. */
  public static final int CONTINUATION = 0;

  /** Begins a message of text. */
  public static final int TEXT = 1;

  /** Begins a message of bytes. */
  public static final int BINARY = 2;

  /** Ends the WebSocket. */
  public static final int CLOSE = 8;

  /** Asks for a pong. */
  public static final int PING = 9;

  /** Answers a ping, or just says that the peer lives. */
  public static final int PONG = 10;

  /** A control frame. */
  public static Frame control(int opcode, byte[] payload) {
    return new Frame(opcode, true, false, payload);
  }

  /** Whether it stands between messages, or within one, without being part of it. */
  public boolean isControl() {
    return opcode >= CLOSE;
  }
}
