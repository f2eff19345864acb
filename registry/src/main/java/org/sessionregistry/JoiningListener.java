package org.sessionregistry;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Joins the parts of messages. That they do not grow without bound is seen to where they come from.
 * Called by one thread at a time, as every listener is.
 */
final class JoiningListener implements WebSocketListener {
  private final WebSocketMessageListener listener;
  private @Nullable StringBuilder text;
  private @Nullable ByteArrayOutputStream bytes;

  JoiningListener(WebSocketMessageListener listener) {
    this.listener = listener;
  }

  @Override
  public CompletionStage<?> onOpen(WebSocketSession socket) {
    return listener.onOpen(socket);
  }

  @Override
  public CompletionStage<?> onText(WebSocketSession socket, CharSequence part, boolean last) {
    StringBuilder begun = text;
    if (last && begun == null) {
      return listener.onMessage(socket, new WebSocketMessage.Text(part.toString()));
    }
    if (begun == null) {
      begun = new StringBuilder(part.length());
      text = begun;
    }
    begun.append(part);
    if (!last) {
      return READY;
    }
    text = null;
    return listener.onMessage(socket, new WebSocketMessage.Text(begun.toString()));
  }

  @Override
  public CompletionStage<?> onBinary(WebSocketSession socket, ByteBuffer part, boolean last) {
    byte[] piece = new byte[part.remaining()];
    part.get(piece);
    ByteArrayOutputStream begun = bytes;
    if (last && begun == null) {
      return listener.onMessage(socket, new WebSocketMessage.Binary(piece));
    }
    if (begun == null) {
      begun = new ByteArrayOutputStream(piece.length);
      bytes = begun;
    }
    begun.writeBytes(piece);
    if (!last) {
      return READY;
    }
    bytes = null;
    return listener.onMessage(socket, new WebSocketMessage.Binary(begun.toByteArray()));
  }

  @Override
  public void onClose(WebSocketSession socket, WebSocketClose close) {
    listener.onClose(socket, close);
  }

  @Override
  public void onFailure(WebSocketSession socket, SessionException failure) {
    listener.onFailure(socket, failure);
  }
}
