package org.sessionregistry.content;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * {@code deflate}: zlib (RFC 1950), or the bare data (RFC 1951) that some servers send under that
 * name. The first two bytes tell: no encoder begins bare data with what is a zlib header, because
 * that would be a stored block with bits set in its padding. Confined to the reader of the body.
 */
final class DeflateDecoder extends ContentDecoder {
  private static final int DICTIONARY = 0x20;

  private int first = -1;
  private @Nullable Inflater inflater;
  private boolean complete;

  DeflateDecoder() {
    super("deflate");
  }

  @Override
  int step(byte[] into, int offset, int length) throws ContentException {
    Inflater running = inflater;
    if (running == null) {
      if (first < 0) {
        first = take();
      }
      if (unread() == 0) {
        return 0;
      }
      running = begin(first, part()[position()] & 0xFF);
      inflater = running;
      feedFirst(running, into, offset, length);
    }
    if (complete) {
      return 0;
    }
    int decoded = Inflation.step(running, this, into, offset, length);
    complete = running.finished();
    return decoded;
  }

  private static Inflater begin(int first, int second) throws ContentException {
    boolean zlib =
        (first & 0x0F) == 8 && (first >> 4) <= 7 && (first << 8 | second) % 31 == 0; // RFC 1950 2.2
    if (zlib && (second & DICTIONARY) != 0) {
      throw ContentException.corrupt(
          "the deflate data need a dictionary, which HTTP does not have");
    }
    return new Inflater(!zlib);
  }

  /** The byte that was taken to look at it; by itself it decodes to nothing. */
  private void feedFirst(Inflater running, byte[] into, int offset, int length)
      throws ContentException {
    running.setInput(new byte[] {(byte) first});
    try {
      if (running.inflate(into, offset, length) != 0) {
        throw new IllegalStateException("one byte of deflate data decoded to something");
      }
    } catch (DataFormatException e) {
      throw new ContentException(
          ContentException.Kind.CORRUPT, "not valid deflate data: " + e.getMessage(), e);
    }
  }

  @Override
  boolean mayEndHere() {
    return complete;
  }

  @Override
  void free() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
