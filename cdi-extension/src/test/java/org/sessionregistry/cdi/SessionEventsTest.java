package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** Where and when the application is told. */
class SessionEventsTest {
  /** Some containers know by that which application is asked for. */
  @Test
  void theContextClassLoaderIsTheApplicationsOnEveryThread() throws Exception {
    List<ClassLoader> loaders = new CopyOnWriteArrayList<>();
    CompletableFuture<Object> told = new CompletableFuture<>();
    SessionEvents events =
        new SessionEvents(
            event -> {
              loaders.add(Thread.currentThread().getContextClassLoader());
              return told;
            });
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      ClientSession session = registry.open(SessionSettings.named("github"));
      events.opened(session);
      events.reloaded(session); // is told by the thread that completes what comes before it
      Thread container = new Thread(() -> told.complete(""));
      container.setContextClassLoader(null);
      container.start();
      container.join();
    }

    ClassLoader application = Thread.currentThread().getContextClassLoader();
    assertThat(loaders).containsExactly(application, application);
  }
}
