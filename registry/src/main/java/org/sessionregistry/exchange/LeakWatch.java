package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.LeakDetection;

/**
 * Finds responses that the application has forgotten: those that the garbage collector took
 * although they were neither read to their end nor closed. Each is reported once, and what it held
 * is given back. Thread-safe.
 *
 * <p>The rule: whoever reads a body holds its response, and nothing that the connection holds does.
 * A response is watched only when its body did not come with its head, so that small ones, which
 * hold nothing, cost nothing.
 */
final class LeakWatch {
  private static final Logger LOG = System.getLogger("org.sessionregistry.leaks");
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int SAMPLE = 1024;

  private final LeakDetection mode;
  private final Scheduler scheduler;
  private final Executor callbacks;
  private final ReferenceQueue<StandardResponse> forgotten = new ReferenceQueue<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Set<Watched> watched = new HashSet<>();

  @GuardedBy("lock")
  private boolean armed;

  LeakWatch(LeakDetection mode, Scheduler scheduler, Executor callbacks) {
    this.mode = mode;
    this.scheduler = scheduler;
    this.callbacks = callbacks;
  }

  boolean isOff() {
    return mode == LeakDetection.OFF;
  }

  /** Where a request is sent, if that is to be known; null otherwise. */
  @Nullable Throwable origin() {
    boolean known =
        mode == LeakDetection.FULL
            || (mode == LeakDetection.SAMPLED && ThreadLocalRandom.current().nextInt(SAMPLE) == 0);
    return known ? new Throwable("the request was sent here") : null;
  }

  /** One response; its fields say what to do when it is gone. */
  final class Watched extends PhantomReference<StandardResponse> {
    private final Exchange exchange;
    private final BodyBuffer body;

    private Watched(StandardResponse response, Exchange exchange, BodyBuffer body) {
      super(response, forgotten);
      this.exchange = exchange;
      this.body = body;
    }

    /** Its body is over or its reader is. */
    void end() {
      lock.lock();
      try {
        watched.remove(this);
      } finally {
        lock.unlock();
      }
      clear();
    }
  }

  Watched watch(StandardResponse response, Exchange exchange, BodyBuffer body) {
    Watched added = new Watched(response, exchange, body);
    lock.lock();
    try {
      watched.add(added);
      arm();
    } finally {
      lock.unlock();
    }
    return added;
  }

  @GuardedBy("lock")
  private void arm() {
    if (!armed && !watched.isEmpty()) {
      armed = true;
      scheduler.schedule(EVERY_NANOS, () -> callbacks.execute(this::look));
    }
  }

  private void look() {
    for (Watched gone = next(); gone != null; gone = next()) {
      report(gone);
    }
    lock.lock();
    try {
      armed = false;
      arm();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Watched next() {
    return (Watched) forgotten.poll();
  }

  private void report(Watched gone) {
    boolean first;
    lock.lock();
    try {
      first = watched.remove(gone);
    } finally {
      lock.unlock();
    }
    if (!first) {
      return;
    }
    FailureDetail detail = gone.exchange.detail();
    Throwable origin = gone.exchange.origin();
    LOG.log(
        Level.WARNING,
        detail
            + ": its response was neither closed nor read to its end, and nobody has it any more; its"
            + " connection is taken back"
            + (origin == null
                ? "; client-session-registry.leak-detection=full tells where each request was sent"
                : ""),
        origin);
    gone.body.close();
  }
}
