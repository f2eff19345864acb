package org.sessionregistry.connector;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request, ready for the wire.
 *
 * @param method the method
 * @param target the request target (RFC 9112 section 3.2)
 * @param headers name, value, name, value, …, framing included; never changed
 * @param bytes the body where it is in memory
 * @param stream the body where it is streamed
 * @param length the bytes that the stream has, -1 when it is sent chunked
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record OutgoingRequest(
    String method,
    String target,
    String[] headers,
    byte @Nullable [] bytes,
    Flow.@Nullable Publisher<ByteBuffer> stream,
    long length) {}
