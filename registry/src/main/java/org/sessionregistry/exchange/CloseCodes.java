package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.sessionregistry.WebSocketClose;

/** What close frames carry (RFC 6455 sections 5.5.1 and 7.4, and the registry of IANA). */
final class CloseCodes {
  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_DATA = 1007;
  static final int TOO_LARGE = 1009;
  static final int INTERNAL_ERROR = 1011;

  private static final int LONGEST_REASON = 123;

  private CloseCodes() {}

  /** Whether a code may stand in a close frame; others only tell what happened. */
  static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /**
   * The payload of a close frame.
   *
   * @throws IllegalArgumentException if there can be no such frame
   */
  static byte[] payload(int code, String reason) {
    if (!isSendable(code)) {
      throw new IllegalArgumentException(
          "the close code "
              + code
              + " cannot be sent; 1000 to 1003, 1007 to 1014 and 3000 to 4999 can (RFC 6455 section"
              + " 7.4)");
    }
    byte[] text = Utf8.encode(reason);
    if (text.length > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "the reason has "
              + text.length
              + " bytes in UTF-8; at most "
              + LONGEST_REASON
              + " fit into a close frame (RFC 6455 section 5.5)");
    }
    return ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
  }

  /** What a close frame says. */
  static WebSocketClose read(byte[] payload) throws WebSocketViolation {
    if (payload.length == 0) {
      return new WebSocketClose(WebSocketClose.NO_CODE, "");
    }
    if (payload.length == 1) {
      throw new WebSocketViolation(PROTOCOL_ERROR, "a close frame has half a code");
    }
    ByteBuffer in = ByteBuffer.wrap(payload);
    int code = in.getShort() & 0xFFFF;
    if (!isSendable(code)) {
      throw new WebSocketViolation(
          PROTOCOL_ERROR, "a close frame has the code " + code + ", which must not be sent");
    }
    try {
      return new WebSocketClose(code, StandardCharsets.UTF_8.newDecoder().decode(in).toString());
    } catch (CharacterCodingException e) {
      throw new WebSocketViolation(INVALID_DATA, "the reason in a close frame is not UTF-8");
    }
  }
}
