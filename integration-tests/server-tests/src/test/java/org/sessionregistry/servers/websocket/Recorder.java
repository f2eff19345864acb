package org.sessionregistry.servers.websocket;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.sessionregistry.SessionException;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketSession;

/** Writes down what a listener hears, and sends messages back when it is told to. */
final class Recorder implements WebSocketListener {
  final List<String> heard = new CopyOnWriteArrayList<>();
  final CompletableFuture<String> end = new CompletableFuture<>();
  private final boolean echoing;

  Recorder(boolean echoing) {
    this.echoing = echoing;
  }

  String awaitEnd() throws Exception {
    return end.get(20, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onOpen(WebSocketSession socket) {
    heard.add("open");
    return READY;
  }

  @Override
  public CompletionStage<?> onText(WebSocketSession socket, CharSequence part, boolean last) {
    heard.add((last ? "text " : "text… ") + part);
    return echoing ? socket.sendTextAsync(part, last) : READY;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocketSession socket, ByteBuffer part, boolean last) {
    byte[] bytes = new byte[part.remaining()];
    part.duplicate().get(bytes);
    heard.add((last ? "bytes " : "bytes… ") + HexFormat.of().formatHex(bytes));
    return echoing ? socket.sendBinaryAsync(part, last) : READY;
  }

  @Override
  public CompletionStage<?> onPing(WebSocketSession socket, ByteBuffer data) {
    heard.add("ping " + data.remaining());
    return READY;
  }

  @Override
  public CompletionStage<?> onPong(WebSocketSession socket, ByteBuffer data) {
    heard.add("pong " + data.remaining());
    return READY;
  }

  @Override
  public void onClose(WebSocketSession socket, WebSocketClose close) {
    heard.add("close " + close);
    end.complete("close " + close.code());
  }

  @Override
  public void onFailure(WebSocketSession socket, SessionException failure) {
    heard.add("failure " + failure.kind());
    end.complete("failure " + failure.kind());
  }
}
