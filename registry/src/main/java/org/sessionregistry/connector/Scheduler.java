package org.sessionregistry.connector;

/**
 * The clock and the timer of a registry, injected so that tests decide what time it is. Tasks run
 * one at a time and must be short. Thread-safe.
 */
public interface Scheduler {
  /** The time, in nanoseconds from an arbitrary origin; compare by difference. */
  long nanoTime();

  /** Runs a task once after a delay. */
  Timer schedule(long delayNanos, Runnable task);

  /** A task that is to run. */
  interface Timer {
    /** Takes the task back if it has not begun. */
    void cancel();
  }
}
