package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;

/**
 * A body as a publisher of what a decoding makes of it, for one subscriber (Reactive Streams
 * 1.0.4). The body is read on only when a value is wanted and none is there. Any thread may ask;
 * one at a time works, so that signals never overlap (rule 1.3).
 */
final class DecodedPublisher<T> implements Flow.Publisher<T> {
  private final Flow.Publisher<ByteBuffer> body;
  private final Decoding<T> decoding;
  private final AtomicBoolean taken = new AtomicBoolean();

  DecodedPublisher(Flow.Publisher<ByteBuffer> body, Decoding<T> decoding) {
    this.body = body;
    this.decoding = decoding;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber, "a subscriber"); // rule 1.9
    if (taken.compareAndSet(false, true)) {
      body.subscribe(new Run(subscriber));
    } else {
      subscriber.onSubscribe(Unsubscribable.INSTANCE);
      subscriber.onError(new IllegalStateException("a body has one subscriber"));
    }
  }

  private final class Run implements Flow.Subscriber<ByteBuffer>, Flow.Subscription {
    private final Flow.Subscriber<? super T> subscriber;
    private final SerialDrain drain = new SerialDrain(this::step);
    private final AtomicLong demand = new AtomicLong();
    private volatile @Nullable ByteBuffer part;
    private volatile @Nullable Throwable failure;
    private volatile boolean complete;
    private volatile boolean cancelled;
    private Flow.@Nullable Subscription upstream;

    // Confined to the drain.
    private boolean asked;
    private boolean ended;
    private boolean terminated;
    private @Nullable T ready;

    Run(Flow.Subscriber<? super T> subscriber) {
      this.subscriber = subscriber;
    }

    // ---- the body -----------------------------------------------------------------------------

    @Override
    public void onSubscribe(Flow.Subscription given) {
      upstream = given;
      subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(ByteBuffer given) {
      part = given;
      drain.drain();
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
      drain.drain();
    }

    @Override
    public void onComplete() {
      complete = true;
      drain.drain();
    }

    // ---- the subscriber -----------------------------------------------------------------------

    @Override
    public void request(long n) {
      if (n <= 0) {
        failure = new IllegalArgumentException("a demand of " + n + " (Reactive Streams rule 3.9)");
        cancelBody();
      } else {
        demand.getAndUpdate(d -> d + n < 0 ? Long.MAX_VALUE : d + n);
      }
      drain.drain();
    }

    @Override
    public void cancel() {
      cancelled = true;
      cancelBody();
    }

    private void cancelBody() {
      Flow.Subscription running = upstream;
      if (running != null) {
        running.cancel();
      }
    }

    // ---- one at a time ------------------------------------------------------------------------

    private void step() {
      try {
        while (!cancelled && !terminated && goOn()) {
          // until nothing moves
        }
      } catch (SessionException e) {
        terminated = true;
        cancelBody();
        subscriber.onError(e);
      }
    }

    /** Whether something may be left to do. */
    private boolean goOn() throws SessionException {
      boolean over = complete; // before the part, which comes first
      Throwable broken = failure;
      if (broken instanceof IllegalArgumentException) {
        terminate(broken);
        return false;
      }
      ByteBuffer came = part;
      if (came != null) {
        part = null;
        asked = false;
        decoding.decode(came);
      }
      ready = ready == null ? decoding.poll() : ready;
      T value = ready;
      if (value != null) {
        if (demand.get() == 0) {
          return false;
        }
        ready = null;
        demand.decrementAndGet();
        deliver(value);
        return true;
      }
      return readOn(over, broken);
    }

    /** All that came was given. */
    private boolean readOn(boolean over, @Nullable Throwable broken) throws SessionException {
      if (broken != null || (over && ended)) {
        terminate(broken);
      } else if (over) {
        ended = true;
        decoding.end();
        return true;
      } else if (demand.get() > 0 && !asked && upstream != null) {
        asked = true;
        upstream.request(1);
      }
      return false;
    }

    private void terminate(@Nullable Throwable broken) {
      terminated = true;
      if (broken == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(broken);
      }
    }

    /** A subscriber that throws has cancelled (rule 2.13). */
    private void deliver(T value) {
      try {
        subscriber.onNext(value);
      } catch (RuntimeException | Error e) {
        cancel();
        throw e;
      }
    }
  }

  /** For a second subscriber, which gets an error and nothing else. */
  private enum Unsubscribable implements Flow.Subscription {
    INSTANCE;

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
