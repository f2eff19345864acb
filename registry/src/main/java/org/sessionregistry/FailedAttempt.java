package org.sessionregistry;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An attempt of an exchange that did not count, so that another was made ({@code retries.*}).
 *
 * @param status the status it was answered with, if it was
 * @param failure why it was not answered, otherwise
 * @param backoff the wait after it
 */
public record FailedAttempt(
    OptionalInt status, Optional<SessionException> failure, Duration backoff) {

  /** {@code 503, then 120 ms}, or the kind of the failure instead of the status. */
  @Override
  public String toString() {
    String what =
        status.isPresent()
            ? Integer.toString(status.getAsInt())
            : failure.map(thrown -> thrown.kind().toString()).orElse("");
    return what + ", then " + PhaseTimes.text(backoff);
  }
}
