package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import org.sessionregistry.connector.Frame;

/**
 * Puts frames on the wire as a client must: masked, each with a key that nobody can foresee (RFC
 * 6455 sections 5.3 and 10.3). Netty 4.1 takes its keys from a generator that can be foreseen.
 * Confined to the event loop.
 */
final class MaskedFrames {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Keys are drawn in blocks, because each draw has its price. */
  private static final int BLOCK = 256;

  private static final int LONGEST_HEAD = 14;

  private final byte[] random = new byte[BLOCK];
  private int used = BLOCK;

  ByteBuf encode(ByteBufAllocator allocator, Frame frame) {
    byte[] payload = frame.payload();
    int length = payload.length;
    ByteBuf out = allocator.ioBuffer(LONGEST_HEAD + length);
    out.writeByte(frame.opcode() | (frame.last() ? 0x80 : 0) | (frame.compressed() ? 0x40 : 0));
    if (length < 126) {
      out.writeByte(0x80 | length);
    } else if (length <= 0xFFFF) {
      out.writeByte(0x80 | 126).writeShort(length);
    } else {
      out.writeByte(0x80 | 127).writeLong(length);
    }
    int key = key();
    out.writeInt(key);
    int i = 0;
    long twice = ((long) key << 32) | (key & 0xFFFFFFFFL);
    for (; i + 8 <= length; i += 8) {
      out.writeLong(Bytes.longAt(payload, i) ^ twice);
    }
    for (; i < length; i++) {
      out.writeByte(payload[i] ^ (key >> (24 - 8 * (i & 3))));
    }
    return out;
  }

  private int key() {
    if (used == BLOCK) {
      RANDOM.nextBytes(random);
      used = 0;
    }
    int key = Bytes.intAt(random, used);
    used += 4;
    return key;
  }
}
