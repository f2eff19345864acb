package org.sessionregistry.runtime;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.transport.EventLoops;
import org.sessionregistry.transport.Resolver;
import org.sessionregistry.transport.SystemLookup;

/**
 * The threads of one registry: event loops, one timer, and as many for blocking work (name
 * look-ups, key stores, streams that are uploaded) as there is of it. All start when they are
 * needed, are daemons without any application's class loader, and end with the registry.
 * Thread-safe.
 */
final class RegistryThreads {
  private static final long IDLE_SECONDS = 10;
  private static final long JOIN_MILLIS = 2000;

  /** Those that may be alive; each is joined at the end. */
  private final Set<Thread> started = ConcurrentHashMap.newKeySet();

  private final EventLoops loops;
  private final TimerThread timer = new TimerThread(this::remember);
  private final ThreadPoolExecutor blocking =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          blockingThreads());
  private final Resolver resolver = new Resolver(SystemLookup.JVM, blocking, timer);

  RegistryThreads(RegistrySettings settings) {
    loops = new EventLoops(settings.eventLoops(), this::remember);
  }

  EventLoops loops() {
    return loops;
  }

  TimerThread timer() {
    return timer;
  }

  ThreadPoolExecutor blocking() {
    return blocking;
  }

  Resolver resolver() {
    return resolver;
  }

  /**
   * The thread that ends them all, not started yet; blocking work that is still running is
   * interrupted.
   *
   * @param ended completed when no other is left
   */
  Thread closer(CompletableFuture<Void> ended) {
    return inheritNothing(() -> end(ended), "session-registry-close");
  }

  private void end(CompletableFuture<Void> ended) {
    try {
      loops.close();
      blocking.shutdownNow();
      timer.close();
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
      for (Thread thread : started) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.join(Math.max(1, left)); // 0 would wait for ever
      }
      ended.complete(null);
    } catch (InterruptedException | RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  /** Few are ever started but for blocking work, whose threads come and go. */
  private void remember(Thread thread) {
    started.removeIf(known -> known.getState() == Thread.State.TERMINATED);
    started.add(thread);
  }

  private ThreadFactory blockingThreads() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = inheritNothing(task, "session-registry-blocking-" + number.incrementAndGet());
      remember(thread);
      return thread;
    };
  }

  /** A daemon that takes over no thread-locals and no class loader from whoever starts it. */
  private static Thread inheritNothing(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }
}
