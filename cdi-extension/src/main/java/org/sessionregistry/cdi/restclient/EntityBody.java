package org.sessionregistry.cdi.restclient;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.sessionregistry.RequestBody;

/**
 * The entity of a REST client as a body. It names no media type, because the client has set {@code
 * Content-Type} itself. Immutable; any thread.
 */
final class EntityBody {
  private EntityBody() {}

  /** One that is in memory, and can be sent again. */
  static RequestBody of(byte[] bytes) {
    return new Whole(bytes);
  }

  /** One that comes through a pipe, once. */
  static RequestBody of(EntityPipe pipe, OptionalLong length) {
    return new Streamed(pipe, length);
  }

  private record Whole(byte[] bytes) implements RequestBody {
    @Override
    public Optional<String> contentType() {
      return Optional.empty();
    }

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
      return RequestBody.ofBytes(bytes).open(blocking);
    }

    @Override
    public Optional<byte[]> inMemory() {
      return Optional.of(bytes);
    }
  }

  private record Streamed(EntityPipe pipe, OptionalLong contentLength) implements RequestBody {
    @Override
    public Optional<String> contentType() {
      return Optional.empty();
    }

    @Override
    public boolean replayable() {
      return false;
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
      return pipe;
    }
  }
}
