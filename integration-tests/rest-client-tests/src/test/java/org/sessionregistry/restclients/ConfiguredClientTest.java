package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.SessionName;
import org.sessionregistry.cdi.restclient.SessionRestClients;

/** One line of configuration puts an injected client on a session. */
class ConfiguredClientTest {
  private static final String ADA = "{\"name\":\"Ada\",\"age\":36}";

  @RegisterExtension final World world = new World();

  @Test
  void oneLinePutsAnInjectedClientOnASession() {
    Upstream upstream = world.upstream(call -> call.json(ADA));
    try (Application application =
        Application.start(
            "client-session.github.base-url",
            upstream.uri() + "/api",
            "directory/mp-rest/session",
            "github")) {

      assertThat(application.directory().user("ada")).hasToString("Ada, 36");

      assertThat(upstream.seen()).containsExactly("GET /api/users/ada");
      assertThat(application.statistics("github").succeeded()).isEqualTo(1);
    }
  }

  @Test
  void theUrlOfTheClientComesBeforeThatOfTheSession() {
    Upstream upstream = world.upstream(call -> call.json(ADA));
    try (Application application =
        Application.start(
            "client-session.github.base-url", "http://127.0.0.1:1/never",
            "directory/mp-rest/url", upstream.uri() + "/v2",
            "directory/mp-rest/session", "github")) {

      application.directory().user("ada");

      assertThat(upstream.seen()).containsExactly("GET /v2/users/ada");
      assertThat(application.statistics("github").succeeded()).isEqualTo(1);
    }
  }

  @Test
  void theNameOfTheInterfaceComesBeforeItsConfigKey() {
    Upstream upstream = world.upstream(call -> call.json(ADA));
    try (Application application =
        Application.start(
            "client-session.github.base-url",
            upstream.uri().toString(),
            "client-session.other.base-url",
            "http://127.0.0.1:1",
            "directory/mp-rest/session",
            "other",
            Directory.class.getName() + "/mp-rest/session",
            "github")) {

      application.directory().user("ada");

      assertThat(application.statistics("github").succeeded()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatNamesNoSessionIsLeftAlone() {
    Upstream upstream = world.upstream(call -> call.json(ADA));
    try (Application application =
        Application.start(
            "client-session.github.base-url", upstream.uri().toString(),
            "directory/mp-rest/url", upstream.uri().toString())) {

      assertThat(application.directory().user("ada")).hasToString("Ada, 36");

      assertThat(application.statistics("github").requests()).isZero();
    }
  }

  @Test
  void aSessionThatIsNotThereFailsTheDeploymentWithItsKeyAndSource() {
    assertThatThrownBy(
            () ->
                Application.start(
                    "client-session.github.base-url", "http://127.0.0.1:1",
                    "client-session.crm.base-url", "http://127.0.0.1:1",
                    "directory/mp-rest/session", "githbu"))
        .hasStackTraceContaining("no session is named 'githbu'")
        .hasStackTraceContaining("directory/mp-rest/session (PropertiesConfigSource")
        .hasStackTraceContaining("test.properties")
        .hasStackTraceContaining("the sessions are [crm, github]");
  }

  @Test
  void aNameInCodeThatNoSessionHasIsRefusedWithThoseThatAreThere() {
    try (Application application =
        Application.start(
            "client-session.github.base-url", "http://127.0.0.1:1",
            "client-session.crm.base-url", "http://127.0.0.1:1")) {
      RestClientBuilder builder =
          RestClientBuilder.newBuilder()
              .baseUri(URI.create("http://127.0.0.1:1"))
              .property(SessionRestClients.SESSION, "githbu");

      assertThat(application).isNotNull();
      assertThatThrownBy(() -> builder.build(Directory.class))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("org.sessionregistry.session=githbu")
          .hasMessageContaining("the sessions are [crm, github]");
    }
  }

  @Test
  void aSessionThatTheApplicationMakesItselfCounts() {
    Upstream upstream = world.upstream(call -> call.json(ADA));
    OwnSession.session = world.session(s -> s.baseUrl(upstream.uri()));
    try (Application application =
        Application.start(List.of(OwnSession.class), "directory/mp-rest/session", "own")) {

      assertThat(application.directory().user("ada")).hasToString("Ada, 36");

      World.awaitNothingInFlight(OwnSession.session);
      assertThat(OwnSession.session.statistics().succeeded()).isEqualTo(1);
    }
  }

  /** A session of the application's own, as tests have it. */
  @ApplicationScoped
  static class OwnSession {
    private static ClientSession session;

    @Produces
    @SessionName("own")
    ClientSession session() {
      return session;
    }
  }

  @Test
  void aNameInCodeIsASessionOfTheApplication() {
    Upstream upstream = world.upstream(call -> call.json(ADA));
    try (Application application =
        Application.start("client-session.github.base-url", upstream.uri().toString())) {
      Directory directory =
          RestClientBuilder.newBuilder()
              .baseUri(upstream.uri())
              .property(SessionRestClients.SESSION, "github")
              .build(Directory.class);

      assertThat(directory.user("ada")).hasToString("Ada, 36");

      assertThat(application.statistics("github").succeeded()).isEqualTo(1);
    }
  }

  @Test
  void aNameInCodeWithoutAContainerIsRefused() {
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(URI.create("http://127.0.0.1:1"))
            .property(SessionRestClients.SESSION, "github");

    assertThatThrownBy(() -> builder.build(Directory.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no CDI container runs here");
  }

  @Test
  void anythingElseThanASessionIsRefused() {
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(URI.create("http://127.0.0.1:1"))
            .property(SessionRestClients.SESSION, 42);

    assertThatThrownBy(() -> builder.build(Directory.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("java.lang.Integer");
  }

  @Test
  void whatTheSessionDecidesIsNotIgnoredInSilence() {
    Upstream upstream = world.upstream(call -> call.json(ADA));
    try (LoggedWarnings warnings = new LoggedWarnings();
        Application application =
            Application.start(
                "client-session.github.base-url", upstream.uri().toString(),
                "directory/mp-rest/session", "github",
                "client-session.github.raise-for-status", "true",
                "directory/mp-rest/connectTimeout", "500",
                "directory/mp-rest/readTimeout", "2000")) {

      application.directory().user("ada");

      assertThat(warnings.texts())
          .singleElement()
          .asString()
          .contains("session 'github'")
          .contains("directory/mp-rest/connectTimeout, set timeout.connect")
          .contains("directory/mp-rest/readTimeout, set timeout.response and timeout.read")
          .contains("ResponseExceptionMapper, set raise-for-status=false");
    }
  }

  /** What our package logs while it is open. */
  private static final class LoggedWarnings extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(SessionRestClients.class.getPackageName());
    private final List<String> texts = new CopyOnWriteArrayList<>();

    LoggedWarnings() {
      logger.addHandler(this);
    }

    List<String> texts() {
      return texts;
    }

    @Override
    public void publish(LogRecord line) {
      texts.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
