package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The published reference is the generated one. After a change of settings run the tests of this
 * module with {@code -Dupdate-docs}.
 */
class KeyReferenceTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("..");
  private static final Path PAGE = ROOT.resolve("docs/settings.md").normalize();
  private static final Path METADATA =
      ROOT.resolve("config/src/main/resources/META-INF/spring-configuration-metadata.json")
          .normalize();
  private static final Path README = ROOT.resolve("README.md").normalize();

  @Test
  void thePublishedReferenceIsTheGeneratedOne() throws IOException {
    if (System.getProperty("update-docs") != null) {
      Files.createDirectories(PAGE.toAbsolutePath().getParent());
      Files.writeString(PAGE, KeyReference.markdown());
    }
    assertThat(PAGE).hasContent(KeyReference.markdown());
    assertThat(Files.readString(PAGE)).isEqualTo(KeyReference.markdown());
  }

  @Test
  void theMetadataForEditorsIsTheGeneratedOne() throws IOException {
    if (System.getProperty("update-docs") != null) {
      Files.createDirectories(METADATA.toAbsolutePath().getParent());
      Files.writeString(METADATA, KeyMetadata.json());
    }
    assertThat(Files.readString(METADATA)).isEqualTo(KeyMetadata.json());
  }

  @Test
  void theMetadataKnowsTypesDefaultsAndWords() {
    assertThat(KeyMetadata.json().lines())
        .contains(
            "    {\"name\": \"client-session.{*}.priority\", \"values\": [{\"value\": \"high\"},"
                + " {\"value\": \"normal\"}, {\"value\": \"low\"}]},")
        .anyMatch(
            line ->
                line.startsWith(
                    "    {\"name\": \"client-session-defaults.timeout.total\", \"type\":"
                        + " \"java.time.Duration\", \"defaultValue\": \"5m\", \"description\":"
                        + " \"Whole exchange"))
        .anyMatch(line -> line.contains("\"client-session.{*}.tenants.{*}.base-url\""))
        .anyMatch(line -> line.contains("\"client-session.{*}.headers.{*}\""))
        .anyMatch(line -> line.contains("\\\"unlimited\\\" (the default)"))
        .anyMatch(line -> line.contains("\"client-session-pool.{*}.max-connections\""));
  }

  @Test
  void theReadmeShowsTheSameTables() throws IOException {
    String begin = "<!-- settings: generated, see KeyReferenceTest -->\n";
    String end = "<!-- /settings -->\n";
    String page = KeyReference.markdown();
    String tables = page.substring(page.indexOf("## A session")).replace("## ", "### ");
    String readme = Files.readString(README);
    String expected =
        readme.substring(0, readme.indexOf(begin))
            + begin
            + "\n"
            + tables
            + "\n"
            + readme.substring(readme.indexOf(end));
    if (System.getProperty("update-docs") != null) {
      Files.writeString(README, expected);
    }
    assertThat(Files.readString(README)).isEqualTo(expected);
  }

  @Test
  void defaultsAreWrittenForPeople() {
    assertThat(KeyReference.markdown())
        .contains(
            "| `timeout.total` | `5m` |",
            "| `timeout.read` | `0` (none) |",
            "| `pool.max-connections-per-host` | `0` (unlimited) |",
            "| `queue.max-size` | `unlimited` |",
            "| `limits.response-headers` | `64KiB` |",
            "| `cookie-jar` | `memory` |",
            "| `user-agent` | `session-registry/<version>` |",
            "| `headers.<Name>` | – | Sent with every request",
            "## A shared pool: `client-session-pool.<pool>.…`",
            "| `max-connections-per-tenant` | `0` (unlimited) |",
            "| `max-size` | `unlimited` |",
            "| `event-loops` | `0` (one per core) |",
            "| `base-url` | – |");
  }
}
