package org.sessionregistry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.SessionSettings;

/**
 * A named HTTP client: one configuration, one cookie jar, one pool of connections with its queue.
 * Cheap to keep, thread-safe, made to be shared by the whole application.
 */
public interface ClientSession extends AutoCloseable {
  /**
   * The session's name.
   *
   * @return the name
   */
  String name();

  /**
   * The tenant whose session it is.
   *
   * @return the tenant's name; empty unless {@link SessionRegistry#session(String, String)} gave it
   */
  default Optional<String> tenant() {
    return Optional.empty();
  }

  /**
   * What the session was told.
   *
   * @return its settings
   */
  SessionSettings settings();

  /**
   * The cookies of the session.
   *
   * @return its jar
   */
  CookieJar cookies();

  /**
   * What the session has done and what its pool is doing now.
   *
   * @return a snapshot
   */
  SessionStatistics statistics();

  /**
   * What writes and reads JSON for this session.
   *
   * @return the codec, JSON-B unless the session was given another
   */
  default JsonCodec json() {
    return JsonCodec.ofJsonBinding();
  }

  /**
   * Starts a request.
   *
   * @param method the method (RFC 9110 section 9), sent as it is written
   * @param uriTemplate a URI reference with {@code {variables}}, relative to the base URL or
   *     absolute
   * @return a builder
   * @throws IllegalArgumentException if the method is not a token
   */
  default RequestBuilder request(String method, String uriTemplate) {
    return new RequestBuilder(this, method, uriTemplate);
  }

  /**
   * Starts a request.
   *
   * @param method the method (RFC 9110 section 9), sent as it is written
   * @param uri relative to the base URL or absolute; used as it is, without variables
   * @return a builder
   * @throws IllegalArgumentException if the method is not a token
   */
  default RequestBuilder request(String method, URI uri) {
    return request(method, uri.toString());
  }

  /**
   * Starts a GET request.
   *
   * @param uriTemplate a URI reference with {@code {variables}}
   * @return a builder
   */
  default RequestBuilder get(String uriTemplate) {
    return request("GET", uriTemplate);
  }

  /**
   * Starts a HEAD request.
   *
   * @param uriTemplate a URI reference with {@code {variables}}
   * @return a builder
   */
  default RequestBuilder head(String uriTemplate) {
    return request("HEAD", uriTemplate);
  }

  /**
   * Starts a POST request.
   *
   * @param uriTemplate a URI reference with {@code {variables}}
   * @return a builder
   */
  default RequestBuilder post(String uriTemplate) {
    return request("POST", uriTemplate);
  }

  /**
   * Starts a PUT request.
   *
   * @param uriTemplate a URI reference with {@code {variables}}
   * @return a builder
   */
  default RequestBuilder put(String uriTemplate) {
    return request("PUT", uriTemplate);
  }

  /**
   * Starts a PATCH request.
   *
   * @param uriTemplate a URI reference with {@code {variables}}
   * @return a builder
   */
  default RequestBuilder patch(String uriTemplate) {
    return request("PATCH", uriTemplate);
  }

  /**
   * Starts a DELETE request.
   *
   * @param uriTemplate a URI reference with {@code {variables}}
   * @return a builder
   */
  default RequestBuilder delete(String uriTemplate) {
    return request("DELETE", uriTemplate);
  }

  /**
   * Starts an OPTIONS request.
   *
   * @param uriTemplate a URI reference with {@code {variables}}
   * @return a builder
   */
  default RequestBuilder options(String uriTemplate) {
    return request("OPTIONS", uriTemplate);
  }

