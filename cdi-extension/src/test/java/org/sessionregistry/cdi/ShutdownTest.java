package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;

/** What is left when an application has stopped: nothing. */
@Timeout(30)
class ShutdownTest {
  private TestServer server;

  @BeforeEach
  void startServer() {
    server = new TestServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aStoppedApplicationLeavesNoThread() throws Exception {
    try (Application application = application().start()) {
      use(application.session("github"));
      assertThat(RegistryThreads.running()).isNotEmpty();
    }

    assertThat(RegistryThreads.left()).isEmpty();
  }

  @Test
  void aStoppedApplicationLeavesNoConnection() throws Exception {
    ClientSession session;
    try (Application application = application().start()) {
      session = application.registry().session("github");
      use(session);
      assertThat(connections(session)).isEqualTo(1);
    }

    assertThat(connections(session)).isZero();
  }

  @Test
  void anApplicationThatUsesNoSessionHasNoThread() throws Exception {
    try (Application application = application().start()) {
      assertThat(RegistryThreads.left()).isEmpty();
    }
  }

  @Test
  void anApplicationWithoutSessionsStartsAndStops() {
    try (Application application = Application.configured().start()) {
      assertThat(application.registry().names()).isEmpty();
    }
  }

  @Test
  @Tag("portable")
  void anotherExtensionCanUseASessionBeforeShutdown() {
    try (Application application = application().extensions(new LateCaller()).start()) {
      application.session("github");
    }

    assertThat(server.paths()).containsExactly("/used");
  }

  @Test
  void aSessionThatIsHeldLongerSaysThatItIsClosed() throws Exception {
    ClientSession session;
    try (Application application = application().start()) {
      session = application.registry().session("github");
      use(session);
    }

    assertThatThrownBy(() -> session.get("/late").send())
        .isInstanceOf(SessionClosedException.class)
        .hasMessageContaining("'github'");
  }

  @Test
  void anInjectedSessionThatIsHeldLongerIsInvalid() throws Exception {
    ClientSession session;
    try (Application application = application().start()) {
      session = application.session("github");
      use(session);
    }

    // Some containers refuse the call themselves, others hand it to the closed session.
    assertThatThrownBy(() -> session.get("/late").send())
        .isInstanceOfAny(IllegalStateException.class, SessionClosedException.class);
  }

  @Test
  void aRequestThatDoesNotEndCannotHoldUpTheShutdown() throws Exception {
    CompletableFuture<Response> stalling;
    try (Application application =
        application("client-session-registry.shutdown-timeout", "200ms").start()) {
      stalling = application.session("github").get("/stall").sendAsync();
      server.awaitStalled();
    }

    assertThat(stalling)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(SessionClosedException.class);
  }

  @Test
  void whatWasStillRunningIsLoggedWithItsSession() throws Exception {
    try (Log log = Log.ofTheModule()) {
      try (Application application =
          application("client-session-registry.shutdown-timeout", "200ms").start()) {
        application.session("github").get("/stall").sendAsync();
        server.awaitStalled();
      }

      assertThat(log.lines())
          .containsExactly(
              "INFO session 'github' is closing with 1 request in flight; they get 200 ms to finish"
                  + " (client-session-registry.shutdown-timeout)",
              "WARNING session 'github' was closed with 1 request unfinished after 200 ms"
                  + " (client-session-registry.shutdown-timeout)");
    }
  }

  @Test
  void aQuietShutdownLogsNothing() throws Exception {
    try (Log log = Log.ofTheModule()) {
      try (Application application = application().start()) {
        use(application.session("github"));
      }

      assertThat(log.lines()).isEmpty();
    }
  }

  /** An extension that has something to do at the very end. */
  static class LateCaller implements Extension {
    void call(@Observes BeforeShutdown event, BeanManager beans) throws Exception {
      use(
          beans
              .createInstance()
              .select(ClientSession.class, SessionName.Literal.of("github"))
              .get());
    }
  }

  private Application.Builder application(String... more) {
    return Application.configured(more).with("client-session.github.base-url", server.url());
  }

  private static void use(ClientSession session) throws Exception {
    try (Response response = session.get("/used").send()) {
      assertThat(response.text()).isEqualTo("/used");
    }
  }

  private static int connections(ClientSession session) {
    PoolStatistics pool = session.statistics().pool();
    return pool.opening() + pool.inUse() + pool.idle() + pool.closing();
  }
}
