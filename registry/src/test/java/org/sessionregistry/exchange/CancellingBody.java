package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.sessionregistry.RequestBody;

/** A body that does something while the request is put together, in the middle of the lease. */
record CancellingBody(Runnable whenAsked, RequestBody body) implements RequestBody {
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
    return body.replayable();
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    return body.open(blocking);
  }

  @Override
  public Optional<byte[]> inMemory() {
    whenAsked.run();
    return body.inMemory();
  }
}
