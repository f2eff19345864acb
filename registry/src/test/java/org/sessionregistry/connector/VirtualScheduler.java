package org.sessionregistry.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A scheduler whose time passes only when the test says so. Its clock begins just before it
 * overflows, so that code that compares times by anything but their difference fails. Thread-safe;
 * tasks run on the thread that lets time pass, one at a time, without a lock.
 */
final class VirtualScheduler implements Scheduler {
  private final List<Task> tasks = new ArrayList<>();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private final class Task implements Timer {
    final long atNanos;
    final Runnable action;

    Task(long atNanos, Runnable action) {
      this.atNanos = atNanos;
      this.action = action;
    }

    @Override
    public void cancel() {
      synchronized (VirtualScheduler.this) {
        tasks.remove(this);
      }
    }
  }

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
    return task;
  }

  /** Lets time pass; what falls due runs at its time, in the order of time and scheduling. */
  void advance(Duration duration) {
    long end = nanoTime() + duration.toNanos();
    for (Task due = takeDue(end); due != null; due = takeDue(end)) {
      due.action.run();
    }
  }

  /**
   * Takes the task that is due next, whatever the time, as the scheduler's thread does just before
   * it runs it: too late to cancel it.
   */
  synchronized Runnable begin() {
    Task next = tasks.get(0);
    for (Task task : tasks) {
      next = task.atNanos - next.atNanos < 0 ? task : next;
    }
    tasks.remove(next);
    return next.action;
  }

  /** How many tasks are to run. */
  synchronized int pending() {
    return tasks.size();
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
      tasks.remove(next);
      now += Math.max(next.atNanos - now, 0);
    }
    return next;
  }
}
