package org.sessionregistry.exchange;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ConnectionTimes;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.connector.Lease;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.connector.Waiter;

/** When each phase of an attempt ended. Written by one thread at a time, read by any. */
final class AttemptTimes {
  private final Scheduler clock;

  // 0 while the phase has not ended.
  private volatile long leased;
  private volatile long sent;
  private volatile long head;

  private volatile Timing dialled = Timing.NONE;

  AttemptTimes(Scheduler clock) {
    this.clock = clock;
  }

  void leased(Lease lease) {
    leased = clock.nanoTime();
    if (lease.fresh()) {
      dialled = lease.timing();
    }
  }

  void dialled(Timing timing) {
    dialled = timing;
  }

  void sent() {
    sent = clock.nanoTime();
  }

  void head() {
    head = clock.nanoTime();
  }

  /** Whether there is, or was, a connection. */
  boolean wasLeased() {
    return leased != 0;
  }

  /** How its connection came about. */
  ConnectionTimes connection(Lease lease) {
    Timing timing = dialled;
    return new ConnectionTimes(
        !lease.fresh(),
        Duration.ofNanos(timing.dnsNanos()),
        Duration.ofNanos(timing.connectNanos()),
        Duration.ofNanos(timing.tlsNanos()),
        Optional.ofNullable(lease.connection().peer()));
  }

  /** Where the time went until now. */
  PhaseTimes phases(@Nullable Waiter waited) {
    long now = clock.nanoTime();
    long queued = waited == null ? 0 : waited.queuedNanos();
    Timing dial = dialled;
    if (leased == 0 && waited != null && dial.equals(Timing.NONE)) {
      dial = waited.openingTiming();
    }
    return new PhaseTimes(
        Duration.ofNanos(queued),
        Duration.ofNanos(dial.dnsNanos()),
        Duration.ofNanos(dial.connectNanos()),
        Duration.ofNanos(dial.tlsNanos()),
        between(leased, sent == 0 ? head : sent, now),
        between(sent, head, now),
        between(head, 0, now));
  }

  private static Duration between(long begun, long ended, long now) {
    return begun == 0 ? Duration.ZERO : Duration.ofNanos((ended == 0 ? now : ended) - begun);
  }
}
