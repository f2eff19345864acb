package org.sessionregistry;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** A body that somebody else publishes, once. */
record PublisherBody(Flow.Publisher<ByteBuffer> publisher, OptionalLong contentLength)
    implements RequestBody {
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
    return publisher;
  }
}
