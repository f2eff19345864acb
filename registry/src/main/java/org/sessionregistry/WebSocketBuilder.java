package org.sessionregistry;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.settings.HeaderSyntax;
import org.sessionregistry.settings.Priority;

/**
 * Collects what a WebSocket is opened with, and opens it on its session. Mistakes are refused at
 * once with an {@link IllegalArgumentException}. Not thread-safe.
 */
public final class WebSocketBuilder {
  /** How long the peer may take to answer a close frame, unless it is told otherwise. */
  public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final ClientSession session;
  private final RequestBuilder handshake;
  private final List<String> subprotocols = new ArrayList<>(0);
  private OptionalInt maxMessageSize = OptionalInt.empty();
  private boolean compression = true;
  private Duration pingInterval = Duration.ZERO;
  private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;

  /**
   * Starts a WebSocket; applications call {@link ClientSession#webSocket(String)}.
   *
   * @param session what opens it
   * @param template a URI reference with {@code {variables}}
   */
  public WebSocketBuilder(ClientSession session, String template) {
    this.session = session;
    this.handshake = new RequestBuilder(session, "GET", template);
  }

  /**
   * Gives a variable of the URI template its value; everything but unreserved characters is percent
   * encoded (RFC 6570 section 3.2.2).
   *
   * @param variable the name between the braces
   * @param value the value, not encoded
   * @return this
   */
  public WebSocketBuilder path(String variable, Object value) {
    handshake.path(variable, value);
    return this;
  }

  /**
   * Appends a query parameter; the same name may be given again.
   *
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return this
   */
  public WebSocketBuilder query(String name, Object value) {
    handshake.query(name, value);
    return this;
  }

  /**
   * Adds a header field to the opening handshake. It wins over the session's default of that name.
   *
   * @param name the field name
   * @param value the field value
   * @return this
   * @throws IllegalArgumentException if it is no header field, or one that the handshake itself has
   */
  public WebSocketBuilder header(String name, String value) {
    if (name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
      throw new IllegalArgumentException(
          "header '" + name + "': it is part of the opening handshake (RFC 6455 section 4.1)");
    }
    handshake.header(name, value);
    return this;
  }

  /**
   * Adds a cookie for the opening handshake only, beside those of the session's jar.
   *
   * @param name the name, a token
   * @param value the value, sent as it is
   * @return this
   * @throws IllegalArgumentException if one of them cannot stand in a Cookie header
   */
  public WebSocketBuilder cookie(String name, String value) {
    handshake.cookie(name, value);
    return this;
  }

  /**
   * Sends user name and password with the opening handshake (RFC 7617, UTF-8).
   *
   * @param user the user name, without a colon
   * @param password the password
   * @return this
   * @throws IllegalArgumentException if the user name has a colon
   */
  public WebSocketBuilder basicAuth(String user, String password) {
    handshake.basicAuth(user, password);
    return this;
  }

  /**
   * Sends a bearer token with the opening handshake (RFC 6750 section 2.1).
   *
   * @param token the token
   * @return this
   */
  public WebSocketBuilder bearerAuth(String token) {
    handshake.bearerAuth(token);
    return this;
  }

  /**
   * Offers subprotocols (RFC 6455 section 1.9); the server chooses one of them or none.
   *
   * @param names the names, the preferred one first
   * @return this
   * @throws IllegalArgumentException if one is not a token or is there twice
   */
  public WebSocketBuilder subprotocols(String... names) {
    for (String name : names) {
      if (!HeaderSyntax.isToken(name) || subprotocols.contains(name)) {
        throw new IllegalArgumentException(
            "subprotocol '"
                + name
                + "': a token is expected that is not there yet (RFC 6455 section 4.1)");
      }
      subprotocols.add(name);
    }
    return this;
  }

  /**
   * Limits the opening handshake, waiting for a connection included, in place of the session's
   * {@code timeout.total}. An open WebSocket has no time limit.
   *
   * @param opening the limit, zero for none
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public WebSocketBuilder timeout(Duration opening) {
    handshake.timeout(opening);
    return this;
  }

  /**
   * Sets how soon it gets a connection while others wait, in place of the session's {@code
   * priority}.
   *
   * @param value the priority
   * @return this
   */
  public WebSocketBuilder priority(Priority value) {
    handshake.priority(value);
    return this;
  }

