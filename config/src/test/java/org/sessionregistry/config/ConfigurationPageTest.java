package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/configuration.md shows is what happens. */
class ConfigurationPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("../docs/configuration.md");

  @Test
  void theSettingsAreRight() throws IOException {
    List<String> blocks = blocks("properties");
    assertThat(blocks).hasSize(3);
    for (String block : blocks) {
      assertThat(given(block).read().warnings()).isEmpty();
    }
  }

  @Test
  void theReportIsTheOneThatIsGiven() throws IOException {
    String report =
        Given.properties(
                "client-session.github.timeout.total",
                "10",
                "client-session.github.timout.read",
                "5s")
            .refusal()
            .getMessage();
    assertThat(blocks("")).contains(report + "\n");
  }

  @Test
  void theExplanationIsTheOneThatIsGiven() throws IOException {
    String explanation =
        given(blocks("properties").get(0))
            .read()
            .explanations()
            .explain("github-uploads", Optional.empty())
            .orElseThrow()
            .withoutDefaults()
            .toString();
    assertThat(blocks("")).contains(explanation + "\n");
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .toList();
  }

  private static Given given(String block) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(block));
    return Given.properties(
        properties.stringPropertyNames().stream()
            .flatMap(key -> List.of(key, properties.getProperty(key)).stream())
            .toArray(String[]::new));
  }
}
