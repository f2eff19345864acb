package org.sessionregistry.cdi.restclient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;

/**
 * One request of a REST client. The entity is written into it as into any stream: what fits into
 * {@link #IN_MEMORY} is sent when it is complete, with its length, and can be sent again; what is
 * larger is sent while it is written, once. The header fields are asked for at the last moment,
 * because writers may add some. One thread writes and calls {@link #finish} or {@link #abandon}.
 */
final class SessionCall extends OutputStream {
  /** How much of an entity is kept, in bytes. */
  static final int IN_MEMORY = 64 * 1024;

  private static final int FIRST_SIZE = 1024;

  private final ClientSession session;
  private final String method;
  private final URI uri;
  private final Supplier<? extends Map<String, List<String>>> headers;

  private @Nullable ByteArrayOutputStream kept;
  private @Nullable EntityPipe pipe;
  private @Nullable CompletableFuture<Response> sent;

  SessionCall(
      ClientSession session,
      String method,
      URI uri,
      Supplier<? extends Map<String, List<String>>> headers) {
    this.session = session;
    this.method = method;
    this.uri = uri;
    this.headers = headers;
  }

  // ---- the entity -----------------------------------------------------------------------------

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return;
    }
    EntityPipe through = pipe;
    if (through == null) {
      ByteArrayOutputStream memory = memory();
      if (memory.size() + count <= IN_MEMORY) {
        memory.write(bytes, offset, count);
        return;
      }
      through = startStreaming(memory);
    }
    through.write(ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + count)));
  }

  private ByteArrayOutputStream memory() {
    ByteArrayOutputStream memory = kept;
    if (memory == null) {
      memory = new ByteArrayOutputStream(FIRST_SIZE);
      kept = memory;
    }
    return memory;
  }

  private EntityPipe startStreaming(ByteArrayOutputStream memory) throws IOException {
    EntityPipe through = new EntityPipe();
    pipe = through;
    Map<String, List<String>> fields = headers.get();
    RequestBody body = EntityBody.of(through, RequestFields.length(fields));
    CompletableFuture<Response> future = session.sendAsync(request(fields, body));
    sent = future;
    future.whenComplete((response, failure) -> through.decided(failure));
    kept = null;
    if (memory.size() > 0) {
      through.write(ByteBuffer.wrap(memory.toByteArray()));
    }
    return through;
  }

  /** Closing a stream is not yet the end of a request: interceptors may close it early. */
  @Override
  public void close() {}

  // ---- the request ----------------------------------------------------------------------------

  /**
   * The entity is complete.
   *
   * @return completes with the head of the response; cancelling it ends the exchange
   * @throws IllegalArgumentException if the session cannot send the request
   */
  CompletableFuture<Response> finish() {
    EntityPipe through = pipe;
    if (through != null) {
      through.complete();
    }
    CompletableFuture<Response> future = sent;
    return future == null ? session.sendAsync(whole()) : future;
  }

  /** The request whose entity is in memory, or has none. */
  private Request whole() {
    ByteArrayOutputStream memory = kept;
    return request(
        headers.get(), memory == null ? RequestBody.empty() : EntityBody.of(memory.toByteArray()));
  }

  private Request request(Map<String, List<String>> fields, RequestBody body) {
    RequestBuilder request = session.request(method, uri);
    RequestFields.copy(fields, request);
    return request.body(body).build();
  }

  /**
   * The entity could not be written.
   *
   * @return why: what the exchange has failed with, if it has, else what the writer did
   */
  Throwable abandon(Throwable why) {
    CompletableFuture<Response> future = sent;
    if (future == null) {
      return why;
    }
    Throwable first = future.isCompletedExceptionally() ? failure(future) : why;
    EntityPipe through = pipe;
    if (through != null) {
      through.fail(why);
    }
    future.cancel(true);
    future.thenAccept(Response::close);
    return first;
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return cause(Objects.requireNonNull(future.handle((value, failure) -> failure).join()));
  }

  // ---- the response ---------------------------------------------------------------------------

  /**
   * Sends what is left and waits for the head of the response.
   *
   * @throws IOException a {@code SessionException} that says what went wrong
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  Response await() throws IOException {
    CompletableFuture<Response> streaming = sent;
    try {
      return streaming == null ? session.send(whole()) : finish().get();
    } catch (InterruptedException e) {
      if (streaming != null) {
        streaming.cancel(true);
      }
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while waiting").initCause(e);
    } catch (ExecutionException e) {
      Throwable cause = cause(e);
      if (cause instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(cause.getMessage(), cause);
    }
  }

  /**
   * Sends what is left. The head of the response, or what went wrong, comes on a thread that may
   * block, as readers do.
   *
   * @param executor those threads; when it takes no more, the response is closed
   */
  CompletableFuture<Response> deliver(
      Executor executor, BiConsumer<@Nullable Response, @Nullable Throwable> receiver) {
    CompletableFuture<Response> future = finish();
    future.whenComplete(
        (response, thrown) -> {
          Throwable failure = thrown == null ? null : cause(thrown);
          try {
            executor.execute(() -> receiver.accept(response, failure));
          } catch (RejectedExecutionException e) {
            if (response != null) {
              response.close();
            }
            receiver.accept(null, failure == null ? e : failure);
          }
        });
    return future;
  }

  /** What a stage that depends on another one wraps. */
  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause != null
            && (thrown instanceof CompletionException || thrown instanceof ExecutionException)
        ? cause
        : thrown;
  }
}
