package org.sessionregistry.connector;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request, ready for the wire.
 *
 * @param method the method
 * @param target the request target (RFC 9112 section 3.2)
 * @param block the header fields
 * @param bytes the body where it is in memory
 * @param stream the body where it is streamed
 * @param length the bytes that the stream has, -1 when it is sent chunked
 * @param continueNanos how long the body waits for {@code 100 Continue}, 0 when it does not
 * @param trailers gives name, value, name, value, … when the body has been sent; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record OutgoingRequest(
    String method,
    String target,
    HeaderBlock block,
    byte @Nullable [] bytes,
    Flow.@Nullable Publisher<ByteBuffer> stream,
    long length,
    long continueNanos,
    @Nullable Supplier<String[]> trailers) {

  /** A request that is sent at once and ends with its body. */
  public OutgoingRequest(
      String method,
      String target,
      String[] headers,
      byte @Nullable [] bytes,
      Flow.@Nullable Publisher<ByteBuffer> stream,
      long length) {
    this(method, target, HeaderBlock.of(headers), bytes, stream, length, 0, null);
  }

  /** Name, value, name, value, …, framing included; not to be changed. */
  public String[] headers() {
    return block.fields();
  }
}
