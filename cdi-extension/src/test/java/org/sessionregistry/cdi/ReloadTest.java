package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.config.SessionFile;

/** A file is edited while the application runs. */
class ReloadTest {
  @ApplicationScoped
  static class Shop {
    @Inject
    @SessionName("shop")
    ClientSession session;

    String get(String path) throws Exception {
      return session.get(path).send().text();
    }
  }

  private final TestServer server = new TestServer();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void tellTheFile() {
    file = directory.resolve("sessions.properties");
    System.setProperty(SessionFile.PROPERTY, file.toString());
  }

  @AfterEach
  void forgetTheFile() {
    System.clearProperty(SessionFile.PROPERTY);
    server.close();
  }

  private void write(String... lines) throws Exception {
    Files.writeString(file, String.join("\n", lines));
  }

  private Application start() {
    return Application.configured("client-session.shop.base-url", server.url())
        .withDiscoveredSources()
        .beans(Shop.class)
        .start();
  }

  @Test
  void whatTheFileSaysLaterIsInjectedSessionsSettings() throws Exception {
    write("client-session.shop.headers.X-Limit=one");
    try (Application application = start()) {
      Shop shop = application.get(Shop.class);
      assertThat(shop.get("/before")).isEqualTo("/before");
      assertThat(server.header("/before", "X-Limit")).isEqualTo("one");

      write(
          "client-session.shop.headers.X-Limit=two",
          "client-session.shop.headers.X-New=yes",
          "client-session.another.base-url=" + server.url());
      ReloadReport report = application.registry().reload();

      assertThat(report.changed()).containsExactly("shop");
      assertThat(report.opened()).containsExactly("another");
      assertThat(application.registry().explain("shop").orElseThrow().withoutDefaults().toString())
          .contains("headers.X-Limit")
          .contains("two")
          .contains(file.toString());
      assertThat(shop.get("/after")).isEqualTo("/after");
      assertThat(server.header("/after", "X-Limit")).isEqualTo("two");
      assertThat(server.header("/after", "X-New")).isEqualTo("yes");
      assertThat(application.registry().session("another").get("/a").send().text()).isEqualTo("/a");
    }
  }

  @Test
  void whatCannotBeUsedIsReportedAsAtDeploymentAndChangesNothing() throws Exception {
    write("client-session.shop.headers.X-Limit=one");
    try (Application application = start()) {
      Shop shop = application.get(Shop.class);
      assertThat(shop.get("/before")).isEqualTo("/before");
      write(
          "client-session.shop.headers.X-Limit=two",
          "client-session.shop.pool.max-connections=many",
          "client-session.shop.timout.total=1s");
      assertThatExceptionOfType(DeploymentException.class)
          .isThrownBy(() -> application.registry().reload())
          .withMessageContaining("client-session.shop.pool.max-connections")
          .withMessageContaining("many")
          .withMessageContaining(file.toString())
          .withMessageContaining("did you mean")
          .withMessageContaining("timeout.total");
      assertThat(shop.get("/after")).isEqualTo("/after");
      assertThat(server.header("/after", "X-Limit")).isEqualTo("one");

      Files.delete(file);
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> application.registry().reload())
          .withMessageContaining(SessionFile.PROPERTY)
          .withMessageContaining(file.toString());
    }
  }

  @Test
  void aSessionThatIsInjectedMustNotGo() throws Exception {
    write("client-session.shop.base-url=" + server.url());
    try (Application application =
        Application.configured().withDiscoveredSources().beans(Shop.class).start()) {
      assertThat(application.get(Shop.class).get("/a")).isEqualTo("/a");
      write("client-session.other.base-url=" + server.url());
      assertThatExceptionOfType(DeploymentException.class)
          .isThrownBy(() -> application.registry().reload())
          .withMessageContaining("no session is named 'shop', which is injected at")
          .withMessageContaining("Shop.session");
      assertThat(application.get(Shop.class).get("/b")).isEqualTo("/b");
    }
  }
}
