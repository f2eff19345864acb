package org.sessionregistry.servers.faults;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Takes of a body what the test asks for. */
final class BodyCollector implements Flow.Subscriber<ByteBuffer> {
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private final CompletableFuture<String> whole = new CompletableFuture<>();
  private final StringBuffer received = new StringBuffer();

  /** After it was subscribed. */
  void request(long n) {
    subscription.join().request(n);
  }

  /** After it was subscribed. */
  void cancel() {
    subscription.join().cancel();
  }

  String received() {
    return received.toString();
  }

  CompletableFuture<String> whole() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.complete(given);
  }

  @Override
  public void onNext(ByteBuffer part) {
    received.append(StandardCharsets.ISO_8859_1.decode(part));
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(received());
  }
}
