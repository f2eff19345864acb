package org.sessionregistry.httpclient;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How many more calls a {@code WebSocket.Listener} has asked for. Any thread may ask. */
final class Demand {
  private static final CompletionStage<@Nullable Void> THERE =
      CompletableFuture.completedFuture(null);

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private long asked;

  @GuardedBy("lock")
  private @Nullable CompletableFuture<@Nullable Void> awaited;

  /** Completes when a call is welcome. */
  CompletionStage<@Nullable Void> present() {
    lock.lock();
    try {
      if (asked > 0) {
        return THERE;
      }
      if (awaited == null) {
        awaited = new CompletableFuture<>();
      }
      return awaited;
    } finally {
      lock.unlock();
    }
  }

  /** A call is made. */
  void take() {
    lock.lock();
    try {
      asked = asked == Long.MAX_VALUE ? asked : Math.max(0, asked - 1);
    } finally {
      lock.unlock();
    }
  }

  void add(long n) {
    if (n <= 0) {
      throw new IllegalArgumentException("request(" + n + "): at least 1 is expected");
    }
    CompletableFuture<@Nullable Void> welcome;
    lock.lock();
    try {
      asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
      welcome = awaited;
      awaited = null;
    } finally {
      lock.unlock();
    }
    if (welcome != null) {
      welcome.complete(null);
    }
  }
}
