package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.DownloadProgress;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.Headers;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.Link;
import org.sessionregistry.Redirect;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionException;
import org.sessionregistry.TypeRef;
import org.sessionregistry.content.ContentCoding;
import org.sessionregistry.download.FileTransfer;

/**
 * The response of one exchange; its body waits in a {@link BodyBuffer} as it was sent. Thread-safe.
 */
final class StandardResponse implements Response {
  /** A part of a compressed body cannot be decompressed (RFC 9110 section 14.1.1). */
  private static final int PARTIAL = 206;

  private final Exchange exchange;
  private final BodyBuffer received;

  /** What is received, or what it stands for. */
  private final BodySource buffer;

  private final String version;
  private final int status;
  private final String reason;
  private final Headers headers;
  private final Target target;
  private final List<Redirect> history;
  private final List<FailedAttempt> failedAttempts;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable CompletableFuture<byte[]> loaded;

  @GuardedBy("lock")
  private boolean streamed;

  StandardResponse(
      Exchange exchange,
      Outgoing sent,
      BodyBuffer received,
      String version,
      int status,
      String reason,
      Headers headers) {
    this.exchange = exchange;
    this.received = received;
    this.version = version;
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.target = sent.target();
    this.history = exchange.course().redirects();
    this.failedAttempts = exchange.course().failed();
    this.buffer = source(received);
  }

  private BodySource source(BodyBuffer coded) {
    if (!headers.contains("Content-Encoding")
        || status == PARTIAL
        || !exchange.context().headers.decodes(exchange.course().outgoing())) {
      return coded;
    }
    return ContentCoding.applied(headers.all("Content-Encoding"))
        .filter(applied -> !applied.isEmpty())
        .<BodySource>map(applied -> new DecodedBody(exchange, coded, applied))
        .orElse(coded);
  }

