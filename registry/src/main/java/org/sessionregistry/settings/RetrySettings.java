package org.sessionregistry.settings;

import java.time.Duration;
import java.util.List;

/**
 * When a request is sent again.
 *
 * @param staleConnection whether a request is sent once more, on a fresh connection, when a reused
 *     one died before any byte of a response
 * @param max further attempts of an idempotent request that failed
 * @param onStatus the status codes that count as failed
 * @param backoff the longest wait before the first further attempt, doubled for each that follows
 * @param maxBackoff the longest wait of all
 * @param budget how many of the session's requests may be retries
 */
public record RetrySettings(
    @Setting(
            "Send a request once more, on a fresh connection, when a reused one died before any"
                + " byte of a response; only if nothing was written yet, or the method is"
                + " idempotent and the body can be sent again (RFC 9110 section 9.2.2).")
        boolean staleConnection,
    @Setting(
            "Further attempts when one fails before its response, or with a status of"
                + " retries.on-status: of requests with an idempotent method (RFC 9110 section"
                + " 9.2.2) whose body can be sent again. 0 makes none.")
        int max,
    @Setting("Status codes that are tried again, comma separated.") List<Integer> onStatus,
    @Setting(
            "Longest wait before the first further attempt, doubled for each that follows; the wait"
                + " is random between 0 and that. A Retry-After of the server is waited for as"
                + " well, unless timeout.total ends before.")
        Duration backoff,
    @Setting("Longest wait, however many attempts there were.") Duration maxBackoff,
    @Setting(
            "Retries as a share of the session's requests, so that they cannot multiply an outage;"
                + " up to 10 may be saved up for bad times, which a new session has.")
        Percentage budget) {

  /** The defaults: stale connections are replaced, nothing else is tried again. */
  public static final RetrySettings DEFAULTS =
      new RetrySettings(
          true,
          0,
          List.of(429, 502, 503, 504),
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          new Percentage(20));

  /** Refuses what is no number of attempts, no failed status or no wait. */
  public RetrySettings {
    onStatus = List.copyOf(onStatus);
    if (max < 0 || max > 100) {
      throw new InvalidSettingException(
          "retries.max", Integer.toString(max), "a number of further attempts from 0 to 100");
    }
    for (int status : onStatus) {
      if (status < 400 || status > 599) {
        throw new InvalidSettingException(
            "retries.on-status", Integer.toString(status), "status codes from 400 to 599");
      }
    }
    Check.duration("retries.backoff", backoff);
    Check.duration("retries.max-backoff", maxBackoff);
  }

  /**
   * A copy that replaces stale connections or does not.
   *
   * @param value whether it does
   * @return the copy
   */
  public RetrySettings withStaleConnection(boolean value) {
    return new RetrySettings(value, max, onStatus, backoff, maxBackoff, budget);
  }

  /**
   * A copy with another number of further attempts.
   *
   * @param value how many, 0 for none
   * @return the copy
   */
  public RetrySettings withMax(int value) {
    return new RetrySettings(staleConnection, value, onStatus, backoff, maxBackoff, budget);
  }

  /**
   * A copy with other status codes.
   *
   * @param value the codes that count as failed
   * @return the copy
   */
  public RetrySettings withOnStatus(List<Integer> value) {
    return new RetrySettings(staleConnection, max, value, backoff, maxBackoff, budget);
  }

  /**
   * A copy with another first wait.
   *
   * @param value the longest wait before the first further attempt
   * @return the copy
   */
  public RetrySettings withBackoff(Duration value) {
    return new RetrySettings(staleConnection, max, onStatus, value, maxBackoff, budget);
  }

  /**
   * A copy with another longest wait.
   *
   * @param value the longest wait of all
   * @return the copy
   */
  public RetrySettings withMaxBackoff(Duration value) {
    return new RetrySettings(staleConnection, max, onStatus, backoff, value, budget);
  }

  /**
   * A copy with another budget.
   *
   * @param value the share of the session's requests that may be retries
   * @return the copy
   */
  public RetrySettings withBudget(Percentage value) {
    return new RetrySettings(staleConnection, max, onStatus, backoff, maxBackoff, value);
  }
}
