package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The threads of all registries of this JVM, known by their names. */
final class RegistryThreads {
  private RegistryThreads() {}

  static List<Thread> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("session-registry-"))
        .toList();
  }

  /** At once: a registry is closed when its last thread has ended. */
  static void assertNone() {
    assertThat(all()).as("threads of a closed registry").isEmpty();
  }
}
