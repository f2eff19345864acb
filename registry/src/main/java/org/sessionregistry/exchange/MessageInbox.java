package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;
import org.sessionregistry.WebSocketClose;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketMessageListener;
import org.sessionregistry.WebSocketSession;

/**
 * Keeps one message for whoever fetches it, and lets nothing more be read meanwhile. Once this side
 * closes the WebSocket, what still comes is dropped, so that the close frame behind it is found.
 * Thread-safe; no future is completed under the lock.
 */
final class MessageInbox implements WebSocketMessageListener {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable WebSocketMessage message;

  /** Completed when the message was taken. */
  @GuardedBy("lock")
  private @Nullable CompletableFuture<Void> taken;

  @GuardedBy("lock")
  private @Nullable CompletableFuture<Optional<WebSocketMessage>> waiting;

  @GuardedBy("lock")
  private boolean closing;

  @GuardedBy("lock")
  private boolean ended;

  @GuardedBy("lock")
  private @Nullable SessionException failure;

  CompletableFuture<Optional<WebSocketMessage>> receive() {
    CompletableFuture<Void> makesRoom;
    CompletableFuture<Optional<WebSocketMessage>> result;
    lock.lock();
    try {
      WebSocketMessage next = message;
      if (next != null) {
        message = null;
        makesRoom = taken;
        taken = null;
        result = CompletableFuture.completedFuture(Optional.of(next));
      } else if (ended) {
        return failure == null
            ? CompletableFuture.completedFuture(Optional.empty())
            : CompletableFuture.failedFuture(failure);
      } else if (waiting != null && !waiting.isDone()) {
        throw new IllegalStateException("another receive waits for the next message already");
      } else {
        result = new CompletableFuture<>();
        waiting = result;
        return result;
      }
    } finally {
      lock.unlock();
    }
    if (makesRoom != null) {
      makesRoom.complete(null);
    }
    return result;
  }

  /** This side closes. */
  void closing() {
    CompletableFuture<Void> makesRoom;
    lock.lock();
    try {
      closing = true;
      makesRoom = taken;
      taken = null;
    } finally {
      lock.unlock();
    }
    if (makesRoom != null) {
      makesRoom.complete(null);
    }
  }

  @Override
  public CompletionStage<?> onMessage(WebSocketSession socket, WebSocketMessage next) {
    CompletableFuture<Optional<WebSocketMessage>> receiver;
    lock.lock();
    try {
      receiver = waiting;
      waiting = null;
      if (receiver == null) {
        if (closing) {
          return WebSocketListener.READY;
        }
        message = next;
        CompletableFuture<Void> room = new CompletableFuture<>();
        taken = room;
        return room;
      }
    } finally {
      lock.unlock();
    }
    return receiver.complete(Optional.of(next)) ? WebSocketListener.READY : onMessage(socket, next);
  }

  @Override
  public void onClose(WebSocketSession socket, WebSocketClose close) {
    end(null);
  }

  @Override
  public void onFailure(WebSocketSession socket, SessionException why) {
    end(why);
  }

  private void end(@Nullable SessionException why) {
    CompletableFuture<Optional<WebSocketMessage>> receiver;
    lock.lock();
    try {
      ended = true;
      failure = why;
      receiver = waiting;
      waiting = null;
    } finally {
      lock.unlock();
    }
    if (receiver == null) {
      return;
    }
    if (why == null) {
      receiver.complete(Optional.empty());
    } else {
      receiver.completeExceptionally(why);
    }
  }
}
