package org.sessionregistry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Publishes bodies one after the other as one: the next is opened when the one before has
 * completed, and nobody is asked for more than the subscriber asked for (Reactive Streams 1.0.4).
 *
 * <p>Signals come from one source at a time, so they never overlap (rule 1.3). Any thread may ask
 * or cancel.
 */
final class ConcatPublisher implements Flow.Publisher<ByteBuffer> {
  private final List<RequestBody> bodies;
  private final Executor blocking;

  ConcatPublisher(List<RequestBody> bodies, Executor blocking) {
    this.bodies = bodies;
    this.blocking = blocking;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber, "a subscriber"); // rule 1.9
    Run run = new Run(subscriber);
    subscriber.onSubscribe(run);
    run.next();
  }

  private final class Run implements Flow.Subscription, Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final AtomicInteger turns = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();

    /** What was asked for and not given yet. */
    @GuardedBy("lock")
    private long demand;

    /** What must not be asked for; the source will say so in its turn (rule 3.9). */
    @GuardedBy("lock")
    private long badDemand = 1;

    @GuardedBy("lock")
    private Flow.@Nullable Subscription source;

    @GuardedBy("lock")
    private boolean cancelled;

    /** Which body is next; confined to the turns. */
    private int next;

    Run(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    // ---- the subscriber -----------------------------------------------------------------------

    @Override
    public void request(long n) {
      Flow.Subscription from;
      lock.lock();
      try {
        if (n <= 0) {
          badDemand = n;
        } else {
          demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        }
        from = source;
      } finally {
        lock.unlock();
      }
      if (from != null) {
        from.request(n);
      }
    }

    @Override
    public void cancel() {
      Flow.Subscription from;
      lock.lock();
      try {
        cancelled = true;
        from = source;
        source = null;
      } finally {
        lock.unlock();
      }
      if (from != null) {
        from.cancel();
      }
    }

    // ---- the source ---------------------------------------------------------------------------

    @Override
    public void onSubscribe(Flow.Subscription from) {
      boolean unwanted;
      boolean asked;
      long ask;
      lock.lock();
      try {
        unwanted = cancelled;
        source = unwanted ? null : from;
        boolean bad = badDemand <= 0;
        ask = bad ? badDemand : demand;
        asked = bad || demand > 0;
      } finally {
        lock.unlock();
      }
      if (unwanted) {
        from.cancel();
      } else if (asked) {
        from.request(ask);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      lock.lock();
      try {
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
      } finally {
        lock.unlock();
      }
      subscriber.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      cancel();
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      lock.lock();
      try {
        source = null;
      } finally {
        lock.unlock();
      }
      next();
    }

    /** A source that completes while it is being opened is followed here, not on top of it. */
    void next() {
      if (turns.getAndIncrement() == 0) {
        do {
          openNext();
        } while (turns.decrementAndGet() != 0);
      }
    }

    private void openNext() {
      if (isCancelled()) {
        return;
      }
      if (next == bodies.size()) {
        subscriber.onComplete();
        return;
      }
      RequestBody body = bodies.get(next++);
      Flow.Publisher<ByteBuffer> opened;
      try {
        Optional<byte[]> bytes = body.inMemory();
        opened = bytes.isPresent() ? new BytesPublisher(bytes.get()) : body.open(blocking);
      } catch (RuntimeException e) {
        onError(e); // the body is somebody else's code
        return;
      }
      opened.subscribe(this);
    }

    private boolean isCancelled() {
      lock.lock();
      try {
        return cancelled;
      } finally {
        lock.unlock();
      }
    }
  }
}
