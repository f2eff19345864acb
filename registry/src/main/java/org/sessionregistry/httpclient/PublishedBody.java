package org.sessionregistry.httpclient;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.sessionregistry.RequestBody;

/**
 * A {@code BodyPublisher} as a body. It is subscribed to again when the request is sent again, as
 * the JDK's own client does it. Publishers of files and streams read them within {@code subscribe}
 * and {@code request}, so neither is called but on the executor for blocking work.
 */
record PublishedBody(BodyPublisher publisher) implements RequestBody {
  @Override
  public Optional<String> contentType() {
    return Optional.empty();
  }

  @Override
  public OptionalLong contentLength() {
    long length = publisher.contentLength();
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    return subscriber -> {
      SerialTasks tasks = new SerialTasks(blocking);
      tasks.execute(() -> publisher.subscribe(new Detour(subscriber, tasks)));
    };
  }

  /** Leads what the subscriber wants to the executor. */
  private record Detour(Flow.Subscriber<? super ByteBuffer> to, Executor tasks)
      implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription given) {
      to.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {
              tasks.execute(() -> given.request(n));
            }

            @Override
            public void cancel() {
              tasks.execute(given::cancel);
            }
          });
    }

    @Override
    public void onNext(ByteBuffer part) {
      to.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      to.onError(failure);
    }

    @Override
    public void onComplete() {
      to.onComplete();
    }
  }
}