  /**
   * Sends a request and waits for status and headers.
   *
   * @param request the request
   * @return the response; close it
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the exchange is cancelled
   * @throws IllegalArgumentException if the request cannot be sent by this session, for example
   *     because its URI is relative and there is no base URL
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  Response send(Request request) throws IOException, InterruptedException;

  /**
   * Sends a request without waiting. Stages that depend on the future may run on a thread of the
   * registry and must not block it.
   *
   * @param request the request
   * @return completes with status and headers, or with a {@link SessionException}; cancelling it
   *     ends the exchange
   * @throws IllegalArgumentException if the request cannot be sent by this session, for example
   *     because its URI is relative and there is no base URL
   */
  CompletableFuture<Response> sendAsync(Request request);

  /**
   * Server-sent events (WHATWG HTML section 9.2) that go on when their stream ends or breaks: the
   * request is sent for each subscriber, and again after the time that the server names (3 s at
   * first; after failures longer and longer, up to a minute), with {@code Last-Event-ID}, and
   * {@code Accept: text/event-stream} and {@code Cache-Control: no-store} unless it sets them. Only
   * a limit of time of its own applies to it.
   *
   * <p>A subscriber's stream completes when the server answers 204. It fails with a {@link
   * ResponseBodyException} when the answer is neither that nor 200 with {@code text/event-stream},
   * with a {@link SessionClosedException} as soon as the session closes, and with any failure that
   * time does not heal, such as one of TLS. A signal may come on a thread of the registry, which
   * the subscriber must not block.
   *
   * @param request the request
   * @return the events; nothing is sent before somebody subscribes
   * @throws IllegalArgumentException if the request's body cannot be sent again
   */
  default Flow.Publisher<ServerSentEvent> events(Request request) {
    throw new UnsupportedOperationException("this session gives no events");
  }

  /**
   * Starts a WebSocket (RFC 6455). It takes a connection of its own, which counts towards the
   * limits of the pool until the WebSocket is closed.
   *
   * @param uriTemplate a URI reference with {@code {variables}}, relative to the base URL or
   *     absolute; {@code ws} stands for {@code http}, {@code wss} for {@code https}
   * @return a builder
   */
  default WebSocketBuilder webSocket(String uriTemplate) {
    return new WebSocketBuilder(this, uriTemplate);
  }

  /**
   * Starts a WebSocket (RFC 6455).
   *
   * @param uri relative to the base URL or absolute; used as it is, without variables
   * @return a builder
   */
  default WebSocketBuilder webSocket(URI uri) {
    return webSocket(uri.toString());
  }

  /**
   * Opens a WebSocket whose messages are fetched, and waits until it is open.
   *
   * @param request what it is opened with
   * @return the WebSocket; close it
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the opening is cancelled
   * @throws IllegalArgumentException if it cannot be opened by this session
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  default WebSocketSession openWebSocket(WebSocketRequest request)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException("this session opens no WebSockets");
  }

  /**
   * Opens a WebSocket with a listener, and waits until it is open.
   *
   * @param request what it is opened with
   * @param listener hears what comes
   * @return the WebSocket; close it
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the opening is cancelled
   * @throws IllegalArgumentException if it cannot be opened by this session
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  default WebSocketSession openWebSocket(WebSocketRequest request, WebSocketListener listener)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException("this session opens no WebSockets");
  }

  /**
   * Opens a WebSocket whose messages are fetched, without waiting.
   *
   * @param request what it is opened with
   * @return completes with the WebSocket, or with a {@link SessionException}; cancelling it ends
   *     the opening
   * @throws IllegalArgumentException if it cannot be opened by this session
   */
  default CompletableFuture<WebSocketSession> openWebSocketAsync(WebSocketRequest request) {
    throw new UnsupportedOperationException("this session opens no WebSockets");
  }

  /**
   * Opens a WebSocket with a listener, without waiting.
   *
   * @param request what it is opened with
   * @param listener hears what comes
   * @return completes with the WebSocket, or with a {@link SessionException}; cancelling it ends
   *     the opening
   * @throws IllegalArgumentException if it cannot be opened by this session
   */
  default CompletableFuture<WebSocketSession> openWebSocketAsync(
      WebSocketRequest request, WebSocketListener listener) {
    throw new UnsupportedOperationException("this session opens no WebSockets");
  }

