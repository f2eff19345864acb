package org.sessionregistry.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the command line, run as its users run it; only where the build has made it. */
@EnabledIfSystemProperty(named = "cli.jar", matches = ".+")
class SettingsCommandIT {
  private static final Path JAR = Path.of(System.getProperty("cli.jar", ""));

  @TempDir Path directory;
  private Path file;

  /** What a run printed and how it ended. */
  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void writeSettings() throws IOException {
    file = directory.resolve("application.properties");
    write(
        "client-session.github.base-url=https://api.github.com",
        "client-session.github.auth.type=bearer",
        "client-session.github.auth.token=${GITHUB_TOKEN:s3cret}",
        "client-session.github.timeout.total=10s",
        "%dev.client-session.github.timeout.total=1h",
        "client-session.reports.extends=github",
        "client-session-pool.p.max-connections=5");
  }

  @Test
  void rightSettingsEndWithZero() throws Exception {
    Run run = run(Map.of(), "check", "-f", file.toString());
    assertThat(run).isEqualTo(new Run(0, "no problems; sessions: github, reports; pools: p\n", ""));
  }

  @Test
  void everyProblemIsToldAsTheDeploymentWouldAndEndsWithOne() throws Exception {
    write(
        "client-session.github.timout.total=10s",
        "client-session.github.timeout.read=10",
        "client-session.github.tls.trust-pem=/nowhere/trust.pem",
        "client-session.other.tls.trust-pem=/nowhere/trust.pem");
    Run run = run(Map.of(), "check", "--file", file.toString());
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.out).isEmpty();
    assertThat(run.err)
        .startsWith("The configuration of client sessions has 3 problems:\n")
        .contains(
            "`client-session.github.timout.total` (" + file + ", ordinal 100): no such setting;",
            "did you mean `timeout.total`?",
            "`client-session.github.timeout.read` = `10` (",
            "`client-session.other.tls.trust-pem` = `/nowhere/trust.pem` (",
            "NoSuchFileException");
  }

  @Test
  void settingsAreExplainedWithoutSecrets() throws Exception {
    Run run = run(Map.of(), "explain", "reports", "--set", "-f", file.toString());
    assertThat(run.exit).isZero();
    assertThat(run.err).isEmpty();
    assertThat(run.out)
        .startsWith("session reports\n")
        .contains(
            "  auth.token    = *****",
            "  timeout.total = 10s",
            "client-session.github.timeout.total (" + file + ", ordinal 100)")
        .doesNotContain("s3cret", "default\n");
  }

  @Test
  void allSessionsAreExplainedWithTheirDefaults() throws Exception {
    Run run = run(Map.of(), "explain", "-f", file.toString());
    assertThat(run.out).contains("session github\n", "session reports\n", "  default\n");
  }

  @Test
  void aProfileCounts() throws Exception {
    Run run = run(Map.of(), "explain", "github", "-p", "dev", "-f", file.toString());
    assertThat(run.out).containsPattern("timeout\\.total += 1h ");
  }

  @Test
  void laterFilesWin() throws Exception {
    Path later = directory.resolve("later.properties");
    Files.writeString(later, "client-session.github.timeout.total=20s\n");
    Run run = run(Map.of(), "explain", "github", "-f", file.toString(), "--file", later.toString());
    assertThat(run.out)
        .containsPattern(
            "timeout\\.total += 20s .*client-session\\.github\\.timeout\\.total \\(.*later\\.properties,"
                + " ordinal 101\\)");
  }

  @Test
  void theEnvironmentIsReadOnlyWhenThatIsAskedFor() throws Exception {
    Map<String, String> env = Map.of("CLIENT_SESSION_GITHUB_TIMEOUT_TOTAL", "30s");
    assertThat(run(env, "explain", "github", "-f", file.toString()).out)
        .containsPattern("timeout\\.total += 10s ");
    assertThat(run(env, "explain", "github", "--environment", "-f", file.toString()).out)
        .containsPattern("timeout\\.total += 30s .*EnvConfigSource");
  }

  @Test
  void anInjectedSessionMayBeKnownToVariablesOnly() throws Exception {
    Map<String, String> env = Map.of("CLIENT_SESSION_CRM_TIMEOUT_TOTAL", "-1");
    Run run = run(env, "check", "-e", "-i", "crm", "-f", file.toString());
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err).contains("`client-session.crm.timeout.total` = `-1` (");
  }

  @Test
  void theKeysAreListed() throws Exception {
    Run run = run(Map.of(), "keys");
    assertThat(run.exit).isZero();
    assertThat(run.out)
        .contains(
            "client-session.<name>.timeout.total = 5m\n    Whole exchange",
            "client-session.<name>.headers.<name>\n    Sent with every request",
            "client-session-pool.<name>.max-connections = 100\n",
            "client-session-registry.reload-interval = off\n");
  }

  @Test
  void whatCannotBeAnsweredEndsWithTwo() throws Exception {
    assertThat(run(Map.of(), "explain", "gitlab", "-f", file.toString()))
        .isEqualTo(new Run(2, "", "no session gitlab; there are: github, reports\n"));
    Run missing = run(Map.of(), "check", "-f", directory.resolve("none").toString());
    assertThat(missing.exit).isEqualTo(2);
    assertThat(missing.err).contains("cannot be read as a properties file");
    assertThat(run(Map.of(), "check", "--nonsense").exit).isEqualTo(2);
    assertThat(run(Map.of(), "check").exit).isEqualTo(2);
  }

  @Test
  void helpTellsTheExitCodes() throws Exception {
    Run run = run(Map.of());
    assertThat(run.exit).isZero();
    assertThat(run.out).contains("check", "explain", "keys", "Exit codes:");
  }

  @Test
  void theJarHasNoNettyAndTheLicences() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(Object::toString))
          .noneMatch(name -> name.startsWith("io/netty"))
          .contains("LICENSE", "META-INF/LICENSE", "META-INF/LICENSE.md", "META-INF/NOTICE.md");
    }
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private Run run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    Path err = directory.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), printed, Files.readString(err));
    }
  }
}
