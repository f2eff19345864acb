package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;

/**
 * A body as a stream whose reads block. One thread reads at a time, as with any stream; closing it,
 * from any thread, closes the response and wakes the reader.
 */
final class BodyStream extends InputStream {
  private static final byte[] NONE = {};

  private final BodySource buffer;

  /** Held so that it is not taken for forgotten while its body is read. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Object response;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private byte @Nullable [] part = NONE;

  @GuardedBy("lock")
  private int at;

  private volatile boolean closed;

  BodyStream(BodySource buffer, Object response) {
    this.response = response;
    this.buffer = buffer;
    buffer.readBy(waking(lock, changed));
  }

  /** The connection holds this, and so not the stream, which could be forgotten. */
  private static Runnable waking(ReentrantLock lock, Condition changed) {
    return () -> {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    if (length == 0) {
      return 0;
    }
    Blocking.refuseOnRegistryThread();
    lock.lock();
    try {
      if (closed) {
        SessionException early = buffer.failure();
        throw early != null ? early : new IOException("the stream was closed");
      }
      byte[] from = current();
      if (from == null) {
        return -1;
      }
      int n = Math.min(length, from.length - at);
      System.arraycopy(from, at, to, offset, n);
      at += n;
      return n;
    } finally {
      lock.unlock();
    }
  }

  /** The part that has bytes left, waiting for it if need be; null at the end. */
  @GuardedBy("lock")
  private byte @Nullable [] current() throws IOException {
    byte[] now = part;
    while (now != null && at == now.length) {
      byte[] next = buffer.poll();
      if (next != null) {
        now = next;
        at = 0;
      } else if (buffer.isOver()) {
        SessionException failure = buffer.failure();
        if (failure != null) {
          throw failure;
        }
        now = null;
      } else {
        await();
      }
      part = now;
    }
    return now;
  }

  @GuardedBy("lock")
  @SuppressWarnings("WaitNotInLoop") // current() loops around it
  private void await() throws InterruptedIOException {
    buffer.want();
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      buffer.close();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while waiting for the body; response closed");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return part == null ? 0 : part.length - at;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    buffer.close();
  }
}
