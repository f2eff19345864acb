package org.sessionregistry.cdi.restclient;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An entity on its way from a writer that blocks to an exchange that asks for it part by part.
 * Nothing is kept: a part is handed over when it is asked for, and until then the writer waits. One
 * thread writes; any thread asks, and says how the exchange has ended.
 */
final class EntityPipe implements Flow.Publisher<ByteBuffer> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private Flow.@Nullable Subscriber<? super ByteBuffer> reader;

  @GuardedBy("lock")
  private long wanted;

  @GuardedBy("lock")
  private boolean cancelled;

  /** Whether it is known what became of the exchange. */
  @GuardedBy("lock")
  private boolean decided;

  /** Why the exchange failed. */
  @GuardedBy("lock")
  private @Nullable Throwable failure;

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    boolean first;
    lock.lock();
    try {
      first = reader == null;
      if (first) {
        reader = subscriber;
      }
    } finally {
      lock.unlock();
    }
    if (first) {
      subscriber.onSubscribe(new Demand());
    } else {
      subscriber.onSubscribe(new NoDemand());
      subscriber.onError(new IllegalStateException("an entity that is streamed is written once"));
    }
  }

  /**
   * Hands over a part, as soon as it is asked for. When the answer has come before the end of the
   * entity, nobody asks any more, and the rest is dropped.
   *
   * @throws IOException if the exchange has failed; its cause says why
   */
  void write(ByteBuffer part) throws IOException {
    Flow.Subscriber<? super ByteBuffer> to = awaitDemand();
    if (to != null) {
      to.onNext(part);
    }
  }

  /** Null if nobody wants it any more. */
  private Flow.@Nullable Subscriber<? super ByteBuffer> awaitDemand() throws IOException {
    lock.lock();
    try {
      while (true) {
        if (failure != null) {
          throw new IOException("the request has failed", failure);
        }
        if (cancelled && decided) {
          return null;
        }
        if (wanted > 0 && !cancelled) {
          wanted--;
          return reader;
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing follows. */
  void complete() {
    Flow.Subscriber<? super ByteBuffer> to = open();
    if (to != null) {
      to.onComplete();
    }
  }

  /** The writer could not go on. */
  void fail(Throwable why) {
    Flow.Subscriber<? super ByteBuffer> to = open();
    if (to != null) {
      to.onError(why);
    }
  }

  /** The exchange has a response, or has failed. */
  void decided(@Nullable Throwable why) {
    lock.lock();
    try {
      decided = true;
      failure = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Flow.@Nullable Subscriber<? super ByteBuffer> open() {
    lock.lock();
    try {
      return cancelled ? null : reader;
    } finally {
      lock.unlock();
    }
  }

  private final class Demand implements Flow.Subscription {
    @Override
    public void request(long count) {
      lock.lock();
      try {
        wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void cancel() {
      lock.lock();
      try {
        cancelled = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class NoDemand implements Flow.Subscription {
    @Override
    public void request(long count) {
      // There is nothing to ask for.
    }

    @Override
    public void cancel() {
      // There is nothing to cancel.
    }
  }
}
