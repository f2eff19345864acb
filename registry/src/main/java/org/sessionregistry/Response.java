package org.sessionregistry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.sessionregistry.cookie.Cookie;

/**
 * Status and headers of a response, and its body when it is asked for.
 *
 * <p>The body is read in one of three ways: loaded whole ({@link #bytes()}, {@link #text()}, any
 * number of times), as a publisher ({@link #body()}) or as a stream ({@link #inputStream()}), the
 * latter two once and instead of the others. Until then it stays in a small buffer and in the
 * socket. {@link #close()} ends the exchange early; a response whose body was read to its end needs
 * no close, but closing it is harmless. Thread-safe.
 */
public interface Response extends AutoCloseable {
  /**
   * The status code (RFC 9110 section 15).
   *
   * @return for example 200
   */
  int status();

  /**
   * The reason phrase as the server sent it.
   *
   * @return the phrase, empty when there is none
   */
  String reason();

  /**
   * The protocol version of the response.
   *
   * @return the version
   */
  HttpVersion version();

  /**
   * The URI that answered, after redirects; with the fragment that was asked for or that a redirect
   * named (RFC 9110 section 10.2.2).
   *
   * @return an absolute URI
   */
  URI uri();

  /**
   * The header fields.
   *
   * @return the headers
   */
  Headers headers();

  /**
   * The {@code Content-Type} as it was sent.
   *
   * @return the media type with its parameters, or empty
   */
  Optional<String> contentType();

  /**
   * The charset parameter of the media type. A byte order mark of the body is more than this
   * (WHATWG Encoding section 6.1).
   *
   * @return the charset; UTF-8 when none, or one unknown to this JVM, is given
   */
  Charset charset();

  /**
   * The length that {@code Content-Length} promises.
   *
   * @return the bytes of the body, or empty when it ends with its last chunk or the connection, or
   *     when it is decompressed
   */
  OptionalLong contentLength();

  /**
   * Whether the session takes content codings off the body ({@code decompress}); {@link #headers()}
   * still say what was sent.
   *
   * @return true if the body is read decompressed
   */
  default boolean isDecompressed() {
    return false;
  }

  /**
   * The links of the {@code Link} fields (RFC 8288), relative ones resolved against {@link #uri()}.
   * What cannot be read is left out.
   *
   * @return in their order, empty when there are none
   */
  List<Link> links();

  /**
   * The first link of a relation type that starts from this response, for example the {@code next}
   * page.
   *
   * @param relation the relation type, in any case
   * @return the link, or empty
   */
  default Optional<Link> link(String relation) {
    return links().stream().filter(l -> l.is(relation) && l.context().equals(uri())).findFirst();
  }

  /**
   * The cookies that this response sets, whether the session's jar takes them or not. What the
   * rules for cookies refuse (RFC 6265bis section 5.7: another site's, {@code Secure} without
   * https, a broken prefix) is left out. A {@code Max-Age} counts from this call.
   *
   * @return in their order, empty when there are none
   */
  default List<Cookie> cookies() {
    return Cookie.received(uri(), headers().all("Set-Cookie"), Instant.now());
  }

  /**
   * The redirects that led here.
   *
   * @return in their order, empty when there were none
   */
  List<Redirect> history();

  /**
   * The attempts before this one that did not count ({@code retries.*}).
   *
   * @return in their order, empty when there were none
   */
  List<FailedAttempt> failedAttempts();

  /**
   * Fails if the status is 4xx or 5xx; then the start of the body is in the exception, and the
   * response is closed.
   *
   * @return this
   * @throws HttpStatusException if the status is from 400 on
   * @throws IOException another {@link SessionException}
   * @throws InterruptedException if the thread is interrupted; the response is closed
   */
  Response raiseForStatus() throws IOException, InterruptedException;

  /**
   * The same without waiting.
   *
   * @return completes with this response, or with an {@link HttpStatusException}
   */
  CompletableFuture<Response> raiseForStatusAsync();

