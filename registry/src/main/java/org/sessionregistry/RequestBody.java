package org.sessionregistry;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * What a request carries. The factories cover the usual sources; an implementation of one's own
 * gives its content as a publisher.
 */
public interface RequestBody {
  /**
   * The media type, sent as {@code Content-Type} unless the request sets one.
   *
   * @return the type, or empty to send none
   */
  Optional<String> contentType();

  /**
   * The length in bytes, sent as {@code Content-Length}; the body must then have exactly that many.
   *
   * @return the length, or empty to send it chunked (RFC 9112 section 7.1)
   */
  OptionalLong contentLength();

  /**
   * Whether {@link #open} may be called again, so that the request can be sent again.
   *
   * @return true if every call gives the same content
   */
  boolean replayable();

  /**
   * Starts reading the content. Called once for each attempt to send the request; an attempt that
   * finds its connection dead before anything was written does not subscribe.
   *
   * @param blocking where reads that block may run; never on the subscriber's thread
   * @return the content; its buffers are not changed after they were handed out
   */
  Flow.Publisher<ByteBuffer> open(Executor blocking);

  /**
   * The whole content where it is in memory anyway, so that it need not be streamed.
   *
   * @return the content, not to be changed, or empty
   */
  default Optional<byte[]> inMemory() {
    return Optional.empty();
  }

  /**
   * No body.
   *
   * @return a body of no bytes and no type
   */
  static RequestBody empty() {
    return MemoryBody.EMPTY;
  }

  /**
   * Bytes, as {@code application/octet-stream}.
   *
   * @param bytes the content; not copied
   * @return a replayable body
   */
  static RequestBody ofBytes(byte[] bytes) {
    return ofBytes(bytes, "application/octet-stream");
  }

  /**
   * Bytes of a media type.
   *
   * @param bytes the content; not copied
   * @param contentType the media type
   * @return a replayable body
   */
  static RequestBody ofBytes(byte[] bytes, String contentType) {
    return new MemoryBody(Optional.of(contentType), bytes);
  }

  /**
   * Text, as {@code text/plain; charset=utf-8}.
   *
   * @param text the content
   * @return a replayable body
   */
  static RequestBody ofText(String text) {
    return ofText(text, "text/plain", StandardCharsets.UTF_8);
  }

  /**
   * Text of a media type.
   *
   * @param text the content
   * @param contentType the media type, without a charset
   * @param charset how to encode the text; it is added to the media type
   * @return a replayable body
   */
  static RequestBody ofText(String text, String contentType, Charset charset) {
    return ofBytes(
        text.getBytes(charset),
        contentType + "; charset=" + charset.name().toLowerCase(java.util.Locale.ROOT));
  }

  /**
   * The fields of a form as {@code application/x-www-form-urlencoded} (WHATWG URL section 5.2), in
   * the order of the map.
   *
   * @param fields name to value; a value that is a collection stands for one field for each of its
   *     elements
   * @return a replayable body
   */
  static RequestBody ofForm(Map<String, ?> fields) {
    FormBody.Builder form = FormBody.builder();
    fields.forEach(
        (name, value) -> {
          if (value instanceof Collection<?> values) {
            values.forEach(each -> form.field(name, each));
          } else {
            form.field(name, value);
          }
        });
    return form.build();
  }

  /**
   * A value as JSON, {@code application/json}. The session that sends it writes it, when the body
   * is given to its request or is part of a {@link MultipartBody} that is.
   *
   * @param value what to write with the session's {@link ClientSession#json() codec}
   * @return a replayable body
   */
  static RequestBody ofJson(Object value) {
    return new JsonBody(value);
  }

  /**
   * A stream that can be read once, of unknown length.
   *
   * @param stream the content; closed at the end
   * @return a body that cannot be sent again
   */
  static RequestBody ofInputStream(InputStream stream) {
    return new StreamBody(StreamBody.OCTETS, () -> stream, false, OptionalLong.empty());
  }

  /**
   * A stream that can be opened again, of unknown length.
   *
   * @param source opens the content
   * @return a replayable body
   */
  static RequestBody ofInputStream(Supplier<? extends InputStream> source) {
    return new StreamBody(StreamBody.OCTETS, source::get, true, OptionalLong.empty());
  }

  /**
   * The content of a file, of the length it has now.
   *
   * @param file the file
   * @return a replayable body
   * @throws IOException if the file cannot be read
   */
  static RequestBody ofFile(Path file) throws IOException {
    return ofFile(file, "application/octet-stream");
  }

  /**
   * The content of a file of a media type, of the length it has now.
   *
   * @param file the file
   * @param contentType the media type
   * @return a replayable body
   * @throws IOException if the file cannot be read
   */
  static RequestBody ofFile(Path file, String contentType) throws IOException {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new FileNotFoundException(file + " is not a readable file");
    }
    return new StreamBody(
        contentType, () -> Files.newInputStream(file), true, OptionalLong.of(Files.size(file)));
  }

  /**
   * A publisher that can be subscribed to once, of unknown length.
   *
   * @param publisher the content
   * @return a body that cannot be sent again
   */
  static RequestBody ofPublisher(Flow.Publisher<ByteBuffer> publisher) {
    return new PublisherBody(publisher, OptionalLong.empty());
  }

  /**
   * A publisher that can be subscribed to once, of known length.
   *
   * @param publisher the content
   * @param length how many bytes it publishes
   * @return a body that cannot be sent again
   */
  static RequestBody ofPublisher(Flow.Publisher<ByteBuffer> publisher, long length) {
    if (length < 0) {
      throw new IllegalArgumentException("a body cannot have " + length + " bytes");
    }
    return new PublisherBody(publisher, OptionalLong.of(length));
  }
}
