package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionRegistry;

/**
 * Sessions outlive every bean. The beans say goodbye to a real server when they are destroyed, so
 * the server's list of paths shows whose session still worked.
 */
class SessionsInPreDestroyTest {
  @Test
  void everyBeanCanUseItsSessionWhateverTheOrder() {
    try (TestServer server = new TestServer()) {
      try (Application application = application(server, First.class, Second.class, Part.class)) {
        application.get(First.class).start();
        application.get(Second.class).start();
        server.paths().clear();
      }

      assertThat(server.paths()).containsExactlyInAnyOrder("/first", "/second", "/part");
    }
  }

  /** Where an application is built before it runs, our own bean is one of the singletons. */
  @Test
  @Tag("portable")
  void singletonsCanUseItToo() {
    try (TestServer server = new TestServer()) {
      try (Application application =
          application(server, Third.class, First.class, Second.class, Part.class)) {
        application.get(Third.class).start();
        server.paths().clear();
      }

      assertThat(server.paths()).contains("/third", "/part");
    }
  }

  @Test
  void aSessionCanBeUsedForTheFirstTime() {
    try (TestServer server = new TestServer()) {
      try (Application application = application(server, Late.class)) {
        application.get(Late.class).start();
      }

      assertThat(server.paths()).containsExactly("/late");
    }
  }

  @Test
  @Tag("portable")
  void aSessionCanBeSelectedForTheFirstTime() {
    try (TestServer server = new TestServer()) {
      try (Application application = application(server, Selecting.class)) {
        application.get(Selecting.class).start();
      }

      assertThat(server.paths()).containsExactly("/selecting");
    }
  }

  @Test
  void theRegistryCanBeUsed() {
    try (TestServer server = new TestServer()) {
      try (Application application = application(server, ByRegistry.class)) {
        application.get(ByRegistry.class).start();
      }

      assertThat(server.paths()).containsExactly("/by-registry");
    }
  }

  /** Without a limit of its own the bean would wait five minutes. */
  @Test
  @Timeout(30)
  void aBeanThatWaitsForAServiceThatDoesNotAnswerCannotHoldUpTheShutdown() throws Exception {
    try (TestServer server = new TestServer();
        Log log = Log.ofTheModule()) {
      Waiting.end = null;
      try (Application application =
          Application.configured(
                  "client-session.used.base-url",
                  server.url(),
                  "client-session-registry.shutdown-timeout",
                  "200ms")
              .beans(Waiting.class)
              .start()) {
        application.get(Waiting.class).start();
      }

      assertThat(Waiting.end).isInstanceOf(SessionClosedException.class);
      assertThat(log.lines())
          .contains(
              "WARNING the application has been stopping for 1 s with 1 request in flight, so its"
                  + " sessions close before all of its beans are destroyed; a bean that needs longer"
                  + " for its last requests needs a longer client-session-registry.shutdown-timeout");
      assertThat(RegistryThreads.left()).isEmpty();
    }
  }

  private static Application application(TestServer server, Class<?>... beans) {
    return Application.configured(
            "client-session.used.base-url", server.url(),
            "client-session.late.base-url", server.url())
        .beans(beans)
        .start();
  }

  /** Without checked exceptions: not every container allows a {@code @PreDestroy} to have them. */
  private static void get(ClientSession session, String path) {
    try (Response response = session.get(path).send()) {
      assertThat(response.text()).isEqualTo(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ApplicationScoped
  static class First {
    @Inject
    @SessionName("used")
    ClientSession session;

    @Inject Second second;

    void start() {
      get(session, "/used");
    }

    @PreDestroy
    void stop() {
      get(session, "/first");
    }
  }

  @ApplicationScoped
  static class Second {
    @Inject
    @SessionName("used")
    ClientSession session;

    @Inject Part part;

    void start() {}

    @PreDestroy
    void stop() {
      get(session, "/second");
    }
  }

  @Singleton
  static class Third {
    @Inject
    @SessionName("late")
    ClientSession session;

    @Inject First first;
    @Inject Part part;

    void start() {}

    @PreDestroy
    void stop() {
      get(session, "/third");
    }
  }

  @Dependent
  static class Part {
    @Inject
    @SessionName("used")
    ClientSession session;

    @PreDestroy
    void stop() {
      get(session, "/part");
    }
  }

  @ApplicationScoped
  static class Late {
    @Inject
    @SessionName("late")
    ClientSession session;

    void start() {}

    @PreDestroy
    void stop() {
      get(session, "/late");
    }
  }

  @ApplicationScoped
  static class Waiting {
    /** What its last request came to. */
    static volatile Throwable end;

    @Inject
    @SessionName("used")
    ClientSession session;

    void start() {}

    @PreDestroy
    void stop() {
      try {
        get(session, "/stall");
      } catch (UncheckedIOException e) {
        end = e.getCause();
      }
    }
  }

  @Singleton
  static class Selecting {
    @Inject @Any Instance<ClientSession> sessions;

    void start() {}

    @PreDestroy
    void stop() {
      get(sessions.select(SessionName.Literal.of("late")).get(), "/selecting");
    }
  }

  @ApplicationScoped
  static class ByRegistry {
    @Inject SessionRegistry registry;

    void start() {}

    @PreDestroy
    void stop() {
      get(registry.session("late"), "/by-registry");
    }
  }
}
