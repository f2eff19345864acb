package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.sessionregistry.RequestBody;

/** A body that throws when it is asked whether it can be sent again. */
record SilentBody(RequestBody body) implements RequestBody {
  @Override
  public Optional<String> contentType() {
    return body.contentType();
  }

  @Override
  public OptionalLong contentLength() {
    return body.contentLength();
  }

  @Override
  public boolean replayable() {
    throw new IllegalStateException("it does not say");
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    return body.open(blocking);
  }

  @Override
  public Optional<byte[]> inMemory() {
    return body.inMemory();
  }
}
