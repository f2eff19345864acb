package org.sessionregistry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a stream in buffers of 16 KiB, reading only as far as the subscriber asked, and only on
 * the executor for blocking work. The stream is closed at the end, on failure and on cancel.
 *
 * <p>One reader runs at a time: the task that raises the demand from zero starts it, and it ends
 * when demand is back at zero. Everything but {@code demand} and {@code cancelled} is confined to
 * that reader.
 */
final class StreamPublisher implements Flow.Publisher<ByteBuffer> {
  private static final int BUFFER = 16 * 1024;

  private final StreamBody.Source source;
  private final Executor blocking;

  StreamPublisher(StreamBody.Source source, Executor blocking) {
    this.source = source;
    this.blocking = blocking;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Reader(subscriber));
  }

  private final class Reader implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException badDemand;
    private @Nullable InputStream stream;
    private boolean ended;

    Reader(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        badDemand = new IllegalArgumentException("a demand of " + n + " (rule 3.9)");
        cancel();
      } else if (demand.getAndUpdate(d -> d + n < 0 ? Long.MAX_VALUE : d + n) == 0) {
        start();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      // Whoever finds no demand outstanding owns the stream; otherwise the running reader closes.
      if (demand.compareAndSet(0, 1)) {
        start();
      }
    }

    private void start() {
      try {
        blocking.execute(this::read);
      } catch (RejectedExecutionException e) {
        // The registry is closed; the stream is still ours to close.
        if (!ended) {
          end(e);
          subscriber.onError(e);
        }
      }
    }

    private void read() {
      do {
        if (ended) {
          return;
        }
        if (cancelled) {
          end(null);
          IllegalArgumentException bad = badDemand;
          if (bad != null) {
            subscriber.onError(bad);
          }
          return;
        }
        try {
          if (!readOnce()) {
            end(null);
            subscriber.onComplete();
            return;
          }
        } catch (IOException | RuntimeException | Error e) {
          end(e);
          subscriber.onError(e);
          return;
        }
      } while (demand.decrementAndGet() > 0 || (cancelled && demand.compareAndSet(0, 1)));
    }

    private boolean readOnce() throws IOException {
      InputStream open = stream;
      if (open == null) {
        open = source.open();
        stream = open;
      }
      byte[] buffer = new byte[BUFFER];
      int n = open.read(buffer);
      if (n < 0) {
        return false;
      }
      subscriber.onNext(ByteBuffer.wrap(buffer, 0, n));
      return true;
    }

    private void end(@Nullable Throwable failure) {
      ended = true;
      try {
        if (stream != null) {
          stream.close();
        }
      } catch (IOException e) {
        // The outcome stands; the failed close goes along with a failure, if there is one.
        if (failure != null) {
          failure.addSuppressed(e);
        }
      }
    }
  }
}