  /**
   * Limits messages that come in, decompressed, in place of the session's {@code
   * limits.buffered-body}. It bounds the memory too, for every frame is read as a whole. A larger
   * message ends the WebSocket with 1009.
   *
   * @param bytes the limit in bytes
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public WebSocketBuilder maxMessageSize(int bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("maxMessageSize " + bytes + ": at least 1 is expected");
    }
    maxMessageSize = OptionalInt.of(bytes);
    return this;
  }

  /**
   * Whether compression of messages (RFC 7692) is offered to the server; it is by default.
   *
   * @param offered false for none
   * @return this
   */
  public WebSocketBuilder compression(boolean offered) {
    compression = offered;
    return this;
  }

  /**
   * Sends pings, and ends the WebSocket when nothing at all has come of the peer from one to the
   * next. By default there are none.
   *
   * @param interval the time between two pings, zero for none
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public WebSocketBuilder pingInterval(Duration interval) {
    pingInterval = notNegative("pingInterval", interval);
    return this;
  }

  /**
   * Limits how long the peer may take to answer a close frame, by default 10 seconds; then the
   * connection is closed all the same.
   *
   * @param limit the limit
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public WebSocketBuilder closeTimeout(Duration limit) {
    closeTimeout = notNegative("closeTimeout", limit);
    return this;
  }

  private static Duration notNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " " + value + ": a duration from 0 is expected");
    }
    return value;
  }

  /**
   * What was collected, to be kept or used later.
   *
   * @return an immutable request
   * @throws IllegalArgumentException if a variable of the template has no value, or a value has no
   *     variable
   */
  public WebSocketRequest build() {
    return new WebSocketRequest(
        handshake.build(), subprotocols, maxMessageSize, compression, pingInterval, closeTimeout);
  }

  /**
   * Opens the WebSocket and waits until it is open. Messages are then fetched with {@link
   * WebSocketSession#receive}.
   *
   * @return the WebSocket; close it
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the opening is cancelled
   */
  public WebSocketSession connect() throws IOException, InterruptedException {
    return session.openWebSocket(build());
  }

  /**
   * Opens the WebSocket and waits until it is open.
   *
   * @param listener hears what comes
   * @return the WebSocket; close it
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the opening is cancelled
   */
  public WebSocketSession connect(WebSocketListener listener)
      throws IOException, InterruptedException {
    return session.openWebSocket(build(), listener);
  }

  /**
   * Opens the WebSocket and waits until it is open.
   *
   * @param listener hears whole messages
   * @return the WebSocket; close it
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the opening is cancelled
   */
  public WebSocketSession connect(WebSocketMessageListener listener)
      throws IOException, InterruptedException {
    return connect(WebSocketListener.ofMessages(listener));
  }

  /**
   * Opens the WebSocket without waiting. Messages are then fetched with {@link
   * WebSocketSession#receiveAsync}.
   *
   * @return completes with the WebSocket when it is open, or with a {@link SessionException};
   *     cancelling it ends the opening
   */
  public CompletableFuture<WebSocketSession> connectAsync() {
    return session.openWebSocketAsync(build());
  }

  /**
   * Opens the WebSocket without waiting.
   *
   * @param listener hears what comes
   * @return completes with the WebSocket when it is open, or with a {@link SessionException};
   *     cancelling it ends the opening
   */
  public CompletableFuture<WebSocketSession> connectAsync(WebSocketListener listener) {
    return session.openWebSocketAsync(build(), listener);
  }

  /**
   * Opens the WebSocket without waiting.
   *
   * @param listener hears whole messages
   * @return completes with the WebSocket when it is open, or with a {@link SessionException};
   *     cancelling it ends the opening
   */
  public CompletableFuture<WebSocketSession> connectAsync(WebSocketMessageListener listener) {
    return connectAsync(WebSocketListener.ofMessages(listener));
  }
}
