package org.sessionregistry.exchange;

import java.util.concurrent.TimeUnit;

/**
 * How long an event stream waits before it is asked for again (WHATWG HTML section 9.2.3): what the
 * server says, 3 s at first; after failures twice as long each time, up to a minute. Confined to
 * one subscription.
 */
final class ReconnectTime {
  private static final long DEFAULT_MILLIS = 3_000;
  private static final long LEAST_AFTER_FAILURE = 1_000;
  private static final long MOST_AFTER_FAILURE = 60_000;
  private static final int MOST_DOUBLINGS = 6;

  private long millis = DEFAULT_MILLIS;
  private int failures;

  /** The server said it; negative when it did not. */
  void told(long byServer) {
    if (byServer >= 0) {
      millis = byServer;
    }
  }

  /** The stream was there. */
  void opened() {
    failures = 0;
  }

  /** The time after a stream that ended. */
  long nanosAfterEnd() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** The time after one more failure. */
  long nanosAfterFailure() {
    long once = Math.max(millis, LEAST_AFTER_FAILURE);
    long many = once << Math.min(failures++, MOST_DOUBLINGS);
    return TimeUnit.MILLISECONDS.toNanos(Math.min(many, Math.max(once, MOST_AFTER_FAILURE)));
  }
}
