package org.sessionregistry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a decoding makes of a body, read as far as the values are asked for, on the thread that
 * asks. For one thread at a time; closing the stream of them closes the response.
 */
final class DecodedIterator<T> implements Iterator<T> {
  private static final int BUFFER = 8 * 1024;

  private final InputStream body;
  private final Decoding<T> decoding;
  private final byte[] buffer = new byte[BUFFER];
  private @Nullable T next;
  private boolean ended;

  private DecodedIterator(InputStream body, Decoding<T> decoding) {
    this.body = body;
    this.decoding = decoding;
  }

  /** The values as a stream; an {@link IOException} comes out of it unchecked. */
  static <T> Stream<T> stream(InputStream body, Decoding<T> decoding) {
    Spliterator<T> values =
        Spliterators.spliteratorUnknownSize(
            new DecodedIterator<>(body, decoding), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(values, false).onClose(() -> close(body));
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null) {
        next = decoding.poll();
        if (next == null) {
          if (ended) {
            return false;
          }
          read();
        }
      }
      return true;
    } catch (IOException e) {
      close(body);
      throw new UncheckedIOException(e);
    }
  }

  private void read() throws IOException {
    int n = body.read(buffer);
    if (n < 0) {
      ended = true;
      decoding.end();
    } else {
      decoding.decode(ByteBuffer.wrap(buffer, 0, n));
    }
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T value = Objects.requireNonNull(next);
    next = null;
    return value;
  }
}
