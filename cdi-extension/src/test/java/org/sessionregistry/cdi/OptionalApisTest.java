package org.sessionregistry.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is optional may be absent: no error, nothing said. */
class OptionalApisTest {
  @Test
  void anApplicationWithoutOpenTelemetryIsServedAllTheSame() throws Exception {
    assertThat(without("opentelemetry", "io.opentelemetry.api.OpenTelemetry"))
        .isEqualTo("200 /x\nno io.opentelemetry.api.OpenTelemetry\n");
  }

  @Test
  void anApplicationWithoutMicroProfileHealthIsServedAllTheSame() throws Exception {
    assertThat(without("health", "org.eclipse.microprofile.health.HealthCheck"))
        .isEqualTo("200 /x\nno org.eclipse.microprofile.health.HealthCheck\n");
  }

  private static String without(String jar, String api) throws Exception {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String less =
        Arrays.stream(path.split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().contains(jar))
            .collect(joining(File.pathSeparator));
    try (TestServer server = new TestServer()) {
      Process child =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-Dorg.jboss.logging.provider=slf4j",
                  "-cp",
                  less,
                  WithoutOptionalApis.class.getName(),
                  server.url(),
                  api)
              .redirectErrorStream(true)
              .start();
      String said = new String(child.getInputStream().readAllBytes(), UTF_8);
      assertThat(child.waitFor()).as(said).isZero();
      // Without what the container and the JVM have to say.
      return said.lines()
          .filter(line -> line.startsWith("200 ") || line.startsWith("no "))
          .map(line -> line + "\n")
          .collect(joining());
    }
  }
}
