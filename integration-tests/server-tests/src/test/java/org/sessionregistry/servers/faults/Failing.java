package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sessionregistry.SessionException;

/**
 * Asserts how an exchange fails: with exactly that exception, whose message names session and URI,
 * keeps the query to itself, and says what the test expects besides.
 */
final class Failing {
  private Failing() {}

  static <E extends SessionException> E with(
      Class<E> kind, CompletableFuture<?> future, String... says) throws Exception {
    return check(kind, Await.failure(future), says);
  }

  static <E extends SessionException> E with(Class<E> kind, ThrowingCallable call, String... says) {
    return check(kind, catchThrowable(call), says);
  }

  private static <E extends SessionException> E check(
      Class<E> kind, Throwable failure, String... says) {
    assertThat(failure).isExactlyInstanceOf(kind);
    E typed = kind.cast(failure);
    List<String> parts = new ArrayList<>(List.of("/orders?… after "));
    parts.addAll(List.of(says));
    assertThat(typed)
        .message()
        .startsWith("session 'faulty': " + typed.detail().method() + " http")
        .contains(parts)
        .doesNotContain("secret");
    assertThat(typed.detail().elapsed()).isPositive().isLessThan(Await.LIMIT);
    return typed;
  }
}
