package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** Every form in which a session can be injected, and which session it gets. */
class InjectionTest {
  private Application application;

  @BeforeEach
  void start() {
    application =
        Application.configured(
                "client-session.github.base-url", "https://github.example/",
                "client-session.payments.base-url", "https://pay.example/")
            .beans(Fields.class, Parameters.class, Greetings.class, Journal.class, OtherBean.class)
            .start();
  }

  @AfterEach
  void stop() {
    application.close();
  }

  @Test
  void aFieldGetsTheSessionOfItsName() {
    assertThat(fields().github.name()).isEqualTo("github");
  }

  @Test
  void aSessionHasTheSettingsOfItsName() {
    assertThat(fields().github.settings().baseUrl().orElseThrow())
        .hasToString("https://github.example/");
  }

  @Test
  void namedMeansTheSameSession() {
    assertThat(fields().named.settings()).isSameAs(fields().github.settings());
  }

  @Test
  void namedWithoutValueMeansTheFieldsName() {
    assertThat(fields().payments.name()).isEqualTo("payments");
  }

  @Test
  void aFieldWithoutQualifierGetsTheDefaultSession() {
    assertThat(fields().unqualified.name()).isEqualTo("default");
  }

  @Test
  void theDefaultSessionNeedsNoConfiguration() {
    assertThat(fields().unqualified.settings()).isEqualTo(SessionSettings.named("default"));
  }

  @Test
  void theDefaultSessionCanBeNamedToo() {
    assertThat(fields().namedDefault.settings()).isSameAs(fields().unqualified.settings());
  }

  @Test
  void anInstanceWithQualifierGivesTheSession() {
    assertThat(fields().instance.get().name()).isEqualTo("github");
  }

  @Test
  void aProviderWithQualifierGivesTheSession() {
    assertThat(fields().provider.get().name()).isEqualTo("payments");
  }

  @Test
  void anInstanceOfAnySelectsBySessionName() {
    assertThat(fields().any.select(SessionName.Literal.of("payments")).get().name())
        .isEqualTo("payments");
  }

  @Test
  void anInstanceOfAnyHoldsEverySession() {
    assertThat(fields().any.stream().map(ClientSession::name))
        .containsExactlyInAnyOrder("github", "payments", "default");
  }

  @Test
  void anInstanceOfAnyHasNoUnknownSession() {
    assertThat(fields().any.select(SessionName.Literal.of("nobody")).isUnsatisfied()).isTrue();
  }

  @Test
  void theRegistryCanBeInjected() {
    assertThat(fields().registry.names())
        .containsExactlyInAnyOrder("github", "payments", "default");
  }

  @Test
  void theRegistrysSessionIsTheInjectedOne() {
    assertThat(fields().registry.session("github").settings()).isSameAs(fields().github.settings());
  }

  @Test
  void aConstructorParameterGetsTheSessionOfItsName() {
    assertThat(parameters().constructor.name()).isEqualTo("github");
  }

  @Test
  void aMethodParameterGetsTheSessionOfItsName() {
    assertThat(parameters().initializer.name()).isEqualTo("payments");
  }

  @Test
  void aProducersParameterGetsTheSessionOfItsName() {
    assertThat(application.get(Greeting.class).text()).isEqualTo("from payments");
  }

  @Test
  void aDisposersParameterGetsTheSessionOfItsName() {
    List<String> heard = application.get(Journal.class).lines;
    Instance<Greeting> greetings = fields().greetings;
    greetings.destroy(greetings.get());

    assertThat(heard).containsExactly("disposed by github");
  }

  @Test
  void anObserversParameterGetsTheSessionOfItsName() {
    application.fire("hello");

    assertThat(application.get(Journal.class).lines).containsExactly("hello payments");
  }

  @Test
  void aBeanOfAnotherTypeMayHaveTheNameOfASession() {
    assertThat(application.get(OtherBean.class).toString()).isEqualTo("not a session");
  }

  private Fields fields() {
    return application.get(Fields.class);
  }

  private Parameters parameters() {
    return application.get(Parameters.class);
  }

  @Dependent
  static class Fields {
    @Inject
    @SessionName("github")
    ClientSession github;

    @Inject
    @Named("github")
    ClientSession named;

    @Inject @Named ClientSession payments;
    @Inject ClientSession unqualified;

    @Inject
    @SessionName("default")
    ClientSession namedDefault;

    @Inject
    @SessionName("github")
    Instance<ClientSession> instance;

    @Inject
    @SessionName("payments")
    Provider<ClientSession> provider;

    @Inject @Any Instance<ClientSession> any;
    @Inject SessionRegistry registry;
    @Inject Instance<Greeting> greetings;
  }

  @Dependent
  static class Parameters {
    final ClientSession constructor;
    ClientSession initializer;

    @Inject
    Parameters(@SessionName("github") ClientSession constructor) {
      this.constructor = constructor;
    }

    @Inject
    void initialize(@SessionName("payments") ClientSession session) {
      initializer = session;
    }
  }

  /** Not proxyable, so that a producer is the only way to one. */
  record Greeting(String text) {}

  @Singleton
  static class Journal {
    final List<String> lines = new ArrayList<>();
  }

  @Dependent
  static class Greetings {
    @Inject Journal journal;

    @Produces
    Greeting greeting(@SessionName("payments") ClientSession session) {
      return new Greeting("from " + session.name());
    }

    void dispose(@Disposes Greeting greeting, @SessionName("github") ClientSession session) {
      journal.lines.add("disposed by " + session.name());
    }

    void hear(@Observes String event, @SessionName("payments") ClientSession session) {
      journal.lines.add(event + " " + session.name());
    }
  }

  @ApplicationScoped
  @Named("github")
  static class OtherBean {
    @Override
    public String toString() {
      return "not a session";
    }
  }
}
