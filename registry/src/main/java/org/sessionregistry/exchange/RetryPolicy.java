package org.sessionregistry.exchange;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.sessionregistry.FailureKind;
import org.sessionregistry.Headers;
import org.sessionregistry.settings.RetrySettings;

/**
 * Which attempts are worth another one, and after how long: exponential back-off with full jitter,
 * within the session's budget. Thread-safe.
 */
final class RetryPolicy {
  /** What time may mend; the rest would fail again, or something was answered already. */
  private static final Set<FailureKind> PASSING =
      Set.of(
          FailureKind.HOST_NOT_FOUND,
          FailureKind.DNS_TIMEOUT,
          FailureKind.CONNECTION_FAILED,
          FailureKind.CONNECT_TIMEOUT,
          FailureKind.PROXY_CONNECT,
          FailureKind.TLS_HANDSHAKE_TIMEOUT,
          FailureKind.WRITE_TIMEOUT,
          FailureKind.RESPONSE_TIMEOUT,
          FailureKind.CONNECTION_LOST,
          FailureKind.ATTEMPT_TIMEOUT);

  private final RetrySettings settings;
  private final InstantSource clock;
  private final LongUnaryOperator random;
  private final Set<Integer> statuses;
  private final RetryBudget budget;

  /**
   * A session's policy.
   *
   * @param clock what {@code Retry-After} is compared with
   * @param random a number from 0 to the one given, both included
   */
  RetryPolicy(RetrySettings settings, InstantSource clock, LongUnaryOperator random) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.statuses = Set.copyOf(settings.onStatus());
    this.budget = new RetryBudget(settings.budget());
  }

  /** A request begins. */
  void begins() {
    if (settings.max() > 0) {
      budget.deposit();
    }
  }

  boolean isPassing(FailureKind kind) {
    return PASSING.contains(kind);
  }

  boolean isPassing(int status) {
    return statuses.contains(status);
  }

  /** Whether there is an attempt left after so many further ones. */
  boolean hasMore(int made) {
    return made < settings.max();
  }

  /** Takes an attempt from the session's budget. */
  boolean take() {
    return budget.withdraw();
  }

  /** The wait before the next attempt, when so many further ones were made. */
  Duration backoff(int made) {
    long longest = settings.maxBackoff().toNanos();
    long first = settings.backoff().toNanos();
    boolean beyond = made >= Long.numberOfLeadingZeros(first) - 1;
    long bound = beyond ? longest : Math.min(longest, first << made);
    return Duration.ofNanos(first == 0 ? 0 : random.applyAsLong(bound));
  }

  /** The same, when the server may have said how long it wants to be left alone. */
  Duration backoff(int made, Headers answer) {
    Duration own = backoff(made);
    return RetryAfter.of(answer, clock).filter(asked -> asked.compareTo(own) > 0).orElse(own);
  }
}
