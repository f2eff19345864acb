package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that come part by part, as text: what {@link Text#decode} makes of the whole, whatever the
 * parts. A character that is cut in two waits for its rest. Confined to one reader.
 */
final class IncrementalText {
  /** As many bytes as the longest byte order mark has. */
  private static final int MARK = 3;

  private final Charset charset;
  private @Nullable CharsetDecoder decoder;
  private byte[] rest = {};

  IncrementalText(Charset charset) {
    this.charset = charset;
  }

  /** Appends what the part completes. */
  void decode(ByteBuffer part, StringBuilder to) {
    decode(part, false, to);
  }

  /** Appends what is left; nothing may follow. */
  void end(StringBuilder to) {
    decode(ByteBuffer.allocate(0), true, to);
  }

  private void decode(ByteBuffer part, boolean last, StringBuilder to) {
    byte[] joined = Arrays.copyOf(rest, rest.length + part.remaining());
    part.get(joined, rest.length, part.remaining());
    rest = joined;
    CharsetDecoder started = decoder;
    ByteBuffer in = ByteBuffer.wrap(joined);
    if (started == null) {
      if (joined.length < MARK && !last) {
        return;
      }
      started =
          Text.marked(joined, charset)
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE);
      decoder = started;
      in.position(Text.markLength(joined));
    }
    CharBuffer out = CharBuffer.allocate(Math.min(8 * 1024, in.remaining() + 16));
    CoderResult result;
    do {
      result = started.decode(in, out, last);
      append(out, to);
    } while (result.isOverflow());
    if (last) {
      while (started.flush(out).isOverflow()) {
        append(out, to);
      }
      append(out, to);
    }
    rest = Arrays.copyOfRange(joined, in.position(), joined.length);
  }

  private static void append(CharBuffer out, StringBuilder to) {
    to.append(out.flip());
    out.clear();
  }
}