  /**
   * Whether the status is from 200 to 299.
   *
   * @return true for success
   */
  default boolean isSuccessful() {
    return status() >= 200 && status() < 300;
  }

  /**
   * Loads the whole body.
   *
   * @return the bytes; every call returns the same array, so do not change it
   * @throws ResponseTooLargeException if the body is larger than {@code limits.buffered-body}
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the response is closed
   */
  byte[] bytes() throws IOException, InterruptedException;

  /**
   * Loads the whole body without waiting.
   *
   * @return completes with the bytes, always the same array, or with a {@link SessionException}
   */
  CompletableFuture<byte[]> bytesAsync();

  /**
   * Loads the whole body as text: decoded by a byte order mark, else by {@link #charset()}.
   *
   * @return the text
   * @throws ResponseTooLargeException if the body is larger than {@code limits.buffered-body}
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the response is closed
   */
  String text() throws IOException, InterruptedException;

  /**
   * Loads the whole body as text without waiting.
   *
   * @return completes with the text, or with a {@link SessionException}
   */
  CompletableFuture<String> textAsync();

  /**
   * Loads the whole body and reads it as JSON with the session's {@link ClientSession#json()
   * codec}. A byte order mark is ignored; the charset is UTF-8 (RFC 8259 section 8.1) unless the
   * media type names another. The status and the content type are not looked at.
   *
   * @param <T> the type
   * @param type what to make of the body
   * @return the value
   * @throws ResponseBodyException if the body is empty, is {@code null}, or cannot be read as the
   *     type; it shows how the body begins
   * @throws ResponseTooLargeException if the body is larger than {@code limits.buffered-body}
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the response is closed
   * @throws IllegalStateException if there is neither JSON-B nor another codec
   */
  <T> T json(Class<T> type) throws IOException, InterruptedException;

  /**
   * Loads the whole body and reads it as JSON of a generic type; see {@link #json(Class)}.
   *
   * @param <T> the type
   * @param type what to make of the body, for example {@code new TypeRef<List<User>>() {}}
   * @return the value
   * @throws ResponseBodyException if the body is empty, is {@code null}, or cannot be read as the
   *     type
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the response is closed
   */
  <T> T json(TypeRef<T> type) throws IOException, InterruptedException;

  /**
   * Loads the whole body without waiting and reads it as JSON, on a thread that may block; see
   * {@link #json(Class)}.
   *
   * @param <T> the type
   * @param type what to make of the body
   * @return completes with the value, or with a {@link SessionException}
   */
  <T> CompletableFuture<T> jsonAsync(Class<T> type);

  /**
   * Loads the whole body without waiting and reads it as JSON of a generic type, on a thread that
   * may block; see {@link #json(Class)}.
   *
   * @param <T> the type
   * @param type what to make of the body, for example {@code new TypeRef<List<User>>() {}}
   * @return completes with the value, or with a {@link SessionException}
   */
  <T> CompletableFuture<T> jsonAsync(TypeRef<T> type);

  /**
   * The body as a publisher for one subscriber. Its demand is what reads the socket. A signal may
   * come on a thread of the registry, which the subscriber must not block; cancelling closes the
   * response.
   *
   * @return the publisher
   * @throws IllegalStateException if the body was asked for before
   */
  Flow.Publisher<ByteBuffer> body();

  /**
   * The body as a stream whose reads block. Closing it closes the response.
   *
   * @return the stream
   * @throws IllegalStateException if the body was asked for before
   */
  InputStream inputStream();

  /**
   * The body line by line, as it comes: decoded as {@link #text()} does, cut at CR, LF and CRLF. An
   * {@link IOException} comes out of the stream as an {@link java.io.UncheckedIOException}. Close
   * the stream, or the response; each closes the other.
   *
   * @return the lines without their ends; each may be as long as {@code limits.buffered-body}
   * @throws IllegalStateException if the body was asked for before
   */
  Stream<String> lines();

