package org.sessionregistry.exchange;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

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
  }

  private void put(byte[] bytes) {
    input = bytes;
    inflater.setInput(bytes);
  }

  /** The next piece of the fragment; null when it is used up. */
  byte @Nullable [] next() throws WebSocketViolation {
    try {
      while (true) {
        int length = inflater.inflate(buffer);
        if (length > 0) {
          return Arrays.copyOf(buffer, length);
        }
        if (inflater.finished()) {
          beginAnew();
        } else if (inflater.needsDictionary()) {
          throw new DataFormatException("a dictionary is needed");
        } else if (tailToCome) {
          tailToCome = false;
          put(TAIL);
        } else {
          if (last && forgetful) {
            inflater.reset();
          }
          return null;
        }
      }
    } catch (DataFormatException e) {
      throw new WebSocketViolation(
          CloseCodes.INVALID_DATA, "a message cannot be decompressed: " + e.getMessage());
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
