package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;

/**
 * A body as a publisher for one subscriber (Reactive Streams 1.0.4). Any thread may call {@link
 * #drain}; one at a time works, so that signals never overlap (rule 1.3).
 */
final class BodyPublisher implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
  private final BodySource buffer;

  /** Held so that it is not taken for forgotten while its body is read. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Object response;

  private final AtomicBoolean taken = new AtomicBoolean();
  private final SerialDrain drain = new SerialDrain(this::step);
  private final AtomicLong demand = new AtomicLong();
  private volatile @Nullable IllegalArgumentException badDemand;
  private volatile boolean cancelled;
  private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private boolean terminated;

  BodyPublisher(BodySource buffer, Object response) {
    this.response = response;
    this.buffer = buffer;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
    Objects.requireNonNull(given, "a subscriber"); // rule 1.9
    if (!taken.compareAndSet(false, true)) {
      given.onSubscribe(new Refused());
      given.onError(new IllegalStateException("a body has one subscriber"));
      return;
    }
    given.onSubscribe(this);
    subscriber = given;
    buffer.readBy(drain::drain);
    drain.drain();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      badDemand = new IllegalArgumentException("a demand of " + n + " (Reactive Streams rule 3.9)");
    } else {
      demand.getAndUpdate(d -> d + n < 0 ? Long.MAX_VALUE : d + n);
    }
    drain.drain();
  }

  @Override
  public void cancel() {
    cancelled = true;
    buffer.close();
  }

  private void step() {
    Flow.Subscriber<? super ByteBuffer> to = subscriber;
    if (to != null) {
      step(to);
    }
  }

  private void step(Flow.Subscriber<? super ByteBuffer> to) {
    if (terminated || cancelled) {
      return;
    }
    IllegalArgumentException bad = badDemand;
    if (bad != null) {
      terminated = true;
      buffer.close();
      to.onError(bad);
      return;
    }
    while (!cancelled && demand.get() > 0) {
      byte[] part = buffer.poll();
      if (part == null) {
        break;
      }
      demand.decrementAndGet();
      deliver(part, to);
    }
    if (cancelled) {
      return;
    }
    if (buffer.isOver()) {
      terminated = true;
      SessionException failure = buffer.failure();
      if (failure == null) {
        to.onComplete();
      } else {
        to.onError(failure);
      }
    } else if (demand.get() > 0) {
      buffer.want();
    }
  }

  /** A subscriber that throws has cancelled (rule 2.13); its exception goes to whoever runs it. */
  private void deliver(byte[] part, Flow.Subscriber<? super ByteBuffer> to) {
    try {
      to.onNext(ByteBuffer.wrap(part));
    } catch (RuntimeException | Error e) {
      cancel();
      throw e;
    }
  }

  /** For a second subscriber, which gets an error and nothing else. */
  private static final class Refused implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
