package org.sessionregistry.exchange;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses messages that come in (RFC 7692 section 7.2.2), a piece at a time, so that a small
 * frame cannot fill the memory. It holds memory outside the heap until it is closed. Confined to
 * the connection's event loop.
 */
final class Inflation implements AutoCloseable {
  private static final int PIECE = 16 * 1024;

  /** What the sender has cut off. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private final Inflater inflater = new Inflater(true);
  private final boolean forgetful;
  private final byte[] buffer = new byte[PIECE];
  private byte[] input = {};
  private boolean tailToCome;
  private boolean last;
  private boolean usedUp;

  /**
   * A decompressor for one WebSocket.
   *
   * @param forgetful whether each message stands for itself
   */
  Inflation(boolean forgetful) {
    this.forgetful = forgetful;
  }

  /** Takes the next fragment of a message; the one before has been used up. */
  void take(byte[] fragment, boolean endsMessage) {
    put(fragment);
    last = endsMessage;
    tailToCome = endsMessage;
    usedUp = false;
  }

  private void put(byte[] bytes) {
    input = bytes;
    inflater.setInput(bytes);
  }

  /**
   * The next piece of the fragment; after it the fragment may be {@linkplain #isUsedUp used up}.
   */
  byte[] next() throws WebSocketViolation {
    try {
      int filled = 0;
      while (filled < buffer.length && !usedUp) {
        int length = inflater.inflate(buffer, filled, buffer.length - filled);
        filled += length;
        if (length == 0) {
          goOn();
        }
      }
      return Arrays.copyOf(buffer, filled);
    } catch (DataFormatException e) {
      throw new WebSocketViolation(
          CloseCodes.INVALID_DATA, "a message cannot be decompressed: " + e.getMessage());
    }
  }

  boolean isUsedUp() {
    return usedUp;
  }

  /** Nothing comes of what was put in. */
  private void goOn() throws DataFormatException {
    if (inflater.finished()) {
      beginAnew();
    } else if (inflater.needsDictionary()) {
      throw new DataFormatException("a dictionary is needed");
    } else if (tailToCome) {
      tailToCome = false;
      put(TAIL);
    } else {
      usedUp = true;
      if (last && forgetful) {
        inflater.reset();
      }
    }
  }

  /** A block was marked as the last one, and others follow (section 7.2.3.4). */
  private void beginAnew() {
    int left = inflater.getRemaining();
    byte[] rest = Arrays.copyOfRange(input, input.length - left, input.length);
    inflater.reset();
    put(rest);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
