package org.sessionregistry.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import org.sessionregistry.settings.Percentage;

/**
 * Keeps retries a share of the requests, so that they cannot multiply an outage: every request adds
 * its share of one retry, up to a reserve, and every retry takes a whole one. Thread-safe.
 */
final class RetryBudget {
  /** In hundredths. */
  private static final int ONE_RETRY = 100;

  private static final int RESERVE = 10 * ONE_RETRY;

  private final int share;
  private final int most;
  private final AtomicInteger saved;

  RetryBudget(Percentage share) {
    this.share = share.percent();
    this.most = share.percent() == 0 ? 0 : RESERVE;
    this.saved = new AtomicInteger(most);
  }

  /** A request begins. While all goes well, the reserve is full and nothing is written. */
  void deposit() {
    if (saved.get() < most) {
      saved.updateAndGet(now -> Math.min(most, now + share));
    }
  }

  /** Takes one retry, if there is one. */
  boolean withdraw() {
    return saved.getAndUpdate(now -> now >= ONE_RETRY ? now - ONE_RETRY : now) >= ONE_RETRY;
  }
}
