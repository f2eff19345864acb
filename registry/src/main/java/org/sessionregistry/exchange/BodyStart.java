package org.sessionregistry.exchange;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.Response;

/**
 * Reads the start of a body that nobody else will read, and closes it: what an error page says.
 * What does not come is left out, because the status matters more. Confined to the {@link
 * SerialDrain}.
 */
final class BodyStart {
  private static final int MOST = 8 * 1024;

  private final BodySource buffer;

  /** Held so that it is not taken for forgotten while its body is read. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Object response;

  private final CompletableFuture<byte[]> start = new CompletableFuture<>();
  private final SerialDrain drain = new SerialDrain(this::step);
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  private BodyStart(BodySource buffer, Object response) {
    this.response = response;
    this.buffer = buffer;
  }

  /** Of any response, which may be one that an interceptor made. */
  static CompletableFuture<byte[]> of(Response response) {
    if (response instanceof StandardResponse ours) {
      return ours.bodyStart();
    }
    return response
        .bytesAsync()
        .handle((bytes, failure) -> failure == null ? cut(bytes) : new byte[0])
        .whenComplete((bytes, failure) -> response.close());
  }

  static CompletableFuture<byte[]> read(BodySource buffer, Object response) {
    BodyStart reader = new BodyStart(buffer, response);
    buffer.readBy(reader.drain::drain);
    reader.drain.drain();
    return reader.start;
  }

  static byte[] cut(byte[] whole) {
    return whole.length <= MOST ? whole : Arrays.copyOf(whole, MOST);
  }

  private void step() {
    if (start.isDone()) {
      return;
    }
    for (byte[] part = buffer.poll(); part != null; part = buffer.poll()) {
      read.write(part, 0, Math.min(part.length, MOST - read.size()));
      if (read.size() == MOST) {
        end();
        return;
      }
    }
    if (buffer.isOver()) {
      end();
    } else {
      buffer.want();
    }
  }

  private void end() {
    buffer.close();
    start.complete(read.toByteArray());
  }
}
