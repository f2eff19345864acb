package org.sessionregistry.cdi.restclient;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.sessionregistry.Response;

/**
 * The body of a response as a REST client reads it. One that the application may never read must
 * not hold a connection: that of an error, which goes away with its exception, is read at once as
 * far as it fits into {@link #IN_MEMORY}; of one that its client does not read, no more than that
 * is ever read. On a thread that may block.
 */
final class ResponseEntity {
  /** How much of such a body is kept, in bytes. */
  static final int IN_MEMORY = 64 * 1024;

  private ResponseEntity() {}

  /**
   * The body.
   *
   * @param unwanted whether the client will not read it
   * @throws IOException a {@code SessionException} that says what went wrong; the response is
   *     closed
   */
  static InputStream of(Response response, boolean unwanted) throws IOException {
    InputStream body = response.inputStream();
    boolean error = response.status() >= 400;
    if (!error && !unwanted) {
      return body;
    }
    byte[] begin;
    boolean whole;
    try {
      begin = body.readNBytes(IN_MEMORY);
      whole = begin.length < IN_MEMORY;
    } catch (IOException | RuntimeException e) {
      response.close();
      throw e;
    }
    InputStream memory = new ByteArrayInputStream(begin);
    if (whole || !error) {
      response.close();
      return memory;
    }
    return new FilterInputStream(new SequenceInputStream(memory, body)) {
      @Override
      public void close() {
        response.close(); // the sequence would read what is left
      }
    };
  }
}
