package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.SessionSettings;

/** What is wrong is said once, at deployment, with everything else that is wrong. */
class DeploymentProblemsTest {
  private static final String HERE = DeploymentProblemsTest.class.getName();

  @Test
  void anUnknownNameFailsTheDeployment() {
    assertThat(refusal(Misspelt.class)).contains("no session is named 'githbu'");
  }

  @Test
  void anUnknownNameIsReportedWithClassAndMember() {
    assertThat(refusal(Misspelt.class)).contains(HERE + "$Misspelt.github");
  }

  @Test
  void anUnknownNameIsReportedWithThoseThatExist() {
    assertThat(refusal(Misspelt.class)).contains("the sessions are [github, payments]");
  }

  @Test
  void anUnknownNameOfAParameterIsReportedWithItsPosition() {
    assertThat(refusal(UnknownParameters.class))
        .contains(HERE + "$UnknownParameters(), parameter 1")
        .contains(HERE + "$UnknownParameters.observe(), parameter 2");
  }

  @Test
  void anUnknownNameIsReportedOnceWithAllItsPlaces() {
    String refusal = refusal(Misspelt.class, MisspeltAgain.class);

    assertThat(refusal)
        .containsOnlyOnce("no session is named 'githbu'")
        .contains("$Misspelt.github and at " + HERE + "$MisspeltAgain.other");
  }

  @Test
  void severalProblemsAreReportedAtOnce() {
    assertThat(refusal(Misspelt.class, UnknownParameters.class, TwoNames.class))
        .contains("'githbu'", "'nobody'", "$TwoNames.session");
  }

  @Test
  void theReportIsComplete() {
    assertThat(refusal(Misspelt.class, MisspeltAgain.class, TwoNames.class))
        .contains(
            """
            The injection of client sessions has 2 problems:
              - HERE$TwoNames.session asks for one session by several names, [github, payments]: \
            keep one of its qualifiers
              - no session is named 'githbu', which is injected at HERE$Misspelt.github and at \
            HERE$MisspeltAgain.other; the sessions are [github, payments]: correct the name, \
            configure client-session.githbu.<setting>, or list it in client-session-registry.names
            """
                .replace("HERE", HERE)
                .strip());
  }

  @Test
  void theContainersOwnUnsatisfiedDependencyIsNotReportedBesides() {
    assertThat(refusal(Misspelt.class)).doesNotContain("Unsatisfied dependencies");
  }

  @Test
  void aProblemInTheConfigurationFailsTheDeployment() {
    assertThat(
            refusal(
                Application.configured("client-session.github.timout.total", "10s")
                    .beans(Correct.class)))
        .contains("client-session.github.timout.total");
  }

  @Test
  void anUnknownNameIsReportedBesideAProblemInTheConfiguration() {
    assertThat(
            refusal(
                Application.configured("client-session.github.timout.total", "10s")
                    .beans(Misspelt.class)))
        .contains("client-session.github.timout.total", "no session is named 'githbu'", "[github]");
  }

  @Test
  void oneSessionByTwoNamesIsAContradiction() {
    assertThat(refusal(TwoNames.class))
        .contains(HERE + "$TwoNames.session asks for one session by several names")
        .contains("[github, payments]");
  }

  @Test
  void anInstanceOfAnUnknownSessionIsEmpty() {
    try (Application application = correct().beans(Optionally.class).start()) {
      assertThat(application.get(Optionally.class).session.isUnsatisfied()).isTrue();
    }
  }

