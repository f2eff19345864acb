package org.sessionregistry.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;

/**
 * Closes a registry and logs what was still running. It must not hold up the container: beyond the
 * registry's own deadline it waits only a moment for sockets and threads. On the thread that stops
 * the container.
 */
final class OrderlyClosing {
  private static final Logger LOG = System.getLogger(OrderlyClosing.class.getPackageName());

  /** What sockets and threads get to end in, once the last request has. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Duration shutdownTimeout;
  private final Duration patience;

  OrderlyClosing(Duration shutdownTimeout) {
    this(shutdownTimeout, shutdownTimeout.plus(MARGIN));
  }

  OrderlyClosing(Duration shutdownTimeout, Duration patience) {
    this.shutdownTimeout = shutdownTimeout;
    this.patience = patience;
  }

  void close(SessionRegistry registry) {
    Map<String, SessionStatistics> before = registry.statistics().sessions();
    for (SessionStatistics session : before.values()) {
      if (session.inFlight() > 0) {
        LOG.log(Level.INFO, Messages.stillRunning(session, shutdownTimeout));
      }
    }
    await(registry.closeAsync().toCompletableFuture());
    for (SessionStatistics session : registry.statistics().sessions().values()) {
      SessionStatistics earlier = before.getOrDefault(session.session(), session);
      long cutOff = session.failed() - earlier.failed();
      if (earlier.inFlight() > 0 && cutOff > 0) {
        LOG.log(Level.WARNING, Messages.cutOff(session.session(), cutOff, shutdownTimeout));
      }
    }
  }

  private void await(Future<?> closed) {
    try {
      closed.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.log(Level.ERROR, Messages.stillOpen(patience));
    } catch (ExecutionException e) {
      LOG.log(Level.ERROR, Messages.closingFailed(), e.getCause());
    } catch (InterruptedException e) {
      // It goes on closing without us.
      LOG.log(Level.WARNING, Messages.closingUnattended());
      Thread.currentThread().interrupt();
    }
  }
}
