package org.sessionregistry.exchange;

import java.util.concurrent.atomic.LongAdder;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.SessionStatistics;

/** Counts what a session does. Thread-safe, without a lock. */
public final class Counters {
  private final LongAdder started = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();

  void started() {
    started.increment();
  }

  void succeeded() {
    succeeded.increment();
  }

  void failed() {
    failed.increment();
  }

  void cancelled() {
    cancelled.increment();
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
   * @param pool the pool at this moment
   * @return a snapshot
   */
  public SessionStatistics snapshot(String session, PoolStatistics pool) {
    long well = succeeded.sum();
    long badly = failed.sum();
    long early = cancelled.sum();
    long begun = started.sum();
    return new SessionStatistics(
        session,
        begun,
        begun - well - badly - early,
        well,
        badly,
        early,
        bytesSent.sum(),
        bytesReceived.sum(),
        pool);
  }
}
