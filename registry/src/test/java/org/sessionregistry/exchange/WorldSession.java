package org.sessionregistry.exchange;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.sessionregistry.ClientSession;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketRequest;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.SessionSettings;

/** The world as a session, so that a request can be built for it. */
record WorldSession(World world) implements ClientSession {
  @Override
  public String name() {
    return settings().name();
  }

  @Override
  public SessionSettings settings() {
    return world.context.settings;
  }

  @Override
  public CookieJar cookies() {
    return world.cookies;
  }

  @Override
  public JsonCodec json() {
    return world.context.json;
  }

  @Override
  public SessionStatistics statistics() {
    return world.statistics();
  }

  @Override
  public Response send(Request request) throws IOException, InterruptedException {
    return Blocking.await(sendAsync(request));
  }

  @Override
  public CompletableFuture<Response> sendAsync(Request request) {
    return world.send(request);
  }

  @Override
  public Flow.Publisher<ServerSentEvent> events(Request request) {
    return new EventStream(world.context, this::sendAsync, request);
  }

  @Override
  public CompletableFuture<WebSocketSession> openWebSocketAsync(WebSocketRequest request) {
    return WebSocketOpening.start(world.context, request, Optional.empty());
  }

  @Override
  public CompletableFuture<WebSocketSession> openWebSocketAsync(
      WebSocketRequest request, WebSocketListener listener) {
    return WebSocketOpening.start(world.context, request, Optional.of(listener));
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    throw new UnsupportedOperationException("a world is not closed");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("a world is not closed");
  }
}
