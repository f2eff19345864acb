package org.sessionregistry.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * Notices that a peer with exchanges to answer says nothing: first it is asked with a PING, and
 * when that is not answered either, it is given up. One timer for a connection, set again only when
 * it has run; confined to the event loop.
 */
final class Silence {
  /** What the connection does. */
  interface Asker {
    /** Whether somebody waits for the peer. */
    boolean isBusy();

    /** The peer has been silent. */
    void ask();

    /** It has not answered. */
    void giveUp();
  }

  /**
   * How long a peer may be silent, before the question and after it: longer than a garbage
   * collection or a lost packet takes, shorter than the time after which most callers give up.
   */
  static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final Scheduler scheduler;
  private final Executor loop;
  private final Asker asker;
  private Scheduler.@Nullable Timer timer;
  private long heardNanos;
  private boolean asked;
  private boolean over;

  Silence(Scheduler scheduler, Executor loop, Asker asker) {
    this.scheduler = scheduler;
    this.loop = loop;
    this.asker = asker;
  }

  /** Something was read. */
  void heard() {
    asked = false;
    heardNanos = scheduler.nanoTime();
  }

  /** From now on somebody waits, and nobody did. */
  void begin() {
    heard();
    if (timer == null) {
      look(LIMIT_NANOS);
    }
  }

  /** The connection is closed. */
  void end() {
    over = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void look(long delayNanos) {
    if (!over) {
      timer = scheduler.schedule(delayNanos, this::onLoop);
    }
  }

  private void onLoop() {
    try {
      loop.execute(this::now);
    } catch (RejectedExecutionException ended) {
      return; // and with the loop the connection
    }
  }

  private void now() {
    timer = null;
    if (over || !asker.isBusy()) {
      return;
    }
    long silent = scheduler.nanoTime() - heardNanos;
    if (silent < LIMIT_NANOS) {
      look(LIMIT_NANOS - silent);
    } else if (asked) {
      asker.giveUp();
    } else {
      asked = true;
      asker.ask();
      look(LIMIT_NANOS);
    }
  }
}
