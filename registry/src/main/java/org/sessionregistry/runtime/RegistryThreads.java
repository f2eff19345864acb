package org.sessionregistry.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.transport.EventLoops;
import org.sessionregistry.transport.Resolver;

/**
 * The threads of one registry: event loops, one timer, and as many for blocking work (name
 * look-ups, key stores, streams that are uploaded) as there is of it. All start when they are
 * needed, are daemons without any application's class loader, and end with the registry.
 * Thread-safe.
 */
final class RegistryThreads {
  private static final long IDLE_SECONDS = 10;

  private final EventLoops loops;
  private final TimerThread timer = new TimerThread();
  private final ThreadPoolExecutor blocking =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          daemons("session-registry-blocking-"));
  private final Resolver resolver = new Resolver(blocking);

  RegistryThreads(RegistrySettings settings) {
    loops = new EventLoops(settings.eventLoops());
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

  /** Ends them all; blocking work that is still running is interrupted. */
  CompletableFuture<Void> close() {
    return loops
        .close()
        .whenComplete(
            (done, failure) -> {
              blocking.shutdownNow();
              timer.close();
            });
  }

  /** Threads that inherit nothing from whoever starts them. */
  static ThreadFactory daemons(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(null, task, prefix + number.incrementAndGet(), 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      return thread;
    };
  }
}
