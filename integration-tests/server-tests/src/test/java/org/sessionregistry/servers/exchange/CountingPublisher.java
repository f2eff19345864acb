package org.sessionregistry.servers.exchange;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Publishes numbered buffers on the thread that asks for them, and counts both. Thread-safe. */
final class CountingPublisher implements Flow.Publisher<ByteBuffer> {
  private final int number;
  private final IntFunction<ByteBuffer> source;
  private final AtomicLong requested = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private volatile boolean cancelled;

  CountingPublisher(int number, IntFunction<ByteBuffer> source) {
    this.number = number;
    this.source = source;
  }

  /** Buffers that were asked for. */
  long requested() {
    return requested.get();
  }

  /** Buffers that were handed out. */
  long published() {
    return published.get();
  }

  boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          private final AtomicInteger calls = new AtomicInteger();
          private boolean completed;

          @Override
          public void request(long n) {
            requested.addAndGet(n);
            drain();
          }

          @Override
          public void cancel() {
            cancelled = true;
          }

          private void drain() {
            if (calls.getAndIncrement() != 0) {
              return;
            }
            do {
              while (!cancelled && published.get() < Math.min(requested.get(), number)) {
                subscriber.onNext(source.apply((int) published.getAndIncrement()));
              }
              if (!cancelled && !completed && published.get() == number) {
                completed = true;
                subscriber.onComplete();
              }
            } while (calls.decrementAndGet() != 0);
          }
        });
  }
}
