package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/** Applications in one JVM share nothing, neither side by side nor one after the other. */
class SeveralApplicationsTest {
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
  void eachHasItsOwnSessions() {
    try (Application one = application("one");
        Application two = application("two")) {
      assertThat(one.registry().names()).containsExactly("one");
      assertThat(two.registry().names()).containsExactly("two");
    }
  }

  @Test
  void eachHasItsOwnSettingsForTheSameName() {
    try (Application one = Application.configured(baseUrl("same", "https://one.example/")).start();
        Application two = Application.configured(baseUrl("same", "https://two.example/")).start()) {
      assertThat(one.session("same").settings().baseUrl().orElseThrow())
          .hasToString("https://one.example/");
      assertThat(two.session("same").settings().baseUrl().orElseThrow())
          .hasToString("https://two.example/");
    }
  }

  @Test
  void stoppingOneLeavesTheOtherRunning() throws Exception {
    try (Application one = application("same")) {
      use(one.session("same"));
      try (Application two = application("same")) {
        use(two.session("same"));
      }

      use(one.session("same"));
    }
    assertThat(RegistryThreads.left()).isEmpty();
  }

  @Test
  void redeployingDoesNotGatherThreads() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (Application application = application("same")) {
        use(application.session("same"));
      }
      assertThat(RegistryThreads.left()).as("after deployment %s", i).isEmpty();
    }
  }

  private Application application(String session) {
    return Application.configured(baseUrl(session, server.url())).start();
  }

  private static String[] baseUrl(String session, String url) {
    return new String[] {"client-session." + session + ".base-url", url};
  }

  private static void use(ClientSession session) throws Exception {
    try (Response response = session.get("/used").send()) {
      assertThat(response.text()).isEqualTo("/used");
    }
  }
}
