package org.sessionregistry.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * The memory that sockets read into and are written from. A registry has its own, which goes with
 * it. Each loop has its part, so that loops do not contend; it is pooled, which costs a twentieth
 * of a small request less than the adaptive allocator of Netty 4.2; and it grows by small steps,
 * because most registries move little at a time.
 */
final class Buffers {
  private static final int PAGE = 8 * 1024;

  /** The step by which it grows is a page, so often doubled: 512 KiB. */
  private static final int DOUBLINGS = 6;

  /** Buffers that a loop keeps at hand of each size below and above a page. */
  private static final int SMALL = 256;

  private static final int NORMAL = 16;

  private Buffers() {}

  static ByteBufAllocator of(int loops) {
    return new PooledByteBufAllocator(true, loops, loops, PAGE, DOUBLINGS, SMALL, NORMAL, false);
  }
}
