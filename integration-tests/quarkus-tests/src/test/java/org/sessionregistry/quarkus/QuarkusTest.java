package org.sessionregistry.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application, built by Quarkus and run as a process, against a server of the test. */
@Timeout(120)
class QuarkusTest {
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final Map<String, String> steps = new ConcurrentHashMap<>();
  private final Map<String, String> authorizations = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          paths.add(path);
          steps.put(path, String.valueOf(exchange.getRequestHeaders().getFirst("X-Steps")));
          authorizations.put(
              path, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = path.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void sessionsAreInjectedByTheirNames() throws Exception {
    Run run = run("crm", "named", "constructor", "unqualified");

    assertThat(run.lines())
        .contains(
            "crm: /crm", "named: /named", "constructor: /constructor", "unqualified: default");
    assertThat(run.exit()).isZero();
  }

  @Test
  void aSessionThatIsInjectedMayBeConfiguredWhenTheApplicationRuns() throws Exception {
    assertThat(run("reports").lines()).contains("reports: /reports");
  }

  @Test
  void aSessionThatNobodyInjectsCanBeSelected() throws Exception {
    assertThat(run("selected").lines()).contains("selected: unused");
  }

  @Test
  void anInstanceOfAnUnknownSessionIsEmpty() throws Exception {
    assertThat(run("optional").lines()).contains("optional: true");
  }

  @Test
  void theRegistryHasEverySession() throws Exception {
    assertThat(run("registry").lines())
        .contains("registry: [crm, default, login, reports, unused]");
  }

  @Test
  void observersHearOfSessions() throws Exception {
    assertThat(run("events").lines()).contains("events: [crm, default, login, reports, unused]");
  }

  @Test
  void nettyIsTheOneOfQuarkus() throws Exception {
    assertThat(run("netty").text())
        .contains("netty: netty-common-" + System.getProperty("expected.netty"));
  }

  @Test
  void beansThatNobodyInjectsAddToTheirSessions() throws Exception {
    run("crm", "reports");

    assertThat(authorizations)
        .containsEntry("/crm", "Bearer /token")
        .containsEntry("/reports", "null");
    assertThat(steps)
        .containsEntry("/crm", "outermost two")
        .containsEntry("/reports", "outermost two attempt");
  }

  @Test
  void beansOfTheApplicationCanUseTheirSessionsWhileTheyAreDestroyed() throws Exception {
    Run run = run("constructor");

    assertThat(paths).contains("/constructor", "/goodbye", "/goodbye-too");
    assertThat(run.exit()).isZero();
    assertThat(run.text()).doesNotContain("Error occurred while destroying");
  }

  /** Our own bean is a singleton, too, and nobody knows which one is destroyed first. */
  @Test
  void aSingletonMayFindItsSessionClosedButNeverOpensIt() throws Exception {
    Run run = run("crm");

    assertThat(run.text())
        .containsPattern(
            "at the end: (/last|.*session 'login' is closed: the application has stopped)")
        .contains("threads at the end: 0");
  }

  @Test
  void whatIsWrongWithTheConfigurationEndsTheStart() throws Exception {
    Run run =
        start(
            List.of(
                "-Daddress=" + address(),
                "-Dclient-session.crm.base-url=" + address(),
                "-Dclient-session.crm.timout.total=1s"),
            "crm");

    assertThat(run.exit()).isNotZero();
    assertThat(run.text())
        .contains("client-session.crm.timout.total")
        .contains(
            "no session is named 'reports', which is injected at"
                + " org.sessionregistry.quarkus.Customers.configuredAtRunTime")
        .doesNotContain("crm: ");
    assertThat(paths).isEmpty();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Run run(String... commands) throws Exception {
    return start(
        List.of(
            "-Daddress=" + address(),
            "-Dclient-session.crm.base-url=" + address(),
            "-Dclient-session.reports.base-url=" + address()),
        commands);
  }

  private static Run start(List<String> options, String... commands) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.add("-jar");
    line.add(System.getProperty("application"));
    line.addAll(List.of(commands));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends: %s", text).isTrue();
      return new Run(text, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  /** What came of it. */
  private record Run(String text, int exit) {
    List<String> lines() {
      return text.lines().toList();
    }
  }
}