  /**
   * The body line by line, as a publisher for one subscriber; see {@link #body()} and {@link
   * #lines()}.
   *
   * @return the publisher
   * @throws IllegalStateException if the body was asked for before
   */
  Flow.Publisher<String> linePublisher();

  /**
   * The fields that came after the body (RFC 9110 section 6.5), never merged into {@link
   * #headers()}. What loads or reads the body to its end has them.
   *
   * @return the trailers, empty when there were none
   * @throws IllegalStateException if the end of the body has not come yet, or will not
   */
  Headers trailers();

  /**
   * The fields that came after the body, when its end has come. This does not read the body: who
   * does not, may wait for ever.
   *
   * @return completes with the trailers, empty when there were none, or with a {@link
   *     SessionException}
   */
  CompletableFuture<Headers> trailersAsync();

  /**
   * The body as a stream of server-sent events (WHATWG HTML section 9.2), as they come: of this
   * response only, without taking it up again when it ends; {@link RequestBuilder#events()} does
   * that. An {@link IOException} comes out of the stream as an {@link
   * java.io.UncheckedIOException}. Close the stream, or the response; each closes the other. The
   * status and the content type are not looked at.
   *
   * @return the events; each may be as long as {@code limits.buffered-body}
   * @throws IllegalStateException if the body was asked for before
   */
  Stream<ServerSentEvent> events();

  /**
   * The body as server-sent events, as a publisher for one subscriber; see {@link #body()} and
   * {@link #events()}.
   *
   * @return the publisher
   * @throws IllegalStateException if the body was asked for before
   */
  Flow.Publisher<ServerSentEvent> eventPublisher();

  /**
   * Writes the body to a file, whatever the status; see {@link #saveTo(Path, DownloadProgress)}.
   *
   * @param target the file; one that is there is replaced
   * @return the target
   * @throws IOException a {@link SessionException}, or what the file system refuses
   * @throws InterruptedException if the thread is interrupted; the response is closed
   */
  default Path saveTo(Path target) throws IOException, InterruptedException {
    return saveTo(target, (received, total) -> {});
  }

  /**
   * Writes the body to a file, whatever the status. It is written beside the target and gets its
   * name when it is complete: a part of the body never has the target's name, and none is left when
   * it fails. {@link RequestBuilder#download(Path)} can go on with a part.
   *
   * @param target the file; one that is there is replaced
   * @param progress hears of each part that was written
   * @return the target
   * @throws IOException a {@link SessionException}, or what the file system refuses
   * @throws InterruptedException if the thread is interrupted; the response is closed
   * @throws IllegalStateException if the body was asked for before
   */
  Path saveTo(Path target, DownloadProgress progress) throws IOException, InterruptedException;

  /**
   * Writes the body to a file without waiting, on threads that may block; see {@link #saveTo(Path,
   * DownloadProgress)}.
   *
   * @param target the file; one that is there is replaced
   * @param progress hears of each part that was written
   * @return completes with the target, or with an {@link IOException}; cancelling it closes the
   *     response
   * @throws IllegalStateException if the body was asked for before
   */
  CompletableFuture<Path> saveToAsync(Path target, DownloadProgress progress);

  /**
   * Writes the body to a file without waiting; see {@link #saveTo(Path, DownloadProgress)}.
   *
   * @param target the file; one that is there is replaced
   * @return completes with the target, or with an {@link IOException}; cancelling it closes the
   *     response
   * @throws IllegalStateException if the body was asked for before
   */
  default CompletableFuture<Path> saveToAsync(Path target) {
    return saveToAsync(target, (received, total) -> {});
  }

  /**
   * Ends the exchange: the connection is kept when what remains of the body is small and already
   * here, else it is closed. Does not block; closing twice is harmless.
   */
  @Override
  void close();
}
