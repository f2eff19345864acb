package org.sessionregistry.content;

import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * {@code gzip} (RFC 1952): one member or several, with their checksums and lengths. Zeros after the
 * last member are padding; anything else there is refused. Confined to the reader of the body.
 */
final class GzipDecoder extends ContentDecoder {
  private enum State {
    HEADER,
    DATA,
    TRAILER,
    BETWEEN
  }

  private static final int TRAILER_BYTES = 8;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private State state = State.HEADER;
  private GzipHeader header = new GzipHeader();
  private long size;
  private long trailer;
  private int trailerBytes;

  GzipDecoder() {
    super("gzip");
  }

  @Override
  int step(byte[] into, int offset, int length) throws ContentException {
    while (true) {
      if (state == State.DATA) {
        int decoded = Inflation.step(inflater, this, into, offset, length);
        crc.update(into, offset, decoded);
        size += decoded;
        if (inflater.finished()) {
          state = State.TRAILER;
        }
        if (decoded > 0 || state == State.DATA) {
          return decoded;
        }
      } else if (unread() == 0) {
        return 0;
      } else {
        frame(take());
      }
    }
  }

  /** A byte before or after the data of a member. */
  private void frame(int value) throws ContentException {
    if (state == State.BETWEEN && value != 0) {
      header = new GzipHeader();
      state = State.HEADER;
    }
    if (state == State.HEADER) {
      header.add(value);
      if (header.isDone()) {
        state = State.DATA;
      }
    } else if (state == State.TRAILER) {
      trailer |= (long) value << (8 * trailerBytes);
      if (++trailerBytes == TRAILER_BYTES) {
        checkMember();
        nextMember();
      }
    }
  }

  private void checkMember() throws ContentException {
    if ((trailer & 0xFFFFFFFFL) != crc.getValue()) {
      throw ContentException.corrupt("the checksum of the gzip data is wrong");
    }
    if (trailer >>> 32 != (size & 0xFFFFFFFFL)) {
      throw ContentException.corrupt("the length of the gzip data is wrong");
    }
  }

  private void nextMember() {
    inflater.reset();
    crc.reset();
    size = 0;
    trailer = 0;
    trailerBytes = 0;
    state = State.BETWEEN;
  }

  @Override
  boolean mayEndHere() {
    return state == State.BETWEEN;
  }

  @Override
  void free() {
    inflater.end();
  }
}
