package org.sessionregistry.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;

/**
 * Ends the sessions of an application that stops but does not come to its end: a bean that waits
 * for a slow service while it is destroyed would hold up the container for as long as the service
 * likes. It must not end what nobody waits for, because beans may still use their sessions; so it
 * looks each {@code shutdown-timeout} whether something is in flight. On a thread of its own, which
 * lives only while the application stops.
 */
final class StopDeadline {
  private static final Logger LOG = System.getLogger(StopDeadline.class.getPackageName());

  /** What beans get where {@code shutdown-timeout} leaves no time to requests. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private static final long JOIN_MILLIS = 2000;

  private final SessionRegistry registry;
  private final Duration period;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread watcher;

  private StopDeadline(SessionRegistry registry, Duration shutdownTimeout) {
    this.registry = registry;
    this.period = shutdownTimeout.compareTo(LEAST) < 0 ? LEAST : shutdownTimeout;
    this.watcher = new Thread(null, this::watch, "session-registry-stop", 0, false);
    watcher.setDaemon(true);
    watcher.setContextClassLoader(ClassLoader.getSystemClassLoader());
  }

  /** The application has begun to stop. */
  static StopDeadline begin(SessionRegistry registry, Duration shutdownTimeout) {
    StopDeadline deadline = new StopDeadline(registry, shutdownTimeout);
    deadline.watcher.start();
    return deadline;
  }

  private void watch() {
    try {
      while (!over.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
        long inFlight =
            registry.statistics().sessions().values().stream()
                .mapToLong(SessionStatistics::inFlight)
                .sum();
        if (inFlight > 0) {
          LOG.log(Level.WARNING, Messages.stoppingTooLong(period, inFlight));
          registry.closeAsync();
          return;
        }
      }
    } catch (InterruptedException e) {
      // Only somebody who wants it to end does that.
      Thread.currentThread().interrupt();
    }
  }

  /** The sessions are about to be closed by themselves. */
  void end() {
    over.countDown();
    try {
      watcher.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      // It ends without us.
      Thread.currentThread().interrupt();
    }
  }
}
