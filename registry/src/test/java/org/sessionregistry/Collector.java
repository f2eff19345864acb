package org.sessionregistry;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A subscriber that asks only when the test says so and keeps what it is given. */
final class Collector implements Flow.Subscriber<ByteBuffer> {
  final List<ByteBuffer> parts = new ArrayList<>();
  Flow.Subscription subscription;
  Throwable failure;
  int completions;
  private Consumer<Collector> onNext = me -> {};

  /** What it does with each part. */
  Collector onEach(Consumer<Collector> action) {
    onNext = action;
    return this;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
  }

  @Override
  public void onNext(ByteBuffer part) {
    parts.add(part);
    onNext.accept(this);
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
  }

  @Override
  public void onComplete() {
    completions++;
  }

  boolean hasEnded() {
    return failure != null || completions > 0;
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[part.remaining()];
      part.duplicate().get(bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }
}
