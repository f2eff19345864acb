package org.sessionregistry;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a session has done so far, and its pool.
 *
 * @param session the session's name
 * @param sharedPool the pool's name if the session shares it with others, which show the same pool
 * @param requests exchanges begun
 * @param inFlight exchanges begun and not ended; one ends with the last byte of its body
 * @param succeeded exchanges that ended with a whole response, whatever its status
 * @param failed exchanges that ended with an exception
 * @param cancelled exchanges that the application ended early
 * @param failures those that failed, by kind; a kind that never occurred is not there
 * @param retries requests sent a second time because a reused connection had died
 * @param waits exchanges that ended and had been in the queue for a connection
 * @param waited how long they were there, all together
 * @param bytesSent body bytes sent
 * @param bytesReceived body bytes received
 * @param pool its connections and its queue
 */
public record SessionStatistics(
    String session,
    Optional<String> sharedPool,
    long requests,
    long inFlight,
    long succeeded,
    long failed,
    long cancelled,
    Map<FailureKind, Long> failures,
    long retries,
    long waits,
    Duration waited,
    long bytesSent,
    long bytesReceived,
    PoolStatistics pool) {

  /** Keeps a copy of the failures, in the order of their kinds. */
  public SessionStatistics {
    Map<FailureKind, Long> copy = new EnumMap<>(FailureKind.class);
    copy.putAll(failures);
    failures = Collections.unmodifiableMap(copy);
  }

  /**
   * Exchanges that failed in this way.
   *
   * @param kind what went wrong
   * @return how many, 0 if none
   */
  public long failed(FailureKind kind) {
    return failures.getOrDefault(kind, 0L);
  }

  /**
   * How long an exchange that had to wait was in the queue, on the average.
   *
   * @return the mean, zero if none had to wait
   */
  public Duration meanWait() {
    return waits == 0 ? Duration.ZERO : waited.dividedBy(waits);
  }
}
