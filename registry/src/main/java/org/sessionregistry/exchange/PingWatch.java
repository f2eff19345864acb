package org.sessionregistry.exchange;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * Asks a silent peer whether it lives: a ping each interval, and an alarm when nothing came since
 * the last one. A time in which the listener kept us from reading says nothing of the peer.
 * Confined to the connection's event loop.
 */
final class PingWatch {
  private final Scheduler scheduler;
  private final Duration interval;
  private final Runnable tick;
  private final Runnable ping;
  private final Runnable alarm;
  private Scheduler.@Nullable Timer timer;
  private boolean asked;
  private boolean stopped;

  /**
   * For one WebSocket.
   *
   * @param onLoop runs {@link #tick} on the event loop
   * @param ping sends one
   * @param alarm told when the peer is dead
   */
  PingWatch(
      Scheduler scheduler, Duration interval, Runnable onLoop, Runnable ping, Runnable alarm) {
    this.scheduler = scheduler;
    this.interval = interval;
    this.tick = onLoop;
    this.ping = ping;
    this.alarm = alarm;
  }

  Duration interval() {
    return interval;
  }

  void start() {
    if (!interval.isZero() && !stopped) {
      timer = scheduler.schedule(interval.toNanos(), tick);
    }
  }

  void stop() {
    stopped = true;
    Scheduler.Timer running = timer;
    if (running != null) {
      running.cancel();
    }
  }

  /** Something came, or nothing was read. */
  void heard() {
    asked = false;
  }

  /** An interval is over. */
  void tick(boolean reading) {
    if (stopped) {
      return;
    }
    if (asked && reading) {
      alarm.run();
      return;
    }
    asked = reading;
    ping.run();
    start();
  }
}
