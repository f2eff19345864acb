package org.sessionregistry.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.SharedCookieJar;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.SessionSettings;

/**
 * A session's jar and, if it is one that nodes share, its start and its end. Several generations of
 * a session may use it; the last one to release it ends the sharing.
 *
 * <p>Never broken: a store that hangs holds up the session's end by the rest of {@code
 * shutdown-timeout} or one second, whichever is more.
 *
 * <p>For any thread.
 */
final class SessionCookies implements SharedCookieJar.Timer {
  /** For the last writes when the requests have used up the time. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final InstantSource CLOCK = InstantSource.system();

  private final Scheduler scheduler;
  private final CookieJar jar;
  private final boolean ours;
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicBoolean started = new AtomicBoolean();

  /**
   * A jar with the cookies that settings put there.
   *
   * @param tenant whose it is; empty for a session without tenants
   * @throws org.sessionregistry.settings.InvalidSettingException if settings and hooks contradict
   *     each other
   */
  SessionCookies(
      SessionSettings settings,
      Optional<String> tenant,
      SessionHooks hooks,
      RegistryThreads threads) {
    this.scheduler = threads.timer();
    this.jar = InitialCookies.jar(settings, tenant, hooks, threads.blocking(), this, CLOCK);
    this.ours = settings.cookieJar().type() == CookieJarType.SHARED;
  }

  CookieJar jar() {
    return jar;
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    return scheduler.schedule(delay.toNanos(), task)::cancel;
  }

  /** Whether settings that follow leave the jar as it is. */
  static boolean areSame(SessionSettings before, SessionSettings after) {
    return before.cookieJar().equals(after.cookieJar());
  }

  /** The same jar for one generation more. */
  SessionCookies shared() {
    users.incrementAndGet();
    return this;
  }

  /** Takes over the cookies of the jar that this one replaces. */
  void inherit(SessionCookies before) {
    if (before != this) {
      before.jar.cookies().forEach(jar::put);
    }
  }

  /** Puts what settings name and did not name before. */
  void put(SessionSettings before, SessionSettings after) {
    if (!before.cookies().equals(after.cookies()) || !before.baseUrl().equals(after.baseUrl())) {
      InitialCookies.of(after, CLOCK).forEach(jar::put);
    }
  }

  /** Begins to share if the jar is a shared one. */
  void start() {
    if (ours && jar instanceof SharedCookieJar shared && started.compareAndSet(false, true)) {
      shared.start();
    }
  }

  /** The last user writes what is left, then goes on; at the cut at the latest. */
  void release(long cutNanos, Runnable then) {
    boolean last = users.decrementAndGet() == 0;
    if (last && started.get() && jar instanceof SharedCookieJar shared) {
      end(shared, cutNanos, then);
    } else {
      then.run();
    }
  }

  private void end(SharedCookieJar shared, long cutNanos, Runnable then) {
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
