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

  /** It was begun with settings that are not the session's any more, and is begun anew. */
  void begunElsewhere() {
    started.decrement();
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

  /** How many have begun and not ended; rather too many than too few, while others count. */
  long inFlight() {
    long over = ended(); // first: what ends meanwhile still counts
    return started.sum() - over;
  }

  private long ended() {
    return succeeded.sum() + failures.sum() + cancelled.sum();
  }

  /**
   * Adds what others have counted. Of those that had begun, it takes the ones that have ended: what
   * was begun elsewhere is counted there.
   *
   * @param others counters of which nothing is in flight any more
   */
  public void absorb(Counters others) {
    started.add(others.ended());
    add(others);
  }

  private void add(Counters others) {
    succeeded.add(others.succeeded.sum());
    cancelled.add(others.cancelled.sum());
    failures.addAll(others.failures);
    retries.add(others.retries.sum());
    waits.add(others.waits.sum());
    waitedNanos.add(others.waitedNanos.sum());
    bytesSent.add(others.bytesSent.sum());
    bytesReceived.add(others.bytesReceived.sum());
  }

  /**
   * The sum of several counters, which go on counting.
   *
   * @param parts the counters
   * @return their sum at this moment
   */
  public static Counters sum(Iterable<Counters> parts) {
    Counters sum = new Counters();
    for (Counters part : parts) {
      sum.add(part); // ended exchanges first, so that those in flight are never negative
      sum.started.add(part.started.sum());
    }
    return sum;
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
