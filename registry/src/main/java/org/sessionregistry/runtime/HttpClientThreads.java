package org.sessionregistry.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.exchange.Blocking;
import org.sessionregistry.httpclient.ClientThreads;

/** The threads of a registry for the clients that sessions are seen as. Thread-safe. */
record HttpClientThreads(Executor blocking, Scheduler scheduler) implements ClientThreads {
  /** Longer than anybody waits, and few enough nanoseconds for a number. */
  private static final Duration LONGEST = Duration.ofDays(365);

  @Override
  public Runnable after(Duration delay, Runnable task) {
    Duration limit = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    return scheduler.schedule(limit.toNanos(), task)::cancel;
  }

  @Override
  public void refuseToBlock() {
    Blocking.refuseOnRegistryThread();
  }
}
