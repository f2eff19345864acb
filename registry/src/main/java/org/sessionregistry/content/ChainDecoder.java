package org.sessionregistry.content;

import java.util.Arrays;

/**
 * Two decoders, the second of which is given what the first makes. Confined to the reader of the
 * body.
 */
final class ChainDecoder extends ContentDecoder {
  private static final int BETWEEN = 8 * 1024;

  /** What may be decoded in between without anything coming out: else a bomb costs time. */
  private static final int MOST_FRUITLESS = 16 * 1024 * 1024;

  private final ContentDecoder first;
  private final ContentDecoder second;
  private final byte[] between = new byte[BETWEEN];
  private int fruitless;
  private boolean firstOver;

  ChainDecoder(ContentDecoder first, ContentDecoder second) {
    super("encoded");
    this.first = first;
    this.second = second;
  }

  @Override
  int step(byte[] into, int offset, int length) throws ContentException {
    while (true) {
      int decoded = second.decode(into, offset, length);
      if (decoded > 0) {
        fruitless = 0;
        return decoded;
      }
      if (second.isAtEnd()) {
        return 0;
      }
      int made = first.decode(between, 0, BETWEEN);
      if (made > 0) {
        fruitless += made;
        if (fruitless > MOST_FRUITLESS) {
          throw ContentException.corrupt(
              "more than " + MOST_FRUITLESS + " bytes between two codings decode to nothing");
        }
        second.input(Arrays.copyOf(between, made));
      } else if (first.isAtEnd()) {
        if (firstOver) {
          return 0;
        }
        firstOver = true;
        second.endOfInput();
      } else if (unread() > 0) {
        first.input(Arrays.copyOfRange(part(), position(), position() + unread()));
        skip(unread());
      } else if (inputHasEnded()) {
        first.endOfInput();
      } else {
        return 0;
      }
    }
  }

  @Override
  boolean mayEndHere() {
    return second.isAtEnd();
  }

  @Override
  void free() {
    try {
      first.close();
    } finally {
      second.close();
    }
  }
}
