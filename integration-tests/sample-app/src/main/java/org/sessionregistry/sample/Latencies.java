package org.sessionregistry.sample;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * The time of every request, from before it is sent until its body was read, per session: what the
 * sample measures itself, beside what the sessions count. Thread-safe.
 */
@ApplicationScoped
public class Latencies {
  private final Map<String, Queue<Duration>> times = new ConcurrentHashMap<>();

  /** Runs an asynchronous exchange and notes its time when it succeeds. */
  public <T> CompletableFuture<T> timed(String session, Supplier<CompletableFuture<T>> exchange) {
    long start = System.nanoTime();
    return exchange
        .get()
        .thenApply(
            result -> {
              note(session, start);
              return result;
            });
  }

  /** Notes the time of an exchange that began at a {@link System#nanoTime()} and ends now. */
  public void note(String session, long start) {
    times
        .computeIfAbsent(session, s -> new ConcurrentLinkedQueue<>())
        .add(Duration.ofNanos(System.nanoTime() - start));
  }

  /** The times of a session, ascending. */
  public List<Duration> sorted(String session) {
    Queue<Duration> noted = times.get(session);
    return noted == null ? List.of() : noted.stream().sorted().toList();
  }
}
