package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.settings.SessionSettings;

/** Which sessions there are. */
class ExistenceTest {

  @Test
  void anyKeyBringsASessionIntoBeing() {
    assertThat(Given.properties("client-session.a.timeout.total", "1s").read().sessions())
        .containsOnlyKeys("a");
  }

  @Test
  void namesBringSessionsIntoBeing() {
    assertThat(Given.properties("client-session-registry.names", "a,b.c").read().sessions())
        .containsOnlyKeys("a", "b.c");
  }

  @Test
  void anInjectedNameAloneDoesNot() {
    assertThat(Given.properties().read("a").sessions()).isEmpty();
  }

  @Test
  void theDefaultSessionExistsWhenItIsInjected() {
    assertThat(Given.properties().read("default").sessions())
        .containsEntry("default", SessionSettings.named("default"));
    assertThat(Given.properties().read().sessions()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void environmentVariablesAloneConfigureAnInjectedName(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .env("CLIENT_SESSION_GITHUB_BASE_URL", "https://api.github.com")
                .session("github", "github", "other")
                .baseUrl())
        .contains(URI.create("https://api.github.com"));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void environmentVariablesConfigureAnInjectedNameWithDots(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .env("CLIENT_SESSION__API_V2__TIMEOUT_TOTAL", "9s")
                .session("api.v2", "api.v2")
                .timeout()
                .total())
        .isEqualTo(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void environmentVariablesAloneBringNoSessionIntoBeing(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .env(
                    "CLIENT_SESSION_GITHUB_BASE_URL",
                    "https://api.github.com",
                    "CLIENT_SESSION_X",
                    "1")
                .read()
                .sessions())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void aQuotedNameMayHaveDots(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .source("f", 100, "client-session.\"api.v2\".user-agent", "x/1")
                .session("api.v2")
                .userAgent())
        .isEqualTo("x/1");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void quotesThatAreNotNeededMakeNoDifference(Given.By implementation) {
    SessionSettings a =
        Given.by(implementation)
            .source(
                "low",
                100,
                "client-session.\"a\".user-agent",
                "low/1",
                "client-session.\"a\".timeout.total",
                "1s")
            .source("high", 200, "client-session.a.user-agent", "high/1")
            .session("a");
    assertThat(a.userAgent()).isEqualTo("high/1");
    assertThat(a.timeout().total()).isEqualTo(Duration.ofSeconds(1));
  }
}
