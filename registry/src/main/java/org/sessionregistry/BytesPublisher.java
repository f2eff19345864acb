package org.sessionregistry;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes bytes that are in memory in one piece, on the thread that asks for it. For one
 * subscriber at a time; any thread may ask or cancel.
 */
record BytesPublisher(byte[] bytes) implements Flow.Publisher<ByteBuffer> {
  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Piece(bytes, subscriber));
  }

  private static final class Piece implements Flow.Subscription {
    private final byte[] bytes;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean cancelled;

    Piece(byte[] bytes, Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.bytes = bytes;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      if (n <= 0) {
        subscriber.onError(
            new IllegalArgumentException("a demand of " + n + " (Reactive Streams rule 3.9)"));
        return;
      }
      if (bytes.length > 0) {
        subscriber.onNext(ByteBuffer.wrap(bytes));
      }
      if (!cancelled) {
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      over.set(true);
    }
  }
}
