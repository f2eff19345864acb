package org.sessionregistry.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many requests a session starts in a period; those beyond it wait in the queue. The period
 * slides: whenever it is said to begin, there are no more starts in it than permits. So the limit
 * holds for a server that counts by the clock's minutes as well as for one that counts the last
 * sixty seconds, and all permits may be used in one burst.
 *
 * @param permits requests started in a period; empty for no limit
 * @param period the period; there has to be one where there are permits
 */
public record RateLimitSettings(
    @Setting(
            "Requests started in any rate-limit.period, wherever it is said to begin; others wait in"
                + " the queue. Every attempt counts: retries, redirects and WebSocket handshakes"
                + " too; and each tenant for itself. \"unlimited\" (the default) limits nothing.")
        OptionalInt permits,
    @Setting("Period in which rate-limit.permits requests may be started, for example 1s or 1m.")
        Optional<Duration> period) {

  /** The default: no limit. */
  public static final RateLimitSettings DEFAULTS =
      new RateLimitSettings(OptionalInt.empty(), Optional.empty());

  /** Refuses what never lets a request start, and what is no period. */
  public RateLimitSettings {
    if (permits.isPresent() && permits.getAsInt() <= 0) {
      throw new InvalidSettingException(
          "rate-limit.permits",
          Integer.toString(permits.getAsInt()),
          "a positive whole number, or unlimited");
    }
    period.ifPresent(RateLimitSettings::check);
  }

  private static void check(Duration period) {
    if (period.isZero()) {
      throw new InvalidSettingException(
          "rate-limit.period",
          "0",
          "a duration above 0, for example 1m; rate-limit.permits=unlimited takes the limit away");
    }
    Check.duration("rate-limit.period", period);
  }

  /**
   * Whether there is a limit.
   *
   * @return whether permits are set
   */
  public boolean isLimited() {
    return permits.isPresent();
  }

  /**
   * A copy with another number of requests.
   *
   * @param value how many may be started in a period
   * @return the copy
   */
  public RateLimitSettings withPermits(int value) {
    return new RateLimitSettings(OptionalInt.of(value), period);
  }

  /**
   * A copy with another period.
   *
   * @param value the period
   * @return the copy
   */
  public RateLimitSettings withPeriod(Duration value) {
    return new RateLimitSettings(permits, Optional.of(value));
  }
}
