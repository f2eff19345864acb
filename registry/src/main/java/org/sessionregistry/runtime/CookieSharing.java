package org.sessionregistry.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.SharedCookieJar;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.SessionSettings;

/**
 * The session's part in its shared jar: the timer, the start and the end. With a jar of another
 * kind it does nothing.
 *
 * <p>Never broken: a store that hangs holds up the session's end by the rest of {@code
 * shutdown-timeout} or one second, whichever is more.
 *
 * <p>{@link #start} by the session's constructor, the rest for any thread.
 */
final class CookieSharing implements SharedCookieJar.Timer {
  /** For the last writes when the requests have used up the time. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Scheduler scheduler;
  private @Nullable SharedCookieJar jar;

  CookieSharing(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    return scheduler.schedule(delay.toNanos(), task)::cancel;
  }

  /** Begins to share if the session's own jar is a shared one. */
  void start(CookieJar cookies, SessionSettings settings) {
    if (settings.cookieJar().type() == CookieJarType.SHARED
        && cookies instanceof SharedCookieJar shared) {
      jar = shared;
      shared.start();
    }
  }

  /** Writes what is left, then goes on; at the cut at the latest. */
  void close(long cutNanos, Runnable then) {
    SharedCookieJar shared = jar;
    if (shared == null) {
      then.run();
      return;
    }
    AtomicBoolean gone = new AtomicBoolean();
    Runnable once =
        () -> {
          if (gone.compareAndSet(false, true)) {
            then.run();
          }
        };
    long left = Math.max(LEAST_NANOS, cutNanos - scheduler.nanoTime());
    Scheduler.Timer limit = scheduler.schedule(left, once);
    shared
        .closeAsync()
        .whenComplete(
            (done, failure) -> {
              limit.cancel();
              once.run();
            });
  }
}
