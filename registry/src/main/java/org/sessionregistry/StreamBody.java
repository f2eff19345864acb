package org.sessionregistry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** A body that is read from a stream, on a thread where reading may block. */
record StreamBody(String type, Source source, boolean replayable, OptionalLong contentLength)
    implements RequestBody {
  static final String OCTETS = "application/octet-stream";

  /** Opens the stream; called once each time the request is sent. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  @Override
  public Optional<String> contentType() {
    return Optional.of(type);
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    return new StreamPublisher(source, blocking);
  }
}
