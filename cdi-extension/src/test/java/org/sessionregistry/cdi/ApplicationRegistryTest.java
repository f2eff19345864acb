package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** When the registry opens and closes. */
class ApplicationRegistryTest {
  private final AtomicInteger opened = new AtomicInteger();
  private final List<SessionRegistry> closed = new ArrayList<>();
  private final ApplicationRegistry registry =
      new ApplicationRegistry(
          () -> {
            opened.incrementAndGet();
            return new FakeRegistry();
          },
          registry -> StopDeadline.begin(registry, Duration.ofMinutes(1)),
          closed::add);

  @Test
  void itOpensAtTheFirstUse() {
    assertThat(opened).hasValue(0);

    registry.registry();

    assertThat(opened).hasValue(1);
  }

  @Test
  void itOpensOnceForAllItsUsers() throws Exception {
    ExecutorService users = Executors.newFixedThreadPool(8);
    try {
      List<Future<SessionRegistry>> registries = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        registries.add(users.submit(registry::registry));
      }
      for (Future<SessionRegistry> user : registries) {
        assertThat(user.get()).isSameAs(registry.registry());
      }
    } finally {
      users.shutdownNow();
    }
    assertThat(opened).hasValue(1);
  }

  @Test
  void aFailureToOpenIsNotRemembered() {
    AtomicInteger attempts = new AtomicInteger();
    ApplicationRegistry failingOnce =
        new ApplicationRegistry(
            () -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
              }
              return new FakeRegistry();
            },
            registry -> StopDeadline.begin(registry, Duration.ofMinutes(1)),
            closed::add);
    assertThatThrownBy(failingOnce::registry).hasMessage("the first time");

    assertThat(failingOnce.registry()).isNotNull();
  }

  @Test
  void aSessionThatIsClosedByItselfStaysTheSameSession() {
    ConfiguredRegistry configured =
        new ConfiguredRegistry(
            RegistrySettings.DEFAULTS,
            Map.of(),
            Map.of("github", SessionSettings.named("github")),
            List.of());
    ApplicationRegistry application =
        ApplicationRegistry.of(
            configured,
            () -> configured,
            () -> session -> SessionHooks.NONE,
            new SessionEvents(event -> CompletableFuture.completedStage(event)));
    ClientSession session = application.session("github");

    session.close();

    assertThat(application.session("github")).isSameAs(session);
    application.close();
  }

  @Test
  void aSessionFindsThePoolThatItShares() {
    ConfiguredRegistry configured =
        new ConfiguredRegistry(
            RegistrySettings.DEFAULTS,
            Map.of("crm", SharedPoolSettings.named("crm")),
            Map.of("a", SessionSettings.builder("a").pool(p -> p.withName("crm")).build()),
            List.of());
    ApplicationRegistry application =
        ApplicationRegistry.of(
            configured,
            () -> configured,
            () -> session -> SessionHooks.NONE,
            new SessionEvents(event -> CompletableFuture.completedStage(event)));

    assertThat(application.session("a").settings().pool().name()).contains("crm");
    application.close();
  }

  @Test
  void itClosesWhatItOpenedOnce() {
    SessionRegistry open = registry.registry();

    registry.close();
    registry.close();

    assertThat(closed).containsExactly(open);
  }

  @Test
  void whatWasNeverOpenedIsNotClosed() {
    registry.close();

    assertThat(opened).hasValue(0);
    assertThat(closed).isEmpty();
  }

  @Test
  void afterClosingASessionSaysThatItIsClosed() {
    registry.close();

    assertThatThrownBy(() -> registry.session("github"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("session 'github' is closed: the application has stopped");
  }

  @Test
  void afterClosingItDoesNotOpenAgain() {
    registry.close();

    assertThatThrownBy(registry::registry).isInstanceOf(IllegalStateException.class);
    assertThat(opened).hasValue(0);
  }

  @Test
  void whatIsBeingOpenedWhenTheApplicationStopsIsClosed() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch mayOpen = new CountDownLatch(1);
    ApplicationRegistry slow =
        new ApplicationRegistry(
            () -> {
              opening.countDown();
              await(mayOpen);
              return new FakeRegistry();
            },
            registry -> StopDeadline.begin(registry, Duration.ofMinutes(1)),
            closed::add);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<SessionRegistry> opened = threads.submit(slow::registry);
      await(opening);
      Future<?> stopped = threads.submit(slow::close);
      mayOpen.countDown();

      stopped.get();
      // The user came first, or the end did: what was opened is closed in either case.
      assertThat(closed).containsExactly(opened.get());
      assertThatThrownBy(slow::registry).isInstanceOf(IllegalStateException.class);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoOpensItCannotUseItMeanwhile() {
    AtomicReference<ApplicationRegistry> itself = new AtomicReference<>();
    itself.set(
        new ApplicationRegistry(
            () -> {
              itself.get().session("login");
              return new FakeRegistry();
            },
            registry -> StopDeadline.begin(registry, Duration.ofMinutes(1)),
            closed::add));

    assertThatThrownBy(itself.get()::registry)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("session 'login' is used while the beans are made");
  }
}
