package org.sessionregistry.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sessionregistry.connector.Scheduler;

/**
 * Time that passes only when the test says so; it overflows a second after it began, so that code
 * that compares times by anything but their difference fails. Thread-safe; tasks run on the thread
 * that lets time pass, without a lock.
 */
final class VirtualTime implements Scheduler {
  private record Task(long atNanos, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Timer schedule(long delayNanos, Runnable action) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("a delay of " + delayNanos);
    }
    Task task = new Task(now + delayNanos, action);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.removeIf(candidate -> candidate == task);
  }

  /** Lets time pass; what falls due runs at its time, in its order. */
  void advance(Duration duration) {
    long end = nanoTime() + duration.toNanos();
    for (Task due = takeDue(end); due != null; due = takeDue(end)) {
      due.action.run();
    }
  }

  /** The next task that is due, or null after the clock was put to the end. */
  private synchronized Task takeDue(long end) {
    Task next = null;
    for (Task task : tasks) {
      if (end - task.atNanos >= 0 && (next == null || task.atNanos - next.atNanos < 0)) {
        next = task;
      }
    }
    if (next == null) {
      now = end;
    } else {
      cancel(next);
      now += Math.max(0, next.atNanos - now);
    }
    return next;
  }

  synchronized int pending() {
    return tasks.size();
  }
}
