package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * Writes one request. A streamed body is asked for buffer by buffer, and a large one in memory is
 * cut into slices, as long as the socket takes them: so progress shows, and nothing piles up.
 * Confined to the event loop but for the subscriber's methods, which hand over to it.
 */
final class RequestWriter implements Flow.Subscriber<ByteBuffer> {
  /** Told when the body of the request fails. */
  interface BodyFailure {
    void failed(String message, @Nullable Throwable failure);
  }

  /** Told once when the socket takes no more. */
  interface NotTaken {
    void failed(Throwable failure);
  }

  /** Buffers asked for ahead, so that the source works while the socket does. */
  private static final int AHEAD = 4;

  /** What of a body in memory is written at once. */
  private static final int SLICE = 64 * 1024;

  private static final String[] NONE = {};

  private static final AtomicIntegerFieldUpdater<RequestWriter> HANDED_OVER =
      AtomicIntegerFieldUpdater.newUpdater(RequestWriter.class, "handedOver");

  private final RequestSink sink;
  private final ExchangeEvents events;
  private final BodyFailure bodyFailure;
  private final NotTaken notTaken;
  private Flow.@Nullable Subscription subscription;
  private long left;
  private boolean chunked;
  private int owed;
  private boolean done;
  private boolean sent;
  private byte @Nullable [] large;
  private int largeWritten;
  private boolean cancelled;
  private boolean failed;
  private @Nullable Supplier<String[]> trailers;

  /** What waits for the peer to want its body. */
  private @Nullable OutgoingRequest held;

  private @Nullable Future<?> patience;

  /** Signals on their way to the loop; one that comes on the loop itself must not overtake them. */
  private volatile int handedOver;

  RequestWriter(
      RequestSink sink, ExchangeEvents events, BodyFailure bodyFailure, NotTaken notTaken) {
    this.sink = sink;
    this.events = events;
    this.bodyFailure = bodyFailure;
    this.notTaken = notTaken;
  }

  /** Whether the whole request has been written to the socket. */
  boolean isSent() {
    return sent;
  }

  void write(OutgoingRequest request) {
    byte[] bytes = request.bytes();
    trailers = request.trailers();
    if (request.stream() != null
        || (bytes != null && bytes.length > SLICE)
        || request.continueNanos() > 0
        || trailers != null) {
      writeHead(request);
      if (request.continueNanos() > 0) {
        awaitContinue(request);
      } else {
        begin(request);
      }
      return;
    }
    ByteBuf body = bytes == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
    int length = body.readableBytes();
    done = true;
    sink.whole(request, body).addListener(written -> written(written, length, true));
  }

  /** The body, after its head. */
  private void begin(OutgoingRequest request) {
    Flow.Publisher<ByteBuffer> stream = request.stream();
    if (stream == null) {
      byte[] bytes = request.bytes();
      large = bytes;
      left = bytes == null ? 0 : bytes.length;
      if (left == 0) {
        writeEnd();
      } else {
        writeSlices();
      }
      return;
    }
    left = request.length();
    chunked = left < 0;
    try {
      stream.subscribe(this);
    } catch (RuntimeException e) {
      bodyFailure.failed("the request's body cannot be subscribed to: " + e, e);
    }
  }

  // ---- 100 Continue (RFC 9110 section 10.1.1) -------------------------------------------------

  private void awaitContinue(OutgoingRequest request) {
    held = request;
    patience =
        sink.executor().schedule(this::proceed, request.continueNanos(), TimeUnit.NANOSECONDS);
  }

  /** The peer wants the body, or says nothing for too long; it is begun if it is still held. */
  void proceed() {
    OutgoingRequest request = held;
    if (request != null) {
      endWait();
      events.bodyBegun();
      begin(request);
    }
  }

  /** The peer has answered finally: it does not want a body that is still held. */
  void answered() {
    if (held != null) {
      cancel();
    }
  }

  private void endWait() {
    held = null;
    if (patience != null) {
      patience.cancel(false);
    }
  }

