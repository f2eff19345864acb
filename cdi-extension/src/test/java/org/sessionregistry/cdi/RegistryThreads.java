package org.sessionregistry.cdi;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of all registries in this JVM. Stateless; any thread. */
final class RegistryThreads {
  private RegistryThreads() {}

  static List<String> running() {
    return all().stream().map(Thread::getName).sorted().toList();
  }

  /** Those that are still there once all have had time to run their last instructions. */
  static List<String> left() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    for (Thread thread : all()) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    }
    return running();
  }

  private static List<Thread> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("session-registry-"))
        .toList();
  }
}
