package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Deadlines;

/**
 * What of a body has come and was not read yet. Bounded: the socket is not read while it is full,
 * and is again when it is half empty.
 *
 * <p>The event loop puts in, one reader takes out; the lock is held for a few field writes, and
 * neither the connection nor the reader is called under it.
 */
final class BodyBuffer implements BodySource {
  private static final int FULL = 128 * 1024;
  private static final int HALF = FULL / 2;
  private static final byte[] EMPTY = {};

  private final Exchange exchange;
  private final Connection connection;
  private final Attempt attempt;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Deque<byte[]> parts = new ArrayDeque<>(4);

  @GuardedBy("lock")
  private int size;

  @GuardedBy("lock")
  private boolean stopped;

  @GuardedBy("lock")
  private boolean complete;

  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private @Nullable SessionException failure;

  @GuardedBy("lock")
  private Headers trailers = Headers.empty();

  /** Made when somebody asks. */
  @GuardedBy("lock")
  private @Nullable CompletableFuture<Headers> trailersAsked;

  /** Null while there is none yet. */
  @GuardedBy("lock")
  private @Nullable Runnable reader;

  @GuardedBy("lock")
  private Deadlines.@Nullable Deadline deadline;

  BodyBuffer(Exchange exchange, Connection connection, Attempt attempt) {
    this.exchange = exchange;
    this.connection = connection;
    this.attempt = attempt;
  }

  // ---- the event loop -------------------------------------------------------------------------

  /** Puts a part in and tells whether there is room for more. */
  boolean offer(byte[] part) {
    @Nullable Runnable tell;
    boolean full;
    lock.lock();
    try {
      if (closed || failure != null) {
        return true; // nobody will read it
      }
      parts.add(part);
      size += part.length;
      stopped |= size >= FULL;
      full = stopped;
      tell = progress();
    } finally {
      lock.unlock();
    }
    if (tell == null) {
      return !full;
    }
    tell.run();
    return hasRoom(); // the reader may have made some
  }

  /** Whether there is room for more. */
  boolean hasRoom() {
    lock.lock();
    try {
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  void complete(Headers after) {
    @Nullable Runnable tell;
    CompletableFuture<Headers> asked;
    lock.lock();
    try {
      complete = true;
      trailers = after;
      asked = trailersAsked;
      tell = progress();
    } finally {
      lock.unlock();
    }
    if (asked != null) {
      asked.complete(after);
    }
    if (tell != null) {
      tell.run();
    }
  }

  // ---- any thread -----------------------------------------------------------------------------

  void fail(SessionException reason) {
    @Nullable Runnable tell;
    CompletableFuture<Headers> asked;
    lock.lock();
    try {
      if (complete || failure != null) {
        return;
      }
      failure = reason;
      asked = trailersAsked;
      tell = progress();
    } finally {
      lock.unlock();
    }
    if (asked != null) {
      asked.completeExceptionally(reason);
    }
    if (tell != null) {
      tell.run();
    }
  }

  /** What came after the body. */
  Headers trailers() {
    lock.lock();
    try {
      if (!complete) {
        throw new IllegalStateException(
            "the trailers come after the body, and its end has not come; read it first");
      }
      return trailers;
    } finally {
      lock.unlock();
    }
  }

  /** Done when the end has come. */
  CompletableFuture<Headers> trailersAsync() {
    lock.lock();
    try {
      CompletableFuture<Headers> asked = trailersAsked;
      if (asked == null) {
        asked = new CompletableFuture<>();
        trailersAsked = asked;
        if (complete) {
          asked.complete(trailers);
        } else if (failure != null) {
          asked.completeExceptionally(failure);
        }
      }
      return asked.copy();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable Runnable progress() {
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
    return reader;
  }

  @Override
  public void close() {
    if (closeIfReadToTheEnd()) {
      return;
    }
    SessionException gone = exchange.context().failures.readAfterClose(exchange.detail());
    CompletableFuture<Headers> asked;
    boolean running;
    @Nullable Runnable tell;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      running = !complete && failure == null;
      if (failure == null) {
        failure = gone;
      }
      asked = trailersAsked;
      tell = progress();
      parts.clear();
      size = 0;
    } finally {
      lock.unlock();
    }
    if (asked != null) {
      asked.completeExceptionally(gone); // without effect when they have come
    }
    if (running) {
      connection.discard(attempt);
    }
    if (tell != null) {
      tell.run();
    }
  }

  /** The usual case, in which nothing is lost and nobody need be told. */
  private boolean closeIfReadToTheEnd() {
    lock.lock();
    try {
      closed |= complete && parts.isEmpty();
      return closed;
    } finally {
      lock.unlock();
    }
  }

  // ---- the reader -----------------------------------------------------------------------------

  @Override
  public void readBy(Runnable told) {
    lock.lock();
    try {
      reader = told;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public byte @Nullable [] takeWhole(long limit) {
    lock.lock();
    try {
      if (!complete || failure != null || size > limit || parts.size() > 1) {
        return null;
      }
      size = 0;
      byte[] whole = parts.poll();
      return whole == null ? EMPTY : whole;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public byte @Nullable [] poll() {
    byte[] part;
    boolean resume = false;
    lock.lock();
    try {
      part = parts.poll();
      if (part != null) {
        size -= part.length;
        if (stopped && size <= HALF) {
          stopped = false;
          resume = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (resume) {
      connection.resume(attempt);
    }
    return part;
  }

  @Override
  public boolean isOver() {
    lock.lock();
    try {
      return parts.isEmpty() && (complete || failure != null);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable SessionException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void want() {
    Deadlines limit = exchange.context().read;
    if (limit == null) {
      return;
    }
    lock.lock();
    try {
      if (parts.isEmpty() && !complete && failure == null && deadline == null) {
        deadline = limit.add(this::expired);
      }
    } finally {
      lock.unlock();
    }
  }

  private void expired() {
    exchange.failLater(detail -> exchange.context().failures.readTimeout(detail));
  }
}
