package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.sessionregistry.FailureKind;
import org.sessionregistry.Headers;
import org.sessionregistry.settings.RetrySettings;

/** How long the wait is, and what is waited for. */
class RetryPolicyTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private static RetryPolicy policy(Duration first, Duration longest, LongUnaryOperator random) {
    RetrySettings settings =
        RetrySettings.DEFAULTS.withMax(3).withBackoff(first).withMaxBackoff(longest);
    return new RetryPolicy(settings, CLOCK, random);
  }

  @ParameterizedTest(name = "{0}, at most {1}, after {2} further attempts: up to {3}")
  @CsvSource({
    "PT0.1S, PT10S, 0, PT0.1S",
    "PT0.1S, PT10S, 1, PT0.2S",
    "PT0.1S, PT10S, 2, PT0.4S",
    "PT0.1S, PT10S, 6, PT6.4S",
    "PT0.1S, PT10S, 7, PT10S",
    "PT0.1S, PT10S, 99, PT10S",
    // what the first wait would be is capped as well
    "PT10S, PT1S, 0, PT1S",
    // doubled often enough, a number of nanoseconds has no more room
    "PT0.000000001S, PT10S, 62, PT10S",
    "PT0.000000001S, PT10S, 63, PT10S",
    "PT0.000000001S, PT10S, 64, PT10S",
    "PT8760H, PT8760H, 9, PT8760H",
    "PT8760H, PT8760H, 10, PT8760H",
    // none at all
    "PT0S, PT10S, 5, PT0S",
    "PT1S, PT0S, 5, PT0S",
  })
  void theLongestWaitDoublesUpToTheLongestOfAll(
      Duration first, Duration longest, int made, Duration expected) {
    assertThat(policy(first, longest, bound -> bound).backoff(made)).isEqualTo(expected);
  }

  @Test
  void theWaitIsAnythingBetweenNothingAndTheLongest() {
    RetryPolicy shortest = policy(Duration.ofSeconds(1), Duration.ofSeconds(10), bound -> 0);
    assertThat(shortest.backoff(2)).isZero();
    RetryPolicy half = policy(Duration.ofSeconds(1), Duration.ofSeconds(10), bound -> bound / 2);
    assertThat(half.backoff(2)).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest(name = "{0} s asked for, {1} s of its own: {2} s")
  @CsvSource({"5, 1, 5", "0, 1, 1", "1, 4, 4", "3600, 1, 3600", "soon, 1, 1"})
  void whatTheServerAsksForIsTheLeast(String asked, long own, long expected) {
    RetryPolicy policy =
        policy(Duration.ofSeconds(own), Duration.ofSeconds(own), LongUnaryOperator.identity());
    assertThat(policy.backoff(0, Headers.of("Retry-After", asked)))
        .isEqualTo(Duration.ofSeconds(expected));
  }

  @Test
  void aServerThatDoesNotSayIsLeftAloneForTheWaitOfItsOwn() {
    RetryPolicy policy = policy(Duration.ofSeconds(1), Duration.ofSeconds(1), bound -> bound);
    assertThat(policy.backoff(0, Headers.empty())).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "HOST_NOT_FOUND",
        "DNS_TIMEOUT",
        "CONNECTION_FAILED",
        "CONNECT_TIMEOUT",
        "PROXY_CONNECT",
        "TLS_HANDSHAKE_TIMEOUT",
        "WRITE_TIMEOUT",
        "RESPONSE_TIMEOUT",
        "CONNECTION_LOST",
        "ATTEMPT_TIMEOUT"
      })
  void whatTimeMayMendIsTriedAgain(FailureKind kind) {
    assertThat(policy(Duration.ZERO, Duration.ZERO, bound -> 0).isPassing(kind)).isTrue();
  }

  /** For example a full queue, which more requests would only make worse. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "HOST_NOT_FOUND",
        "DNS_TIMEOUT",
        "CONNECTION_FAILED",
        "CONNECT_TIMEOUT",
        "PROXY_CONNECT",
        "TLS_HANDSHAKE_TIMEOUT",
        "WRITE_TIMEOUT",
        "RESPONSE_TIMEOUT",
        "CONNECTION_LOST",
        "ATTEMPT_TIMEOUT"
      })
  void theRestWouldFailAgain(FailureKind kind) {
    assertThat(policy(Duration.ZERO, Duration.ZERO, bound -> 0).isPassing(kind)).isFalse();
  }
}
