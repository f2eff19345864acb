package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads text that comes in parts which end within characters, and refuses what is not UTF-8 as soon
 * as it shows (RFC 6455 section 8.1). For one thread at a time.
 */
final class Utf8 {
  private static final byte[] NOTHING = {};

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private byte[] begun = NOTHING;

  /**
   * The characters that are complete.
   *
   * @param last whether the text ends here; then another may begin
   */
  String decode(byte[] part, boolean last) throws CharacterCodingException {
    ByteBuffer in = ByteBuffer.wrap(begun.length == 0 ? part : joined(part));
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result = decoder.decode(in, out, last);
    if (result.isError()) {
      result.throwException();
    }
    if (in.hasRemaining()) {
      begun = new byte[in.remaining()];
      in.get(begun);
    } else {
      begun = NOTHING;
    }
    if (last) {
      decoder.reset();
    }
    return out.flip().toString();
  }

  private byte[] joined(byte[] part) {
    return ByteBuffer.allocate(begun.length + part.length).put(begun).put(part).array();
  }

  /**
   * Text as it is sent.
   *
   * @throws IllegalArgumentException if it has half of a surrogate pair
   */
  static byte[] encode(CharSequence text) {
    try {
      ByteBuffer out = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[out.remaining()];
      out.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "the text has half of a surrogate pair, which cannot be sent as UTF-8", e);
    }
  }
}