  /** The head of a request whose body follows in parts. */
  private void writeHead(OutgoingRequest request) {
    sink.head(request).addListener(written -> written(written, 0, false));
  }

  /** As many slices of a large body as the socket takes, so that progress shows. */
  private void writeSlices() {
    byte[] bytes = large;
    while (bytes != null && !done && !cancelled && sink.takesMore()) {
      int length = Math.min(SLICE, bytes.length - largeWritten);
      ByteBuf slice = Unpooled.wrappedBuffer(bytes, largeWritten, length);
      largeWritten += length;
      left -= length;
      sink.part(slice).addListener(written -> written(written, length, false));
      if (left == 0) {
        writeEnd();
      }
    }
  }

  private void written(Future<?> future, int bytes, boolean last) {
    if (!future.isSuccess()) {
      if (!failed && !cancelled) {
        failed = true;
        notTaken.failed(future.cause());
        cancel();
      }
    } else if (!cancelled) {
      if (bytes > 0) {
        events.written(bytes);
      }
      if (last) {
        sent = true;
        events.requestSent();
      }
    }
  }

  /** The exchange is over: the source need not go on. */
  void cancel() {
    cancelled = true;
    endWait();
    if (!done) {
      cancelSource();
    }
  }

  void writabilityChanged() {
    writeSlices();
    askForMore();
  }

  private void askForMore() {
    Flow.Subscription running = subscription;
    if (running != null && owed > 0 && !done && !cancelled && sink.takesMore()) {
      int n = owed;
      owed = 0;
      running.request(n);
    }
  }

  // ---- the body's publisher, on any thread ----------------------------------------------------

  @Override
  public void onSubscribe(Flow.Subscription given) {
    onLoop(
        () -> {
          if (subscription != null || cancelled) {
            given.cancel();
          } else {
            subscription = given;
            owed = AHEAD;
            askForMore();
          }
        });
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    onLoop(() -> writePart(buffer));
  }

  @Override
  public void onError(Throwable failure) {
    onLoop(
        () -> {
          if (!done && !cancelled) {
            done = true;
            bodyFailure.failed("the request's body failed: " + failure, failure);
          }
        });
  }

  @Override
  public void onComplete() {
    onLoop(this::writeEnd);
  }

  private void onLoop(Runnable task) {
    if (sink.executor().inEventLoop() && handedOver == 0) {
      task.run();
      return;
    }
    HANDED_OVER.incrementAndGet(this);
    try {
      sink.executor()
          .execute(
              () -> {
                HANDED_OVER.decrementAndGet(this);
                task.run();
              });
    } catch (RejectedExecutionException e) {
      // The registry is closed and the exchange failed with it; the source must not be left
      // waiting.
      cancelSource();
    }
  }

  private void writePart(ByteBuffer buffer) {
    if (done || cancelled) {
      return;
    }
    int length = buffer.remaining();
    if (!chunked && length > left) {
      done = true;
      try {
        cancelSource();
      } finally {
        bodyFailure.failed("the request's body is longer than its length promised", null);
      }
      return;
    }
    left -= length;
    owed++;
    if (length > 0) {
      sink.part(Unpooled.wrappedBuffer(buffer))
          .addListener(written -> written(written, length, false));
    }
    askForMore();
  }

  private void cancelSource() {
    Flow.Subscription running = subscription;
    if (running != null) {
      running.cancel();
    }
  }

  private void writeEnd() {
    if (done || cancelled) {
      return;
    }
    done = true;
    if (!chunked && left > 0) {
      bodyFailure.failed(
          "the request's body is " + left + " bytes shorter than its length promised", null);
      return;
    }
    String[] fields = NONE;
    if (trailers != null) {
      try {
        fields = trailers.get();
      } catch (RuntimeException | Error e) {
        bodyFailure.failed("the request's trailers cannot be sent: " + e, e);
        return;
      }
    }
    sink.end(fields).addListener(written -> written(written, 0, true));
  }
}
