package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The buffers that were lost, as Netty's detector finds them. */
final class Leaks {
  private static final String SONG = "canary";

  private Leaks() {}

  /** What was found before is no matter of this test. */
  static void forget() {
    LeakRecorder.LEAKS.clear();
  }

  /** A buffer is lost on purpose; by its report one knows that the detector has looked. */
  static List<String> found() {
    loseOne();
    for (int i = 0; i < 2000; i++) {
      System.gc();
      PooledByteBufAllocator.DEFAULT
          .directBuffer(8)
          .release(); // the detector looks when it is used
      Optional<String> sung =
          LeakRecorder.LEAKS.stream().filter(leak -> leak.contains(SONG)).findAny();
      if (sung.isPresent()) {
        return LeakRecorder.LEAKS.stream().filter(leak -> !leak.contains(SONG)).toList();
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("the detector finds nothing at all");
  }

  private static void loseOne() {
    ByteBuf lost = PooledByteBufAllocator.DEFAULT.directBuffer(8);
    lost.touch(SONG);
  }
}
