package org.sessionregistry.servers.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.SessionConfig;
import org.sessionregistry.settings.SessionSettings;

/** What docs/proxies.md and docs/egress.md show is what compiles, is configured and runs here. */
class WaysTest {
  private static final String PROXIES = "docs/proxies.md";
  private static final String EGRESS = "docs/egress.md";

  @Test
  void aProxyIsConfiguredInBothWaysAlike() throws Exception {
    assertThat(code("proxy")).isEqualTo(Snippets.blocks(PROXIES, "java").get(0));
    assertThat(configured(PROXIES, 0).get("reports")).isEqualTo(Ways.proxied());
  }

  @Test
  void theEnvironmentsProxyIsConfigured() throws Exception {
    SessionSettings any =
        read(
                Map.of("client-session.any.base-url", "http://any.example"),
                Snippets.blocks(PROXIES, "properties").get(1))
            .sessions()
            .get("any");
    assertThat(any.proxy().fromEnvironment()).isTrue();
  }

  @Test
  void rulesAreConfiguredInBothWaysAlike() throws Exception {
    assertThat(code("egress")).isEqualTo(Snippets.blocks(EGRESS, "java").get(0));
    Map<String, SessionSettings> sessions = configured(EGRESS, 0);
    assertThat(sessions.get("fetcher")).isEqualTo(Ways.guarded());
    assertThat(sessions.get("partner").egress().allow())
        .containsExactly(".partner.example", "203.0.113.0/24");
  }

  @Test
  void aProxyIsNamedBesideTheRules() throws Exception {
    assertThat(configured(EGRESS, 1).get("fetcher").egress().allow())
        .isEqualTo(List.of("*", "proxy.corp.example:3128"));
  }

  @Test
  void whatIsDeniedIsNotFetched() throws Exception {
    assertThat(Snippets.snippet("Ways.java", "denied"))
        .isEqualTo(Snippets.blocks(EGRESS, "java").get(1));
    try (SessionRegistry registry = SessionRegistry.builder().session(Ways.guarded()).build()) {
      assertThat(Ways.fetch(registry.session("fetcher"), "http://169.254.169.254/latest/"))
          .startsWith("not fetched: session 'fetcher': GET http://169.254.169.254/latest/ after ")
          .contains("egress.deny has 'private'");
    }
  }

  private static String code(String marker) throws IOException {
    String snippet = Snippets.snippet("Ways.java", marker);
    return snippet.substring(0, snippet.indexOf("// end"));
  }

  private static Map<String, SessionSettings> configured(String document, int block)
      throws IOException {
    return read(Map.of(), Snippets.blocks(document, "properties").get(block)).sessions();
  }

  private static ConfiguredRegistry read(Map<String, String> more, String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> settings = new HashMap<>(more);
    properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    return SessionConfig.read(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "docs", 100))
            .build(),
        Set.of());
  }
}
