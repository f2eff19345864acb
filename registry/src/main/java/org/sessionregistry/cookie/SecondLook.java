package org.sessionregistry.cookie;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a store told of, to be read once more a moment later: some caches tell of a change
 * before others can see it, so that the first reading gives what was there before.
 *
 * <p>Never broken: a key is read again at least {@link #DELAY} after it was told, and at most twice
 * as late; there is one timer at a time, however many keys are told.
 *
 * <p>Confined to the jar's background task, but for {@link #due}, which the timer sets.
 */
final class SecondLook {
  static final Duration DELAY = Duration.ofSeconds(1);

  private final SharedCookieJar.Timer timer;
  private final Runnable wake;
  private final Set<String> later = new HashSet<>();
  private volatile Set<String> due = Set.of();
  private @Nullable Runnable waiting;

  SecondLook(SharedCookieJar.Timer timer, Runnable wake) {
    this.timer = timer;
    this.wake = wake;
  }

  /** These were read the first time. */
  void at(Collection<String> keys) {
    later.addAll(keys);
    schedule();
  }

  private void schedule() {
    if (waiting == null && !later.isEmpty()) {
      Set<String> batch = Set.copyOf(later);
      later.clear();
      waiting =
          timer.after(
              DELAY,
              () -> {
                due = batch;
                wake.run();
              });
    }
  }

  /** The keys whose time has come, once. */
  Set<String> due() {
    Set<String> keys = due;
    if (!keys.isEmpty()) {
      due = Set.of();
      waiting = null;
      schedule();
    }
    return keys;
  }

  /** Looks at nothing any more. */
  void cancel() {
    Runnable timed = waiting;
    if (timed != null) {
      timed.run();
    }
  }
}
