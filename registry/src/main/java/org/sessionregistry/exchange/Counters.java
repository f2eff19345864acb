package org.sessionregistry.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.sessionregistry.FailureKind;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.SessionStatistics;

/** Counts what a session does. Thread-safe, without a lock. */
public final class Counters {
  private final LongAdder started = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final FailureCounts failures = new FailureCounts();
  private final LongAdder retries = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();

  void started() {
    started.increment();
  }

  void succeeded() {
    succeeded.increment();
  }

  void failed(FailureKind kind) {
    failures.add(kind);
  }

  void cancelled() {
    cancelled.increment();
  }

  void retried() {
    retries.increment();
  }

  /** The time in the queue of an exchange that ended; those without any are not counted. */
  void waited(long nanos) {
    if (nanos > 0) {
      waits.increment();
      waitedNanos.add(nanos);
    }
  }

  void sent(long bytes) {
    bytesSent.add(bytes);
  }

  void received(long bytes) {
    bytesReceived.add(bytes);
  }

  /**
   * The counters as they stand. Ended exchanges are read before begun ones, so that those in flight
   * are never negative.
   *
   * @param session the session's name
   * @param sharedPool the name of the pool, if others have a part in it
   * @param pool the pool at this moment
   * @return a snapshot
   */
  public SessionStatistics snapshot(
      String session, Optional<String> sharedPool, PoolStatistics pool) {
    long well = succeeded.sum();
    Map<FailureKind, Long> byKind = failures.counts();
    long badly = byKind.values().stream().mapToLong(Long::longValue).sum();
    long early = cancelled.sum();
    long begun = started.sum();
    return new SessionStatistics(
        session,
        sharedPool,
        begun,
        begun - well - badly - early,
        well,
        badly,
        early,
        byKind,
        retries.sum(),
        waits.sum(),
        Duration.ofNanos(waitedNanos.sum()),
        bytesSent.sum(),
        bytesReceived.sum(),
        pool);
  }
}
