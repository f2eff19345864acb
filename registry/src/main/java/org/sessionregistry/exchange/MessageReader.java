package org.sessionregistry.exchange;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Frame;

/**
 * Makes parts of messages out of frames: decompressed, text checked, and never more of one message
 * than allowed. Confined to the connection's event loop.
 */
final class MessageReader {
  /**
   * A part of a message.
   *
   * @param text its characters; null in a message of bytes
   * @param bytes its bytes
   * @param last whether it ends the message
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Part(@Nullable String text, byte[] bytes, boolean last) {}

  private final int maxMessage;
  private final @Nullable Inflation inflation;
  private final Utf8 utf8 = new Utf8();

  /** The message that has begun: its opcode, 0 for none. */
  private int opcode;

  private boolean compressed;
  private long size;

  /** The frame in hand; null when it is used up. */
  private @Nullable Frame frame;

  MessageReader(int maxMessage, @Nullable Inflation inflation) {
    this.maxMessage = maxMessage;
    this.inflation = inflation;
  }

  /** Takes a frame of data; the one before has been used up. */
  void take(Frame next) throws WebSocketViolation {
    boolean goesOn = next.opcode() == Frame.CONTINUATION;
    if (goesOn == (opcode == 0)) {
      throw new WebSocketViolation(
          CloseCodes.PROTOCOL_ERROR,
          goesOn
              ? "a message goes on that has not begun"
              : "a message begins before the last one has ended");
    }
    if (!goesOn) {
      opcode = next.opcode();
      compressed = next.compressed();
      size = 0;
    }
    frame = next;
    if (compressed) {
      inflation().take(next.payload(), next.last());
    }
  }

  private Inflation inflation() throws WebSocketViolation {
    Inflation mine = inflation;
    if (mine == null) {
      throw new WebSocketViolation(
          CloseCodes.PROTOCOL_ERROR, "a message is compressed, which was not agreed on");
    }
    return mine;
  }

  /** The next part of the frame in hand; null when another frame is needed. */
  @Nullable Part next() throws WebSocketViolation {
    Frame current = frame;
    while (current != null) {
      byte[] bytes = compressed ? inflation().next() : current.payload();
      boolean usedUp = !compressed || inflation().isUsedUp();
      size += bytes.length;
      if (size > maxMessage) {
        throw new WebSocketViolation(
            CloseCodes.TOO_LARGE, "a message is larger than " + maxMessage + " bytes");
      }
      boolean last = usedUp && current.last();
      String text = opcode == Frame.TEXT ? decode(bytes, last) : null;
      if (usedUp) {
        frame = null;
        current = null;
      }
      if (last) {
        opcode = 0;
      }
      if (last || (text == null ? bytes.length > 0 : !text.isEmpty())) {
        return new Part(text, bytes, last);
      }
    }
    return null;
  }

  private String decode(byte[] bytes, boolean last) throws WebSocketViolation {
    try {
      return utf8.decode(bytes, last);
    } catch (CharacterCodingException e) {
      throw new WebSocketViolation(CloseCodes.INVALID_DATA, "a message of text is not UTF-8");
    }
  }
}
