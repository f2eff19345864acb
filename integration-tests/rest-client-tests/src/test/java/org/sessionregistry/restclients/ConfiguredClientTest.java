package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
  void aSessionThatIsNotThereIsNamedWithItsKeyAndSource() {
    try (Application application =
        Application.start(
            "client-session.github.base-url", "http://127.0.0.1:1",
            "client-session.crm.base-url", "http://127.0.0.1:1",
            "directory/mp-rest/session", "githbu")) {

      assertThatThrownBy(() -> application.directory().user("ada"))
          .hasStackTraceContaining("directory/mp-rest/session=githbu")
          .hasStackTraceContaining("test.properties")
          .hasStackTraceContaining("the sessions are [crm, github]");
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
            .baseUri(java.net.URI.create("http://127.0.0.1:1"))
            .property(SessionRestClients.SESSION, "github");

    assertThatThrownBy(() -> builder.build(Directory.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no CDI container runs here");
  }

  @Test
  void anythingElseThanASessionIsRefused() {
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(java.net.URI.create("http://127.0.0.1:1"))
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
                "directory/mp-rest/connectTimeout", "500",
                "directory/mp-rest/readTimeout", "2000")) {

      application.directory().user("ada");

      assertThat(warnings.texts())
          .singleElement()
          .asString()
          .contains("session 'github'")
          .contains("directory/mp-rest/connectTimeout, set timeout.connect")
          .contains("directory/mp-rest/readTimeout, set timeout.response and timeout.read");
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
