package org.sessionregistry.servers.faults;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.sessionregistry.RequestBody;

/** Publishes the same part again and again, as demanded, then completes or fails. */
final class ScriptedPublisher implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
  private final byte[] part;
  private final long times;
  private final RuntimeException failure;
  private final ReentrantLock lock = new ReentrantLock();
  private Flow.Subscriber<? super ByteBuffer> subscriber;
  private long published;
  private boolean over;
  private volatile boolean cancelled;

  private ScriptedPublisher(byte[] part, long times, RuntimeException failure) {
    this.part = part;
    this.times = times;
    this.failure = failure;
  }

  static ScriptedPublisher of(byte[] part, long times) {
    return new ScriptedPublisher(part, times, null);
  }

  static ScriptedPublisher endless(byte[] part) {
    return of(part, Long.MAX_VALUE);
  }

  static ScriptedPublisher failing(byte[] part, long times, RuntimeException failure) {
    return new ScriptedPublisher(part, times, failure);
  }

  /** Publishes nothing, neither an end. */
  static ScriptedPublisher silent() {
    return new ScriptedPublisher(null, Long.MAX_VALUE, null);
  }

  RequestBody body() {
    return RequestBody.ofPublisher(this);
  }

  RequestBody body(long length) {
    return RequestBody.ofPublisher(this, length);
  }

  boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
    subscriber = given;
    given.onSubscribe(this);
  }

  @Override
  public void request(long n) {
    if (part == null) {
      return;
    }
    lock.lock();
    try {
      for (long i = 0; i < n && published < times && !cancelled; i++) {
        published++;
        subscriber.onNext(ByteBuffer.wrap(part));
      }
      if (published == times && !over && !cancelled) {
        over = true;
        if (failure == null) {
          subscriber.onComplete();
        } else {
          subscriber.onError(failure);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
