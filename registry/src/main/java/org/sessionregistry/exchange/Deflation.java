package org.sessionregistry.exchange;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses messages that go out (RFC 7692 section 7.2.1). It holds memory outside the heap until
 * it is closed. Confined to the connection's event loop.
 */
final class Deflation implements AutoCloseable {
  /** What is left of a block without data when its end is cut off (section 7.2.3.6). */
  private static final byte[] EMPTY_BLOCK = {0};

  private static final int TAIL = 4;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final boolean forgetful;
  private final byte[] buffer = new byte[8 * 1024];

  /**
   * A compressor for one WebSocket.
   *
   * @param forgetful whether each message stands for itself
   */
  Deflation(boolean forgetful) {
    this.forgetful = forgetful;
  }

  /** The compressed form of a fragment. */
  byte[] deflate(byte[] fragment, boolean last) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(32, fragment.length / 2));
    deflater.setInput(fragment);
    int length;
    do {
      length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, length);
    } while (length == buffer.length);
    byte[] bytes = out.toByteArray();
    if (!last) {
      return bytes;
    }
    if (forgetful) {
      deflater.reset();
    }
    return bytes.length < TAIL ? EMPTY_BLOCK : Arrays.copyOf(bytes, bytes.length - TAIL);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
