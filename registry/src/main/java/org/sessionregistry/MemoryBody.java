package org.sessionregistry;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** A body that is in memory. Immutable by agreement: the array is never written to. */
record MemoryBody(Optional<String> contentType, byte[] bytes) implements RequestBody {
  static final MemoryBody EMPTY = new MemoryBody(Optional.empty(), new byte[0]);

  @Override
  public OptionalLong contentLength() {
    return OptionalLong.of(bytes.length);
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    return new StreamPublisher(() -> new java.io.ByteArrayInputStream(bytes), blocking);
  }

  @Override
  public Optional<byte[]> inMemory() {
    return Optional.of(bytes);
  }

  @Override
  public String toString() {
    return "RequestBody[" + contentType.orElse("no type") + ", " + bytes.length + " bytes]";
  }
}
