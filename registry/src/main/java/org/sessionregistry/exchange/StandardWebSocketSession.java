package org.sessionregistry.exchange;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.connector.Frame;

/** An open WebSocket as the application sees it: checks what it is given, and hands it on. */
final class StandardWebSocketSession implements WebSocketSession {
  private static final int LONGEST_CONTROL = 125;

  private final OpenWebSocket socket;
  private final URI uri;
  private final Headers headers;
  private final Optional<String> subprotocol;
  private final @Nullable MessageInbox inbox;

  /**
   * For one WebSocket.
   *
   * @param inbox where messages are fetched; null if there is a listener
   */
  StandardWebSocketSession(
      OpenWebSocket socket,
      URI uri,
      Headers headers,
      Optional<String> subprotocol,
      @Nullable MessageInbox inbox) {
    this.socket = socket;
    this.uri = uri;
    this.headers = headers;
    this.subprotocol = subprotocol;
    this.inbox = inbox;
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public Optional<String> subprotocol() {
    return subprotocol;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public boolean isCompressed() {
    return socket.isCompressed();
  }

  @Override
  public boolean isOutputClosed() {
    return socket.isOutputClosed();
  }

  @Override
  public boolean isInputClosed() {
    return socket.isInputClosed();
  }

  // ---- sending -------------------------------------------------------------------------------

  @Override
  public CompletableFuture<Void> sendTextAsync(CharSequence message) {
    return socket.send(new Frame(Frame.TEXT, true, false, Utf8.encode(message)), true);
  }

  @Override
  public CompletableFuture<Void> sendTextAsync(CharSequence part, boolean last) {
    return socket.send(new Frame(Frame.TEXT, last, false, Utf8.encode(part)), false);
  }

  @Override
  public CompletableFuture<Void> sendBinaryAsync(ByteBuffer message) {
    return socket.send(new Frame(Frame.BINARY, true, false, taken(message)), true);
  }

  @Override
  public CompletableFuture<Void> sendBinaryAsync(ByteBuffer part, boolean last) {
    return socket.send(new Frame(Frame.BINARY, last, false, taken(part)), false);
  }

  @Override
  public CompletableFuture<Void> pingAsync(ByteBuffer data) {
    return control(Frame.PING, taken(data));
  }

  @Override
  public CompletableFuture<Void> pongAsync(ByteBuffer data) {
    return control(Frame.PONG, taken(data));
  }

  private CompletableFuture<Void> control(int opcode, byte[] data) {
    if (data.length > LONGEST_CONTROL) {
      throw new IllegalArgumentException(
          data.length
              + " bytes of data; at most "
              + LONGEST_CONTROL
              + " fit into a ping or pong (RFC 6455 section 5.5)");
    }
    return socket.send(Frame.control(opcode, data), true);
  }

  private static byte[] taken(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public CompletableFuture<WebSocketClose> closeAsync(int code, String reason) {
    byte[] payload = CloseCodes.payload(code, reason);
    if (inbox != null) {
      inbox.closing();
    }
    socket.close(payload);
    return socket.closed();
  }

  @Override
  public void sendText(CharSequence message) throws IOException, InterruptedException {
    await(sendTextAsync(message));
  }

  @Override
  public void sendText(CharSequence part, boolean last) throws IOException, InterruptedException {
    await(sendTextAsync(part, last));
  }

  @Override
  public void sendBinary(byte[] message) throws IOException, InterruptedException {
    await(sendBinaryAsync(ByteBuffer.wrap(message)));
  }

  @Override
  public void sendBinary(byte[] part, boolean last) throws IOException, InterruptedException {
    await(sendBinaryAsync(ByteBuffer.wrap(part), last));
  }

  @Override
  public void ping(byte[] data) throws IOException, InterruptedException {
    await(pingAsync(ByteBuffer.wrap(data)));
  }

  @Override
  public void pong(byte[] data) throws IOException, InterruptedException {
    await(pongAsync(ByteBuffer.wrap(data)));
  }

  private static void await(CompletableFuture<Void> sent) throws IOException, InterruptedException {
    Blocking.await(sent.thenApply(done -> true));
  }

  @Override
  public WebSocketClose close(int code, String reason) throws IOException, InterruptedException {
    return Blocking.await(closeAsync(code, reason));
  }

  // ---- receiving -----------------------------------------------------------------------------

  @Override
  public CompletableFuture<Optional<WebSocketMessage>> receiveAsync() {
    if (inbox == null) {
      throw new IllegalStateException("the listener of this WebSocket hears its messages");
    }
    return inbox.receive();
  }

  @Override
  public Optional<WebSocketMessage> receive() throws IOException, InterruptedException {
    return Blocking.await(receiveAsync());
  }

  // ---- ending --------------------------------------------------------------------------------

  @Override
  public CompletableFuture<WebSocketClose> closed() {
    return socket.closed();
  }

  @Override
  public void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    Blocking.refuseOnRegistryThread();
    try {
      closeAsync(WebSocketClose.NORMAL, "").get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failed) {
      return; // it failed, which closed() and the listener tell; it is closed
    }
  }

  /** Where it leads, without query. */
  @Override
  public String toString() {
    String all = uri.toString();
    int query = all.indexOf('?');
    return "WebSocket[" + (query < 0 ? all : all.substring(0, query) + "?…") + "]";
  }
}
