package org.sessionregistry.cdi.restclient;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.InvocationCallback;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.jboss.resteasy.client.jaxrs.engines.AsyncClientHttpEngine;
import org.jboss.resteasy.client.jaxrs.internal.ClientInvocation;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/**
 * RESTEasy's way to a session. Closing it, as RESTEasy does with the client, must not close the
 * session, which belongs to the registry. Filters, writers and readers run on the caller's thread
 * or on those of the client's executor. Thread-safe.
 */
final class ResteasyEngine implements AsyncClientHttpEngine {
  private final ClientSession session;

  ResteasyEngine(ClientSession session) {
    this.session = session;
  }

  @Override
  public jakarta.ws.rs.core.Response invoke(Invocation invocation) {
    ClientInvocation request = (ClientInvocation) invocation;
    SessionCall call = write(request);
    try {
      return new ResteasyResponse(request, call.await());
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public <T> Future<T> submit(
      ClientInvocation request,
      boolean buffered,
      @Nullable InvocationCallback<T> callback,
      ResultExtractor<T> extractor) {
    CompletableFuture<T> result = submit(request, extractor, request.asyncInvocationExecutor());
    if (callback != null) {
      result.whenComplete(
          (value, failure) -> {
            if (failure == null) {
              callback.completed(value);
            } else {
              callback.failed(failure);
            }
          });
    }
    return result;
  }

  @Override
  public <T> CompletableFuture<T> submit(
      ClientInvocation request,
      boolean buffered,
      ResultExtractor<T> extractor,
      @Nullable ExecutorService executor) {
    return submit(
        request, extractor, executor == null ? request.asyncInvocationExecutor() : executor);
  }

  private <T> CompletableFuture<T> submit(
      ClientInvocation request, ResultExtractor<T> extractor, Executor executor) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      Future<Response> sent =
          write(request)
              .deliver(
                  executor,
                  (response, failure) -> {
                    if (response == null) {
                      result.completeExceptionally(failed(failure));
                    } else {
                      extract(request, response, extractor, result);
                    }
                  });
      result.whenComplete(
          (value, failure) -> {
            if (result.isCancelled()) {
              sent.cancel(true);
            }
          });
    } catch (RuntimeException e) {
      result.completeExceptionally(e instanceof ProcessingException ? e : failed(e));
    }
    return result;
  }

  private static <T> void extract(
      ClientInvocation request,
      Response response,
      ResultExtractor<T> extractor,
      CompletableFuture<T> result) {
    try {
      T value = extractor.extractResult(new ResteasyResponse(request, response));
      if (!result.complete(value)) {
        response.close(); // cancelled meanwhile
      }
    } catch (IOException e) {
      result.completeExceptionally(failed(e));
    } catch (RuntimeException | Error e) {
      response.close();
      result.completeExceptionally(e);
    }
  }

  private SessionCall write(ClientInvocation request) {
    SessionCall call =
        new SessionCall(
            session, request.getMethod(), request.getUri(), () -> request.getHeaders().asMap());
    if (request.getEntity() == null) {
      return call;
    }
    request.getDelegatingOutputStream().setDelegate(call);
    try {
      request.writeRequestBody(request.getEntityStream());
      request.getEntityStream().close(); // a filter may have put another one around it
      return call;
    } catch (IOException | RuntimeException | Error e) {
      Throwable why = call.abandon(e);
      if (why == e && e instanceof RuntimeException ofTheWriter) {
        throw ofTheWriter;
      }
      throw failed(why);
    }
  }

  private static ProcessingException failed(@Nullable Throwable why) {
    return new ProcessingException(why == null ? null : why.getMessage(), why);
  }

  /** The session's own are not shown. */
  @Override
  public @Nullable SSLContext getSslContext() {
    return null;
  }

  @Override
  public @Nullable HostnameVerifier getHostnameVerifier() {
    return null;
  }

  @Override
  public boolean isFollowRedirects() {
    return session.settings().redirects().max() > 0;
  }

  /** The session's settings decide. */
  @Override
  public void setFollowRedirects(boolean followRedirects) {}

  @Override
  public void close() {}
}
