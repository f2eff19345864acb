package org.sessionregistry.transport;

import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.connector.Scheduler;

/** Times the steps of a dial. Written by one thread at a time, read by any. */
final class StopWatch {
  private enum Step {
    NONE,
    DNS,
    CONNECT,
    TLS
  }

  private record Reading(Step running, long sinceNanos, Timing past) {}

  private final Scheduler scheduler;
  private volatile Reading reading = new Reading(Step.NONE, 0, Timing.NONE);

  StopWatch(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void beginDns() {
    begin(Step.DNS);
  }

  void beginConnect() {
    begin(Step.CONNECT);
  }

  void beginTls() {
    begin(Step.TLS);
  }

  void end() {
    begin(Step.NONE);
  }

  private void begin(Step step) {
    reading = new Reading(step, scheduler.nanoTime(), timing());
  }

  Timing timing() {
    Reading now = reading;
    Timing past = now.past;
    long running = now.running == Step.NONE ? 0 : scheduler.nanoTime() - now.sinceNanos;
    return new Timing(
        past.dnsNanos() + (now.running == Step.DNS ? running : 0),
        past.connectNanos() + (now.running == Step.CONNECT ? running : 0),
        past.tlsNanos() + (now.running == Step.TLS ? running : 0));
  }
}
