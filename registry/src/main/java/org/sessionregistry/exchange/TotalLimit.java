package org.sessionregistry.exchange;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Request;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.Scheduler;

/** The time limit of a whole exchange: the request's own, else the session's. Thread-safe. */
final class TotalLimit {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final SessionContext context;
  private final long startNanos;
  private final @Nullable Duration own;
  private volatile Deadlines.@Nullable Deadline deadline;
  private volatile Scheduler.@Nullable Timer timer;

  TotalLimit(SessionContext context, Request request) {
    this.context = context;
    this.startNanos = context.scheduler.nanoTime();
    this.own = request.timeout().orElse(null);
  }

  /**
   * Begins to run.
   *
   * @param expired given the limit, and whether it is the request's own
   */
  void begin(BiConsumer<Duration, Boolean> expired) {
    Duration limit = limit();
    if (own == null) {
      Deadlines session = context.total;
      deadline =
          session == null ? null : session.add(startNanos, () -> expired.accept(limit, false));
    } else if (!limit.isZero()) {
      timer = context.scheduler.schedule(nanos(limit), () -> expired.accept(limit, true));
    }
  }

  void end() {
    Deadlines.Deadline shared = deadline;
    if (shared != null) {
      shared.cancel();
    }
    Scheduler.Timer mine = timer;
    if (mine != null) {
      mine.cancel();
    }
  }

  private Duration limit() {
    return own == null ? context.settings.timeout().total() : own;
  }

  /** Whether there is none. */
  boolean isNone() {
    return limit().isZero();
  }

  long elapsedNanos() {
    return context.scheduler.nanoTime() - startNanos;
  }

  /** What is left of it. */
  Duration left() {
    return isNone() ? LONGEST : limit().minusNanos(elapsedNanos());
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? TimeUnit.DAYS.toNanos(365) : duration.toNanos();
  }
}
