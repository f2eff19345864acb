package org.sessionregistry.content;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@code br} (RFC 7932) with brotli4j, which no other class meets. Its memory is native: the window
 * of the data, at most 16 MiB. Confined to the reader of the body.
 */
final class BrotliDecoder extends ContentDecoder {
  private static final int INPUT = 8 * 1024;

  private final DecoderJNI.Wrapper decoder;

  /** What the decoder has given and was not taken; a view of its memory. */
  private @Nullable ByteBuffer output;

  private boolean pulled;
  private boolean complete;

  BrotliDecoder() {
    super("br");
    try {
      decoder = new DecoderJNI.Wrapper(INPUT);
    } catch (IOException e) {
      throw new IllegalStateException("no Brotli decoder can be made", e);
    }
  }

  /** Whether the library and its native part are there; loads them. */
  static boolean isAvailable() {
    return Brotli4jLoader.isAvailable();
  }

  @Override
  int step(byte[] into, int offset, int length) throws ContentException {
    while (true) {
      ByteBuffer given = output;
      if (given != null) {
        int taken = Math.min(length, given.remaining());
        given.get(into, offset, taken);
        if (!given.hasRemaining()) {
          output = null; // asking for more makes the view void
        }
        if (taken > 0) {
          return taken;
        }
      }
      if (complete) {
        return 0;
      }
      if (!advance()) {
        return 0;
      }
    }
  }

  /** One step of the decoder; tells whether there was one to do. */
  private boolean advance() throws ContentException {
    switch (decoder.getStatus()) {
      case NEEDS_MORE_OUTPUT -> pull();
      case OK -> decoder.push(0);
      case NEEDS_MORE_INPUT -> {
        if (decoder.hasOutput()) {
          pull();
        } else if (pulled) {
          pulled = false;
          decoder.push(0); // it says so after a pull even if it only lacked room for its output
        } else if (unread() > 0) {
          push();
        } else {
          return false;
        }
      }
      case DONE -> {
        complete = !decoder.hasOutput();
        if (!complete) {
          pull();
        }
      }
      case ERROR -> throw ContentException.corrupt("not valid Brotli data");
    }
    return true;
  }

  private void pull() {
    output = decoder.pull();
    pulled = true;
  }

  private void push() {
    ByteBuffer input = decoder.getInputBuffer();
    input.clear();
    int length = Math.min(unread(), input.remaining());
    input.put(part(), position(), length);
    skip(length);
    decoder.push(length);
  }

  @Override
  boolean mayEndHere() {
    return complete;
  }

  @Override
  void free() {
    output = null;
    decoder.destroy();
  }
}
