package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what a publisher signals, and every rule that it breaks on the way. Thread-safe. */
class RecordingSubscriber implements Flow.Subscriber<ByteBuffer> {
  private final AtomicLong requested = new AtomicLong();
  private final AtomicLong count = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile Flow.Subscription subscription;
  private volatile Throwable failure;
  private volatile String broken = "";

  @Override
  public void onSubscribe(Flow.Subscription given) {
    rule(subscription == null, "2.12: onSubscribe twice");
    subscription = given;
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    // A demand from within a signal may be answered before that signal returns, on this thread
    // only; signals of two threads overlap nowhere.
    rule(subscription != null, "1.9: onNext before onSubscribe");
    rule(running.getAndIncrement() == 0, "1.3: overlapping signals");
    rule(!isOver(), "1.7: onNext after the end");
    rule(count.incrementAndGet() <= requested.get(), "1.1: more than was asked for");
    byte[] part = new byte[buffer.remaining()];
    buffer.get(part);
    bytes.writeBytes(part);
    running.decrementAndGet();
  }

  @Override
  public void onError(Throwable thrown) {
    rule(subscription != null, "1.9: onError before onSubscribe");
    rule(!isOver(), "1.7: onError after the end");
    failure = thrown;
    end.countDown();
  }

  @Override
  public void onComplete() {
    rule(subscription != null, "1.9: onComplete before onSubscribe");
    rule(running.get() == 0, "1.3: overlapping signals");
    rule(!isOver(), "1.7: onComplete after the end");
    end.countDown();
  }

  private void rule(boolean kept, String rule) {
    if (!kept) {
      broken = rule;
    }
  }

  void request(long n) {
    requested.getAndUpdate(r -> r + n < 0 ? Long.MAX_VALUE : r + n);
    subscription.request(n);
  }

  void cancel() {
    subscription.cancel();
  }

  long requested() {
    return requested.get();
  }

  /** Buffers that came. */
  long count() {
    return count.get();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  boolean isOver() {
    return end.getCount() == 0;
  }

  void awaitEnd() throws InterruptedException {
    Wait.on(end);
    assertThat(broken).as("broken rules").isEmpty();
  }

  Throwable failure() {
    return failure;
  }

  void assertCompleted() throws InterruptedException {
    awaitEnd();
    assertThat(failure).as("what it failed with").isNull();
  }
}