  /**
   * Fetches a resource into a file and goes on with what an earlier download of the same to the
   * same place left (RFC 9110 section 14.2), if the server named it by a strong {@code ETag} or a
   * {@code Last-Modified} and still says the same; otherwise from the beginning. The file is
   * written beside the target, as {@code <name>.part}, and gets its name when it is complete; what
   * identifies it stands in {@code <name>.part.validator} meanwhile. When no later download could
   * go on with a part, it is deleted. Unless the request sets {@code Accept-Encoding}, it asks for
   * no encoding.
   *
   * @param request a GET without a range
   * @param target the file; one that is there is replaced
   * @param progress hears of each part that was written
   * @return completes with the response when the file is complete: status 200, or 206 for the rest
   *     of it. With any other status nothing is saved, and the response has its body. Or with an
   *     {@link IOException}: a {@link SessionException}, or what the file system refuses.
   *     Cancelling it ends the download.
   * @throws IllegalArgumentException if the request is no GET, has a range, or cannot be sent by
   *     this session
   */
  default CompletableFuture<Response> downloadAsync(
      Request request, Path target, DownloadProgress progress) {
    throw new UnsupportedOperationException("this session downloads nothing");
  }

  /**
   * Fetches a resource into a file and waits until it is complete; see {@link #downloadAsync}.
   *
   * @param request a GET without a range
   * @param target the file; one that is there is replaced
   * @param progress hears of each part that was written
   * @return the response: status 200, or 206 for the rest of the file. With any other status
   *     nothing is saved, and the response has its body; close it
   * @throws IOException a {@link SessionException}, or what the file system refuses
   * @throws InterruptedException if the thread is interrupted; the download ends
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  default Response download(Request request, Path target, DownloadProgress progress)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException("this session downloads nothing");
  }

  /**
   * The session as the JDK's client, for libraries that accept one: what it sends uses this
   * session's pool, queue, headers, cookies, credentials, proxy, TLS, time limits, redirects and
   * retries, and is counted with the rest. Thread-safe, and cheap to make.
   *
   * <ul>
   *   <li>Body handlers, subscribers, publishers and whatever depends on the future may block: they
   *       run on threads of the registry that are there for it. One part of a body is on its way at
   *       a time, so that large ones need little memory. Cancelling the future ends the exchange.
   *   <li>{@code HttpRequest.timeout} ends when the response headers are there; the session's
   *       limits hold beside it. {@code HttpRequest.version} changes nothing: the session decides.
   *       A body publisher is subscribed to again when the request is sent again.
   *   <li>Failures have the JDK's types where it has one, with the {@link SessionException} as the
   *       cause: {@code HttpTimeoutException}, {@code HttpConnectTimeoutException}, {@code
   *       ConnectException}, {@code SSLHandshakeException}. The others are the {@link
   *       SessionException} itself.
   *   <li>A {@code PushPromiseHandler} is refused with {@link UnsupportedOperationException}, since
   *       servers are told not to push. {@code sslContext()} is the JVM's default, {@code
   *       HttpResponse.sslSession()} is empty.
   *   <li>{@code close()}, {@code shutdown()} and {@code shutdownNow()} (JDK 21) end this client
   *       and never the session; {@code close()} waits for the responses that this client has asked
   *       for.
   * </ul>
   *
   * @return a client of its own, whose shutdown says nothing to others
   */
  default HttpClient asHttpClient() {
    throw new UnsupportedOperationException("this session cannot be seen as an HttpClient");
  }

  /**
   * Closes the session: no new requests; queued ones fail; running ones get {@code
   * shutdown-timeout} to finish, then fail. Closing twice returns the same stage.
   *
   * @return completes when every connection is closed
   */
  CompletionStage<Void> closeAsync();

  /**
   * Closes the session and waits until every connection is closed. An interrupt ends the wait, not
   * the closing, and stays set.
   *
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  @Override
  void close();
}
