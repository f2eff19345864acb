package org.sessionregistry.sample;

import java.util.List;

/** Finds the threads of the registry by the name that they all begin with. */
final class RegistryThreads {
  private static final String PREFIX = "session-registry-";

  private RegistryThreads() {}

  /** Those that are alive. */
  static List<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(PREFIX))
        .toList();
  }

  /**
   * Those that stay alive. A thread that has done all of its work needs a moment more to be gone;
   * each gets up to a second.
   */
  static List<String> left() throws InterruptedException {
    for (Thread thread : alive()) {
      thread.join(1000);
    }
    return alive().stream().map(Thread::getName).sorted().toList();
  }
}
