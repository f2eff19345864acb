package org.sessionregistry.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sessionregistry.connector.Scheduler;

/**
 * Time that passes only when the test says so; what is due runs on the thread that lets it pass.
 * Thread-safe.
 */
final class VirtualTime implements Scheduler {
  private record Task(long atNanos, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private long elapsed;

  /** Its origin is just before the overflow. */
  @Override
  public synchronized long nanoTime() {
    return Long.MAX_VALUE - 1_000_000 + elapsed;
  }

  @Override
  public synchronized Timer schedule(long delayNanos, Runnable action) {
    Task task = new Task(elapsed + delayNanos, action);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  synchronized int pending() {
    return tasks.size();
  }

  void advance(Duration duration) {
    long end = elapsed() + duration.toNanos();
    for (Optional<Task> due = take(end); due.isPresent(); due = take(end)) {
      due.get().action.run();
    }
  }

  private synchronized long elapsed() {
    return elapsed;
  }

  private synchronized Optional<Task> take(long end) {
    Optional<Task> due =
        tasks.stream()
            .filter(t -> t.atNanos <= end)
            .min(Comparator.comparingLong(task -> task.atNanos));
    elapsed = due.map(Task::atNanos).orElse(end);
    due.ifPresent(tasks::remove);
    return due;
  }
}
