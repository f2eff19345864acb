package org.sessionregistry.quarkus;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

/** Does what it is told and prints what came of it. On the main thread. */
@QuarkusMain
public class Commands implements QuarkusApplication {
  @Inject Customers customers;

  @Override
  public int run(String... commands) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(Commands::countThreads));
    for (String command : commands) {
      System.out.println(command + ": " + customers.ask(command));
    }
    return 0;
  }

  /** Those of registries that are there when Quarkus has stopped. */
  private static void countThreads() {
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("session-registry-"))
            .count();
    System.out.println("threads at the end: " + threads);
  }
}
