package org.sessionregistry.httpclient;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings a body to a {@code BodySubscriber}, which may block, on the exchange's tasks. The rule:
 * one part is on its way at most, whatever the subscriber asked for, so that one which asks for all
 * and takes its time fills no memory. Any thread may ask for more.
 */
final class BodyDelivery implements Flow.Subscriber<ByteBuffer>, Flow.Subscription {
  private final BodySubscriber<?> subscriber;
  private final Executor tasks;
  private final AtomicLong demand = new AtomicLong();

  /** Whether a part was asked for and has not been taken yet. */
  private final AtomicBoolean asked = new AtomicBoolean();

  private volatile boolean over;
  private Flow.@Nullable Subscription upstream;

  BodyDelivery(BodySubscriber<?> subscriber, Executor tasks) {
    this.subscriber = subscriber;
    this.tasks = tasks;
  }

  // ---- the body -------------------------------------------------------------------------------

  @Override
  public void onSubscribe(Flow.Subscription given) {
    upstream = given;
    subscriber.onSubscribe(this);
  }

  @Override
  public void onNext(ByteBuffer part) {
    tasks.execute(() -> deliver(part));
  }

  private void deliver(ByteBuffer part) {
    if (over) {
      return;
    }
    demand.getAndUpdate(d -> d == Long.MAX_VALUE ? d : d - 1);
    try {
      subscriber.onNext(List.of(part));
    } catch (RuntimeException | Error e) {
      cancel();
      subscriber.onError(e);
      return;
    }
    asked.set(false);
    pull();
  }

  @Override
  public void onError(Throwable failure) {
    tasks.execute(() -> fail(JdkFailures.of(failure)));
  }

  private void fail(Throwable failure) {
    if (end()) {
      subscriber.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    tasks.execute(
        () -> {
          if (end()) {
            subscriber.onComplete();
          }
        });
  }

  private boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  // ---- the subscriber -------------------------------------------------------------------------

  @Override
  public void request(long n) {
    if (n <= 0) {
      tasks.execute(
          () -> {
            close();
            fail(new IllegalArgumentException("a demand of " + n + " (Reactive Streams rule 3.9)"));
          });
      return;
    }
    demand.getAndUpdate(d -> d + n < 0 ? Long.MAX_VALUE : d + n);
    pull();
  }

  private void pull() {
    Flow.Subscription from = upstream;
    if (from != null && !over && demand.get() > 0 && asked.compareAndSet(false, true)) {
      from.request(1);
    }
  }

  @Override
  public void cancel() {
    over = true;
    close();
  }

  private void close() {
    Flow.Subscription from = upstream;
    if (from != null) {
      from.cancel();
    }
  }
}
