package org.sessionregistry.exchange;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * A time in which an exchange has neither a connection nor a place in the queue: it backs off, or
 * waits for its credentials. It ends once: by going on, by the end of the exchange, or because the
 * session closes, which it then fails of as those in the queue do. Thread-safe.
 */
final class Pause {
  private final SessionContext context;
  private final Runnable whileClosing;
  private volatile Scheduler.@Nullable Timer timer;

  private Pause(SessionContext context, Runnable sessionCloses) {
    this.context = context;
    this.whileClosing = sessionCloses;
  }

  /** Begins; when the session closes already, it ends at once. */
  static Pause begin(SessionContext context, Runnable sessionCloses) {
    Pause pause = new Pause(context, sessionCloses);
    context.onClosing(sessionCloses);
    return pause;
  }

  /** Goes on after a while. */
  void goOnAfter(long nanos, Runnable next) {
    timer =
        context.scheduler.schedule(
            nanos,
            () ->
                context.callbacks.execute(
                    () -> {
                      if (end()) {
                        next.run();
                      }
                    }));
  }

  /** Whether it had not ended before. */
  boolean end() {
    Scheduler.Timer running = timer;
    if (running != null) {
      running.cancel();
    }
    return context.forget(whileClosing);
  }
}
