package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionListener;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.CookieJarSettings;

/** What is wrong with beans that add to sessions is part of the one report. */
class HookProblemsTest {
  private static final String HERE = HookProblemsTest.class.getName();

  @Test
  void anUnknownSessionFailsTheDeployment() {
    assertThat(refusal(ForNobody.class))
        .contains(
            """
            What beans add to client sessions has 1 problem:
              - no session is named 'nobody', which HERE$ForNobody (interceptor, listener) is for; \
            the sessions are [crm, github]: correct the name, use @SessionName("*") for every \
            session, or configure client-session.nobody.<setting>"""
                .replace("HERE", HERE));
  }

  @Test
  void namedMustNameASessionToo() {
    assertThat(refusal(NamedForNobody.class)).contains("'nobody'", HERE + "$NamedForNobody");
  }

  @Test
  void aProducerIsReportedWithItsMember() {
    assertThat(refusal(ProducingForNobody.class))
        .contains(HERE + "$ProducingForNobody" + member(".tokens()") + " (token supplier)");
  }

  @Test
  void twoTokenSuppliersOfOneSessionAreAProblem() {
    assertThat(refusal(Tokens.class, OtherTokens.class))
        .contains(
            """
              - session 'github' can have one token supplier, but HERE$OtherTokens and HERE$Tokens \
            are for it: keep one, or make one an @Alternative with a @Priority"""
                .replace("HERE", HERE));
  }

  @Test
  void aJarOfASessionThatKeepsNoCookiesIsAProblem() {
    assertThat(
            refusal(configured().with("client-session.github.cookie-jar", "none").beans(Jar.class)))
        .contains(
            HERE
                + "$Jar"
                + member(".jar()")
                + " is the cookie jar of session 'github', which cannot have one as it is"
                + " configured: client-session.github.cookie-jar must be memory");
  }

  @Test
  void tokensOfASessionWithoutBaseUrlAreAProblem() {
    assertThat(
            refusal(
                Application.configured("client-session.github.timeout.total", "1s")
                    .beans(Tokens.class)))
        .contains("client-session.github.base-url must be set");
  }

  @Test
  void everythingIsReportedAtOnce() {
    assertThat(
            refusal(
                configured()
                    .with("client-session.github.timout.total", "1s")
                    .beans(ForNobody.class, Misspelt.class)))
        .contains("client-session.github.timout.total", "'githbu'", "$ForNobody");
  }

  @Test
  void problemsOfInjectionAndOfBeansAreReportedTogether() {
    assertThat(refusal(ForNobody.class, Misspelt.class, Tokens.class, OtherTokens.class))
        .contains("The injection of client sessions has 1 problem:")
        .contains("What beans add to client sessions has 2 problems:");
  }

  @Test
  void aBeanOfAnotherExtensionThatNamesNobodyFailsTheDeployment() {
    assertThat(refusal(configured().extensions(new HookBeansTest.Adding("nobody"))))
        .contains("no session is named 'nobody'");
  }

  @Test
  void aBeanThatNamesNoSessionIsTheApplicationsOwnAndMentioned() {
    try (Log log = Log.ofTheModule();
        Application application = configured().beans(Unnamed.class).start()) {
      assertThat(log.lines())
          .containsExactly(
              "INFO "
                  + HERE
                  + "$Unnamed (listener) names no session, so no session uses it;"
                  + " @SessionName(\"<session>\") gives it to one, @SessionName(\"*\") to all");
    }
  }

  /** In an application that was built before it runs, the members are not known any more. */
  private static String member(String producer) {
    return Application.IS_BUILT_BEFORE ? "" : producer;
  }

  private static Application.Builder configured() {
    return Application.configured(
        "client-session.github.base-url", "https://github.example/",
        "client-session.crm.base-url", "https://crm.example/");
  }

  private static String refusal(Class<?>... beans) {
    return refusal(configured().beans(beans));
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
  @SessionName("nobody")
  static class ForNobody implements Interceptor, SessionListener {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return next.send(request);
    }
  }

  @ApplicationScoped
  @Named("nobody")
  static class NamedForNobody implements SessionListener {}

  @Dependent
  static class ProducingForNobody {
    @Produces
    @SessionName("nobody")
    TokenSupplier tokens() {
      return () -> CompletableFuture.completedStage("t");
    }
  }

  @ApplicationScoped
  @SessionName("github")
  static class Tokens implements TokenSupplier {
    @Override
    public CompletionStage<String> token() {
      return CompletableFuture.completedStage("t");
    }
  }

  @ApplicationScoped
  @SessionName("github")
  static class OtherTokens implements TokenSupplier {
    @Override
    public CompletionStage<String> token() {
      return CompletableFuture.completedStage("t");
    }
  }

  @Dependent
  static class Jar {
    @Produces
    @SessionName("github")
    CookieJar jar() {
      return CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.system());
    }
  }

  @Dependent
  static class Misspelt {
    @Inject
    @SessionName("githbu")
    ClientSession session;
  }

  @ApplicationScoped
  static class Unnamed implements SessionListener {}
}
