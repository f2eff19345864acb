package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.settings.BearerSyntax;

/**
 * A token that a supplier gives, kept until the server refuses it. The rule: at most one question
 * to the supplier at a time; everybody who needs its answer waits for the same one.
 */
final class TokenCredentials implements Credentials {
  private final TokenSupplier supplier;
  private final Optional<String> tenant;
  private final ReentrantLock lock = new ReentrantLock();

  /** The whole value of the header; null while there is none. Written under the lock. */
  private volatile @Nullable String current;

  @GuardedBy("lock")
  private @Nullable CompletableFuture<Void> asking;

  /**
   * Has no token yet.
   *
   * @param tenant whose token it is; empty for a session without tenants
   */
  TokenCredentials(TokenSupplier supplier, Optional<String> tenant) {
    this.supplier = supplier;
    this.tenant = tenant;
  }

  @Override
  public boolean ready() {
    return current != null;
  }

  @Override
  public @Nullable String authorization(String method, String target) {
    return current;
  }

  @Override
  public CompletionStage<?> prepare() {
    CompletableFuture<Void> mine;
    lock.lock();
    try {
      if (current != null) {
        return CompletableFuture.completedStage(null);
      }
      if (asking != null) {
        return asking.minimalCompletionStage();
      }
      mine = new CompletableFuture<>();
      asking = mine;
    } finally {
      lock.unlock();
    }
    CompletionStage<Void> stage = mine.minimalCompletionStage();
    ask(mine);
    return stage;
  }

  private void ask(CompletableFuture<Void> waiting) {
    CompletionStage<String> answer;
    try {
      answer = Objects.requireNonNull(supplier.token(tenant), "it gave no stage but null");
    } catch (RuntimeException | Error e) {
      answered(waiting, null, e);
      return;
    }
    answer.whenComplete((token, failure) -> answered(waiting, token, failure));
  }

  private void answered(
      CompletableFuture<Void> waiting, @Nullable String token, @Nullable Throwable failure) {
    boolean usable = failure == null && token != null && BearerSyntax.isToken(token);
    lock.lock();
    try {
      asking = null;
      if (usable) {
        current = "Bearer " + token;
      }
    } finally {
      lock.unlock();
    }
    if (usable) {
      waiting.complete(null);
    } else if (failure == null) {
      waiting.completeExceptionally(
          new IllegalArgumentException(
              "it gave "
                  + (token == null ? "null" : "a text")
                  + " and not "
                  + BearerSyntax.EXPECTED));
    } else {
      boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
      waiting.completeExceptionally(wrapped ? failure.getCause() : failure);
    }
  }

  /** Whoever comes first with the token that is current, makes way for another. */
  @Override
  public boolean refused(@Nullable String sent, Headers answer) {
    lock.lock();
    try {
      if (sent != null && sent.equals(current)) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
    return sent != null;
  }
}
