package org.sessionregistry.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.RateLimit;
import org.sessionregistry.settings.RateLimitSettings;

/**
 * How a session's rate limit follows its settings. The rule: what was started stays known through
 * every change of settings but one that takes the limit away. Stateless, for any thread.
 */
final class SessionLimits {
  private SessionLimits() {}

  /** A limit of which nothing is used; null if the settings have none. */
  static @Nullable RateLimit limit(RateLimitSettings settings, RegistryThreads threads) {
    return settings.isLimited()
        ? new RateLimit(permits(settings), nanos(settings), threads.timer(), threads.loops())
        : null;
  }

  /** What a session has under other settings: its limit goes on, if it has one and has to. */
  static @Nullable RateLimit after(
      @Nullable RateLimit before, RateLimitSettings settings, RegistryThreads threads) {
    return before != null && settings.isLimited() ? before : limit(settings, threads);
  }

  /** Other settings are at work: for those that wait under the earlier ones, too. */
  static void change(RateLimit limit, RateLimitSettings settings) {
    if (settings.isLimited()) {
      limit.change(permits(settings), nanos(settings));
    } else {
      limit.lift();
    }
  }

  private static int permits(RateLimitSettings settings) {
    return settings.permits().orElse(Integer.MAX_VALUE);
  }

  private static long nanos(RateLimitSettings settings) {
    return settings.period().orElse(Duration.ZERO).toNanos();
  }
}