  @Test
  void anInstanceOfAnUnknownSessionIsLogged() {
    try (Log log = Log.ofTheModule();
        Application application = correct().beans(Optionally.class).start()) {
      assertThat(log.lines())
          .containsExactly(
              "INFO no session is named 'nobody': Instance<ClientSession> at "
                  + HERE
                  + "$Optionally.session is empty");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {ProducerMethod.class, ProducerField.class, OwnSession.class})
  void aSessionThatTheApplicationMakesItselfNeedsNoConfiguration(Class<?> own) {
    try (Application application = correct().beans(Misspelt.class, own).start()) {
      assertThat(application.get(Misspelt.class).github.name()).isEqualTo("my own");
    }
  }

  @Test
  void whatAnApplicationDecoratesItDoesNotAskFor() {
    try (Application application = correct().beans(Correct.class, Decorating.class).start()) {
      assertThat(application.registry().names()).containsExactlyInAnyOrder("github", "payments");
    }
  }

  @Test
  void anUnknownKeyThatIsToleratedIsLogged() {
    try (Log log = Log.ofTheModule();
        Application application =
            correct()
                .with("client-session-registry.unknown-keys", "warn")
                .with("client-session.github.timout.total", "10s")
                .start()) {
      assertThat(log.lines())
          .singleElement(STRING)
          .startsWith("WARNING")
          .contains("client-session.github.timout.total", "did you mean");
    }
  }

  @Test
  void aFailedDeploymentLeavesNoThread() throws InterruptedException {
    refusal(Misspelt.class);

    assertThat(RegistryThreads.left()).isEmpty();
  }

  @Test
  void theNextDeploymentIsNotDisturbedByAFailedOne() {
    refusal(Misspelt.class);

    try (Application application = correct().beans(Correct.class).start()) {
      assertThat(application.get(Correct.class).github.name()).isEqualTo("github");
    }
  }

  private static Application.Builder correct() {
    return Application.configured(
        "client-session.github.base-url", "https://github.example/",
        "client-session.payments.base-url", "https://pay.example/");
  }

  private static String refusal(Class<?>... beans) {
    return refusal(correct().beans(beans));
  }

  /** What whoever deploys can read: most containers throw it, OpenWebBeans logs it. */
  private static String refusal(Application.Builder application) {
    try (Log log = Log.ofEverything()) {
      Throwable refusal = catchThrowable(() -> application.start().close());
      assertThat(refusal).as("the container's refusal").isNotNull();
      return refusal.getMessage() + "\n" + String.join("\n", log.lines());
    }
  }

  @Dependent
  static class Correct {
    @Inject
    @SessionName("github")
    ClientSession github;
  }

  @Dependent
  static class Misspelt {
    @Inject
    @SessionName("githbu")
    ClientSession github;
  }

  @Dependent
  static class MisspeltAgain {
    @Inject
    @Named("githbu")
    ClientSession other;
  }

  @Dependent
  static class UnknownParameters {
    @Inject
    UnknownParameters(@SessionName("nobody") ClientSession session) {}

    void observe(@Observes String event, @SessionName("nobody") ClientSession session) {}
  }

  @Dependent
  static class TwoNames {
    @Inject
    @SessionName("github")
    @Named("payments")
    ClientSession session;
  }

  @Dependent
  static class Optionally {
    @Inject
    @SessionName("nobody")
    Instance<ClientSession> session;
  }

  @Dependent
  static class ProducerMethod {
    @Produces
    @SessionName("githbu")
    ClientSession session() {
      return new OwnSession();
    }
  }

  @Dependent
  static class ProducerField {
    @Produces
    @SessionName("githbu")
    ClientSession session = new OwnSession();
  }

  @Decorator
  @Priority(1)
  abstract static class Decorating implements ClientSession {
    @Inject @Delegate ClientSession session;
  }

  /** What a test of an application might have instead of the real session. */
  @Dependent
  @SessionName("githbu")
  static class OwnSession implements ClientSession {
    @Override
    public String name() {
      return "my own";
    }

    @Override
    public SessionSettings settings() {
      return SessionSettings.named(name());
    }

    @Override
    public CookieJar cookies() {
      return CookieJar.none();
    }

    @Override
    public SessionStatistics statistics() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Response send(Request request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Response> sendAsync(Request request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> closeAsync() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {}
  }
}
