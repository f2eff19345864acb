package org.sessionregistry.content;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code zstd} (RFC 8878) with zstd-jni, which no other class meets: one frame or several, with
 * windows of at most 8 MiB (RFC 9659). Confined to the reader of the body.
 */
final class ZstdDecoder extends ContentDecoder {
  /** The power of two that RFC 9659 section 3 allows. */
  private static final int LARGEST_WINDOW = 23;

  private final ZstdInputStreamNoFinalizer stream;

  ZstdDecoder() {
    super("zstd");
    try {
      stream =
          new ZstdInputStreamNoFinalizer(new Unread())
              .setContinuous(true)
              .setLongMax(LARGEST_WINDOW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the library and its native part are there; loads them. */
  static boolean isAvailable() {
    Native.load();
    return Native.isLoaded();
  }

  @Override
  int step(byte[] into, int offset, int length) throws ContentException {
    boolean last = inputHasEnded() && unread() == 0;
    try {
      stream.setContinuous(!last); // then an unfinished frame is a mistake
      return Math.max(0, stream.read(into, offset, length));
    } catch (ZstdIOException e) {
      if (last && String.valueOf(e.getMessage()).startsWith("Truncated")) {
        throw ContentException.truncated("zstd");
      }
      throw corrupt(e);
    } catch (IOException e) {
      throw corrupt(e);
    }
  }

  private static ContentException corrupt(IOException e) {
    return new ContentException(
        ContentException.Kind.CORRUPT, "not valid Zstandard data: " + e.getMessage(), e);
  }

  /** An unfinished frame has been found by then. */
  @Override
  boolean mayEndHere() {
    return true;
  }

  @Override
  void free() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a source that cannot fail
    }
  }

  /** The decoder's unread input, as the library wants it. */
  private final class Unread extends InputStream {
    @Override
    public int read() {
      return unread() == 0 ? -1 : take();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int taken = Math.min(length, unread());
      if (taken == 0) {
        return -1;
      }
      System.arraycopy(part(), position(), into, offset, taken);
      ZstdDecoder.this.skip(taken);
      return taken;
    }

    @Override
    public int available() {
      return unread();
    }
  }
}
