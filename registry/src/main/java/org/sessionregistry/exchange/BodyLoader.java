package org.sessionregistry.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.SessionException;

/**
 * Loads a whole body, up to {@code limits.buffered-body}. The fields are confined to the {@link
 * SerialDrain}.
 */
final class BodyLoader {
  /** Parts below this size are gathered. */
  private static final int SMALL = 1024;

  private static final int GATHERED = 8 * 1024;

  private final Exchange exchange;
  private final BodySource buffer;

  /** Held so that it is not taken for forgotten while its body is read. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Object response;

  private final long limit;
  private final CompletableFuture<byte[]> loaded = new CompletableFuture<>();
  private final SerialDrain drain = new SerialDrain(this::step);
  private final List<byte[]> parts = new ArrayList<>(1);
  private byte[] gathered = {};
  private int gatheredSize;
  private long size;

  BodyLoader(Exchange exchange, BodySource buffer, Object response) {
    this.response = response;
    this.exchange = exchange;
    this.buffer = buffer;
    this.limit = exchange.context().settings.limits().bufferedBody().bytes();
  }

  CompletableFuture<byte[]> future() {
    return loaded;
  }

  void start() {
    buffer.readBy(drain::drain);
    drain.drain();
  }

  private void step() {
    if (loaded.isDone()) {
      return;
    }
    for (byte[] part = buffer.poll(); part != null; part = buffer.poll()) {
      add(part);
      size += part.length;
      if (size > limit) {
        SessionException tooLarge = exchange.context().failures.bodyTooLarge(exchange.detail());
        parts.clear();
        exchange.fail(tooLarge);
        loaded.completeExceptionally(tooLarge);
        buffer.close(); // all of it may be here, and decoders have memory
        return;
      }
    }
    if (buffer.isOver()) {
      SessionException failure = buffer.failure();
      if (failure == null) {
        byte[] whole = join();
        parts.clear();
        loaded.complete(whole);
      } else {
        loaded.completeExceptionally(failure);
      }
    } else {
      buffer.want();
    }
  }

  /**
   * Gathers small parts, so that a body that comes byte by byte does not take many times its size.
   */
  private void add(byte[] part) {
    if (parts.isEmpty() || part.length >= SMALL) {
      endGathering();
      parts.add(part);
      return;
    }
    if (gatheredSize + part.length > gathered.length) {
      endGathering();
      gathered = new byte[GATHERED];
    }
    System.arraycopy(part, 0, gathered, gatheredSize, part.length);
    gatheredSize += part.length;
  }

  private void endGathering() {
    if (gatheredSize > 0) {
      parts.add(Arrays.copyOf(gathered, gatheredSize));
      gatheredSize = 0;
    }
  }

  private byte[] join() {
    endGathering();
    if (parts.size() == 1) {
      return parts.get(0);
    }
    byte[] whole = new byte[(int) size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
