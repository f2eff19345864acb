package org.sessionregistry.httpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.WebSocketBuilder;
import org.sessionregistry.WebSocketHandshakeException;
import org.sessionregistry.WebSocketSession;

/** Opens a session's WebSockets in the JDK's way. Not thread-safe. */
final class SessionWebSocketBuilder implements WebSocket.Builder {
  private final ClientSession session;
  private final ClientThreads threads;
  private final List<String> headers = new ArrayList<>(0);
  private final List<String> subprotocols = new ArrayList<>(0);
  private @Nullable Duration timeout;

  SessionWebSocketBuilder(ClientSession session, ClientThreads threads) {
    this.session = session;
    this.threads = threads;
  }

  @Override
  public WebSocket.Builder header(String name, String value) {
    headers.add(Objects.requireNonNull(name));
    headers.add(Objects.requireNonNull(value));
    return this;
  }

  /** Holds for the whole opening: queue, connection and handshake. */
  @Override
  public WebSocket.Builder connectTimeout(Duration limit) {
    timeout = limit;
    return this;
  }

  @Override
  public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
    subprotocols.clear();
    subprotocols.add(Objects.requireNonNull(mostPreferred));
    subprotocols.addAll(List.of(lesserPreferred));
    return this;
  }

  @Override
  public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
    SerialTasks tasks = new SerialTasks(threads.blocking());
    ListenerCalls calls = new ListenerCalls(Objects.requireNonNull(listener), tasks);
    CompletableFuture<WebSocketSession> opening;
    try {
      opening = configured(Objects.requireNonNull(uri)).connectAsync(calls);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    ResultFuture<WebSocket> result = new ResultFuture<>(() -> opening.cancel(true));
    opening.whenComplete(
        (socket, failure) ->
            tasks.execute(
                () -> {
                  if (failure != null) {
                    result.fail(told(uri, failure));
                  } else if (!result.complete(calls.shown(socket))) {
                    socket.abort();
                  }
                }));
    return result;
  }

  private WebSocketBuilder configured(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("ws") && !scheme.equals("wss")) {
      throw new IllegalArgumentException(
          "a WebSocket has a URI of the scheme ws or wss, not '" + scheme + "'");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the URI of a WebSocket has no fragment (RFC 6455 section 3)");
    }
    WebSocketBuilder builder = session.webSocket(uri);
    for (int i = 0; i < headers.size(); i += 2) {
      builder.header(headers.get(i), headers.get(i + 1));
    }
    builder.subprotocols(subprotocols.toArray(String[]::new));
    Duration limit = timeout;
    if (limit != null) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException(
            "connectTimeout " + limit + ": a duration above 0 is expected");
      }
      builder.timeout(limit);
    }
    return builder;
  }

  private static Throwable told(URI uri, Throwable failure) {
    Throwable bare = JdkFailures.of(failure);
    return bare instanceof WebSocketHandshakeException refused && refused.status().isPresent()
        ? JdkFailures.because(
            refused, new java.net.http.WebSocketHandshakeException(answer(uri, refused)))
        : bare;
  }

  private static SessionHttpResponse<String> answer(URI uri, WebSocketHandshakeException refused) {
    URI asked = URI.create("http" + uri.toString().substring("ws".length()));
    return new SessionHttpResponse<>(
        refused.status().orElseThrow(),
        HttpRequest.newBuilder(asked).build(),
        Optional.empty(),
        Translation.headers(refused.headers()),
        refused.body(),
        asked,
        HttpClient.Version.HTTP_1_1);
  }
}
