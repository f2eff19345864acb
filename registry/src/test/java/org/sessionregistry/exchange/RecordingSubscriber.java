package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A subscriber that asks only when the test says so. For one thread at a time. */
final class RecordingSubscriber implements Flow.Subscriber<ByteBuffer> {
  final StringBuilder text = new StringBuilder();
  Flow.Subscription subscription;
  Throwable failure;
  int parts;
  int ends;
  private Consumer<RecordingSubscriber> onEach = me -> {};
  private Consumer<RecordingSubscriber> onSubscribed = me -> {};

  /** What it does with each part. */
  RecordingSubscriber onEach(Consumer<RecordingSubscriber> action) {
    onEach = action;
    return this;
  }

  /** What it does when it is subscribed. */
  RecordingSubscriber onSubscribed(Consumer<RecordingSubscriber> action) {
    onSubscribed = action;
    return this;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    onSubscribed.accept(this);
  }

  @Override
  public void onNext(ByteBuffer part) {
    parts++;
    text.append(UTF_8.decode(part));
    onEach.accept(this);
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
    ends++;
  }

  @Override
  public void onComplete() {
    ends++;
  }
}
