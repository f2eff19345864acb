package org.sessionregistry.runtime;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.sessionregistry.ClientSession;
import org.sessionregistry.DownloadProgress;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketRequest;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.download.Download;
import org.sessionregistry.exchange.Blocking;
import org.sessionregistry.exchange.EventStream;
import org.sessionregistry.exchange.Exchange;
import org.sessionregistry.exchange.SessionContext;
import org.sessionregistry.exchange.WebSocketOpening;
import org.sessionregistry.httpclient.SessionHttpClient;

/**
 * What applications hold: it finds the {@link LiveSession} that a request begins in, anew for each
 * request. The rule: it is looked for on the thread that sends, and what goes on by itself, such as
 * a download that is taken up again, goes on where it began. Thread-safe.
 */
abstract class SessionFace implements ClientSession {
  private final Home home;

  SessionFace(Home home) {
    this.home = home;
  }

  /**
   * Where a request of this thread begins.
   *
   * @throws RuntimeException what the request fails with, if nobody can say
   */
  abstract LiveSession live();

  /** It sends something. */
  abstract void used();

  @Override
  public CookieJar cookies() {
    return live().current().cookies().jar();
  }

  @Override
  public Response send(Request request) throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(sendAsync(request));
  }

  @Override
  public CompletableFuture<Response> sendAsync(Request request) {
    SessionContext context;
    try {
      context = live().context();
    } catch (RuntimeException nobody) {
      return CompletableFuture.failedFuture(nobody);
    }
    used();
    return Exchange.start(context, request);
  }

  @Override
  public WebSocketSession openWebSocket(WebSocketRequest request)
      throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(openWebSocketAsync(request));
  }

  @Override
  public WebSocketSession openWebSocket(WebSocketRequest request, WebSocketListener listener)
      throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(openWebSocketAsync(request, listener));
  }

  @Override
  public CompletableFuture<WebSocketSession> openWebSocketAsync(WebSocketRequest request) {
    return open(request, Optional.empty());
  }

  @Override
  public CompletableFuture<WebSocketSession> openWebSocketAsync(
      WebSocketRequest request, WebSocketListener listener) {
    return open(request, Optional.of(listener));
  }

  private CompletableFuture<WebSocketSession> open(
      WebSocketRequest request, Optional<WebSocketListener> listener) {
    return starting(context -> WebSocketOpening.start(context, request, listener));
  }

  /** The same as when a request is sent, which does without a lambda. */
  private <T> CompletableFuture<T> starting(Function<SessionContext, CompletableFuture<T>> start) {
    SessionContext context;
    try {
      context = live().context();
    } catch (RuntimeException nobody) {
      return CompletableFuture.failedFuture(nobody);
    }
    used();
    return start.apply(context);
  }

  @Override
  public Flow.Publisher<ServerSentEvent> events(Request request) {
    SessionContext context = live().context();
    used();
    return new EventStream(context, again -> Exchange.start(context, again), request);
  }

  @Override
  public CompletableFuture<Response> downloadAsync(
      Request request, Path target, DownloadProgress progress) {
    return starting(
        context ->
            Download.start(
                again -> Exchange.start(context, again),
                home.threads().blocking(),
                request,
                target,
                progress));
  }

  @Override
  public Response download(Request request, Path target, DownloadProgress progress)
      throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(downloadAsync(request, target, progress));
  }

  @Override
  public HttpClient asHttpClient() {
    return new SessionHttpClient(
        this, new HttpClientThreads(home.threads().blocking(), home.threads().timer()));
  }

  @Override
  public abstract CompletionStage<Void> closeAsync();

  @Override
  public void close() {
    Closing.await(closeAsync());
  }
}
