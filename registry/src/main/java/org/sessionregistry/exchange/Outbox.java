package org.sessionregistry.exchange;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Frame;
import org.sessionregistry.connector.WebSocketConnection;

/**
 * What a WebSocket has to send, in order. The rule: between the fragments of a message stand only
 * control frames, and after a close frame nothing. {@link #send} may be called by any thread; all
 * else is confined to the connection's event loop.
 */
final class Outbox {
  /** What is to be sent, and the future that says so. */
  private record Sending(Frame frame, boolean whole, CompletableFuture<Void> done) {}

  private final WebSocketConnection connection;
  private final Counters counters;
  private final @Nullable Deflation deflation;
  private final Function<@Nullable Throwable, Throwable> closed;
  private final Queue<Sending> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();

  // Confined to the event loop.
  private final Queue<Sending> held = new ArrayDeque<>(0);

  /** The message that is being sent in fragments: its opcode, 0 for none. */
  private int fragmented;

  private boolean compressing;
  private boolean shut;

  /**
   * For one WebSocket.
   *
   * @param closed what sending fails with once it is closed, for what was caught
   */
  Outbox(
      WebSocketConnection connection,
      Counters counters,
      @Nullable Deflation deflation,
      Function<@Nullable Throwable, Throwable> closed) {
    this.connection = connection;
    this.counters = counters;
    this.deflation = deflation;
    this.closed = closed;
  }

  /**
   * Sends a frame after those before; any thread.
   *
   * @param whole whether it is a message of its own, which waits for the last fragment of another
   */
  CompletableFuture<Void> send(Frame frame, boolean whole) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.add(new Sending(frame, whole, done));
    if (awake.compareAndSet(false, true) && !connection.execute(this::drain)) {
      awake.set(false); // first, so that whoever comes now finds out for himself
      failAll(queue);
    }
    return done;
  }

  /** Sends at once what was queued. */
  void drain() {
    awake.set(false);
    Sending next;
    boolean any = false;
    while ((next = queue.poll()) != null) {
      write(next);
      any = true;
    }
    if (any) {
      connection.flush();
    }
  }

  /** Answers a ping, past what waits for a fragment. */
  CompletableFuture<Void> pong(byte[] data) {
    Sending pong = new Sending(Frame.control(Frame.PONG, data), true, new CompletableFuture<>());
    write(pong);
    connection.flush();
    return pong.done;
  }

  /** Sends a close frame, if none was sent: the last frame of all. */
  void close(byte[] payload) {
    drain();
    if (!shut) {
      toSocket(Frame.control(Frame.CLOSE, payload), 0, new CompletableFuture<>());
      connection.flush();
      shut();
    }
  }

  /** Nothing is sent any more. */
  void shut() {
    if (!shut) {
      shut = true;
      failAll(held);
      if (deflation != null) {
        deflation.close();
      }
    }
  }

  private void failAll(Queue<Sending> those) {
    Sending next;
    while ((next = those.poll()) != null) {
      next.done.completeExceptionally(closed.apply(null));
    }
  }

  private void write(Sending next) {
    Frame frame = next.frame;
    if (shut) {
      next.done.completeExceptionally(closed.apply(null));
    } else if (frame.isControl()) {
      toSocket(frame, 0, next.done);
    } else if (fragmented == 0 || !next.whole) {
      message(next);
      while (fragmented == 0 && !held.isEmpty()) {
        message(held.remove());
      }
    } else {
      held.add(next);
    }
  }

  private void message(Sending next) {
    Frame frame = next.frame;
    if (fragmented != 0 && fragmented != frame.opcode()) {
      next.done.completeExceptionally(
          new IllegalStateException(
              "a fragment of "
                  + (frame.opcode() == Frame.TEXT ? "text" : "bytes")
                  + " within a message that is none; end that one first (last=true)"));
      return;
    }
    boolean first = fragmented == 0;
    boolean last = frame.last();
    fragmented = last ? 0 : frame.opcode();
    Deflation with = deflation;
    if (first) {
      compressing = with != null && !(last && frame.payload().length == 0);
    }
    byte[] payload =
        compressing && with != null ? with.deflate(frame.payload(), last) : frame.payload();
    int opcode = first ? frame.opcode() : Frame.CONTINUATION;
    toSocket(new Frame(opcode, last, first && compressing, payload), payload.length, next.done);
  }

  private void toSocket(Frame frame, int counted, CompletableFuture<Void> done) {
    connection.write(
        frame,
        failure -> {
          if (failure == null) {
            counters.sent(counted);
            done.complete(null);
          } else {
            done.completeExceptionally(closed.apply(failure));
          }
        });
  }
}
