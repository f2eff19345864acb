package org.sessionregistry;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * A value that becomes JSON when a request gets it as its body, by the codec of its session; from
 * then on it is a body in memory. The value itself is never shown.
 */
record JsonBody(Object value) implements RequestBody, SessionEncoded {
  static final String TYPE = "application/json";

  @Override
  public RequestBody encodedBy(JsonCodec codec) {
    try {
      return new MemoryBody(Optional.of(TYPE), codec.write(value));
    } catch (IllegalStateException noCodec) {
      throw noCodec;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "a value of " + value.getClass().getName() + " cannot be written as JSON: " + e, e);
    }
  }

  @Override
  public Optional<String> contentType() {
    return Optional.of(TYPE);
  }

  @Override
  public OptionalLong contentLength() {
    return OptionalLong.empty();
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    throw new IllegalStateException(
        "the session that sends a value writes it as JSON: give this body, or the multipart body"
            + " that it is part of, to RequestBuilder.body(…)");
  }

  @Override
  public String toString() {
    return "RequestBody[" + TYPE + " of " + value.getClass().getName() + "]";
  }
}