  @Override
  public boolean isDecompressed() {
    return buffer instanceof DecodedBody;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String reason() {
    return reason;
  }

  @Override
  public HttpVersion version() {
    return switch (version) {
      case "HTTP/2" -> HttpVersion.HTTP_2;
      case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
      default -> HttpVersion.HTTP_1_1;
    };
  }

  @Override
  public URI uri() {
    return target.uri();
  }

  @Override
  public List<Redirect> history() {
    return history;
  }

  @Override
  public List<FailedAttempt> failedAttempts() {
    return failedAttempts;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public Optional<String> contentType() {
    return headers.first("Content-Type");
  }

  @Override
  public Charset charset() {
    return Text.charset(contentType());
  }

  @Override
  public List<Link> links() {
    return LinkFields.parse(headers.all("Link"), target.uri());
  }

  @Override
  public OptionalLong contentLength() {
    Optional<String> length = headers.first("Content-Length");
    if (length.isEmpty() || buffer != received || headers.contains("Transfer-Encoding")) {
      return OptionalLong.empty();
    }
    String digits = length.get().strip();
    return digits.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  // ---- the body -------------------------------------------------------------------------------

  @Override
  public byte[] bytes() throws IOException, InterruptedException {
    return await(bytesAsync());
  }

  @Override
  public CompletableFuture<byte[]> bytesAsync() {
    return loaded().copy();
  }

  @Override
  public String text() throws IOException, InterruptedException {
    return await(textAsync());
  }

  @Override
  public CompletableFuture<String> textAsync() {
    return loaded().thenApply(bytes -> Text.decode(bytes, charset()));
  }

  @Override
  public <T> T json(Class<T> type) throws IOException, InterruptedException {
    return json().read(bytes(), type);
  }

  @Override
  public <T> T json(TypeRef<T> type) throws IOException, InterruptedException {
    return json().read(bytes(), type.type());
  }

  @Override
  public <T> CompletableFuture<T> jsonAsync(Class<T> type) {
    return jsonAsync((Type) type);
  }

  @Override
  public <T> CompletableFuture<T> jsonAsync(TypeRef<T> type) {
    return jsonAsync(type.type());
  }

  private <T> CompletableFuture<T> jsonAsync(Type type) {
    return loaded()
        .thenApplyAsync(
            bytes -> {
              try {
                return json().read(bytes, type);
              } catch (SessionException e) {
                throw new CompletionException(e);
              }
            },
            exchange.context().blocking);
  }

  private JsonReading json() {
    return new JsonReading(exchange, contentType().orElse(""), charset());
  }

  @Override
  public Response raiseForStatus() throws IOException, InterruptedException {
    return status < 400 ? this : await(raiseForStatusAsync());
  }

  @Override
  public CompletableFuture<Response> raiseForStatusAsync() {
    if (status < 400) {
      return CompletableFuture.completedFuture(this);
    }
    return bodyStart()
        .thenCompose(
            start ->
                CompletableFuture.failedFuture(
                    exchange.context().failures.status(exchange.detail(), this, start)));
  }

  /** As much of the body as an error message needs; closes the response. */
  CompletableFuture<byte[]> bodyStart() {
    CompletableFuture<byte[]> whole;
    lock.lock();
    try {
      if (streamed) {
        return CompletableFuture.completedFuture(new byte[0]); // somebody else reads it
      }
      whole = loaded;
      streamed |= whole == null;
    } finally {
      lock.unlock();
    }
    return whole == null
        ? BodyStart.read(buffer, this)
        : whole.handle((bytes, failure) -> failure == null ? BodyStart.cut(bytes) : new byte[0]);
  }

  private <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return Blocking.await(future);
    } catch (InterruptedException e) {
      close();
      throw e;
    }
  }

  private CompletableFuture<byte[]> loaded() {
    BodyLoader loader;
    CompletableFuture<byte[]> future;
    lock.lock();
    try {
      if (loaded != null) {
        return loaded;
      }
      refuseIfStreamed();
      byte[] whole = buffer.takeWhole(pieceLimit());
      if (whole != null) {
        future = CompletableFuture.completedFuture(whole);
        loaded = future;
        return future;
      }
      loader = new BodyLoader(exchange, buffer, this);
      future = loader.future();
      loaded = future;
    } finally {
      lock.unlock();
    }
    loader.start();
    return future;
  }

  @Override
  public Flow.Publisher<ByteBuffer> body() {
    stream();
    return new BodyPublisher(buffer, this);
  }

  @Override
  public InputStream inputStream() {
    stream();
    return new BodyStream(buffer, this);
  }

  @Override
  public Stream<String> lines() {
    return DecodedIterator.stream(inputStream(), lineDecoding());
  }

  @Override
  public Flow.Publisher<String> linePublisher() {
    return new DecodedPublisher<>(body(), lineDecoding());
  }

  private LineDecoding lineDecoding() {
    return new LineDecoding(charset(), pieceLimit(), () -> tooLarge("a line"));
  }

  @Override
  public Stream<ServerSentEvent> events() {
    return DecodedIterator.stream(inputStream(), eventDecoding(""));
  }

  @Override
  public Flow.Publisher<ServerSentEvent> eventPublisher() {
    return new DecodedPublisher<>(body(), eventDecoding(""));
  }

  /** For a stream of events that goes on after an id. */
  EventDecoding eventDecoding(String lastEventId) {
    return new EventDecoding(lastEventId, pieceLimit(), () -> tooLarge("an event"));
  }

  private long pieceLimit() {
    return exchange.context().settings.limits().bufferedBody().bytes();
  }

  private SessionException tooLarge(String piece) {
    return exchange.context().failures.pieceTooLarge(exchange.detail(), piece);
  }

  @Override
  public Path saveTo(Path target, DownloadProgress progress)
      throws IOException, InterruptedException {
    return await(saveToAsync(target, progress));
  }

  @Override
  public CompletableFuture<Path> saveToAsync(Path target, DownloadProgress progress) {
    return FileTransfer.save(
        body(), target, contentLength(), progress, exchange.context().blocking);
  }

  private void stream() {
    lock.lock();
    try {
      refuseIfStreamed();
      if (loaded != null) {
        throw new IllegalStateException("the body was loaded with bytes() or text() already");
      }
      streamed = true;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void refuseIfStreamed() {
    if (streamed) {
      throw new IllegalStateException("the body was taken with body() or inputStream() already");
    }
  }

  @Override
  public Headers trailers() {
    return received.trailers();
  }

  @Override
  public CompletableFuture<Headers> trailersAsync() {
    return received.trailersAsync();
  }

  @Override
  public void close() {
    buffer.close();
  }

  /** Status, reason and headers, those with credentials masked. */
  @Override
  public String toString() {
    return version + " " + status + " " + reason + " " + headers;
  }
}
