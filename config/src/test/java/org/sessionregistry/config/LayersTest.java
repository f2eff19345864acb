package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.settings.SessionSettings;

/** Which value wins: session over defaults over built-in, and what MicroProfile Config adds. */
class LayersTest {

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void theSessionsKeyWinsOverTheDefaultsWhichWinOverTheBuiltIn(Given.By implementation) {
    SessionSettings a =
        Given.by(implementation)
            .source(
                "f",
                100,
                "client-session-defaults.pool.max-connections",
                "7",
                "client-session-defaults.timeout.total",
                "7s",
                "client-session-defaults.headers.X-One",
                "default",
                "client-session-defaults.headers.X-Two",
                "default",
                "client-session.a.timeout.total",
                "1s",
                "client-session.a.headers.x-two",
                "own")
            .session("a");
    assertThat(a.pool().maxConnections()).isEqualTo(7);
    assertThat(a.timeout().total()).isEqualTo(Duration.ofSeconds(1));
    assertThat(a.timeout().connect()).isEqualTo(Duration.ofSeconds(30));
    assertThat(a.headers()).isEqualTo(Map.of("X-One", "default", "x-two", "own"));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void aSessionsKeyWinsOverADefaultFromAStrongerSource(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .source("low", 100, "client-session.a.timeout.total", "1s")
                .source("high", 900, "client-session-defaults.timeout.total", "7s")
                .session("a")
                .timeout()
                .total())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void theSourceWithTheHigherOrdinalWins(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .source("low", 100, "client-session.a.user-agent", "low/1")
                .source("high", 200, "client-session.a.user-agent", "high/1")
                .session("a")
                .userAgent())
        .isEqualTo("high/1");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void environmentVariablesWinOverFilesForFixedKeysAndKnownEntries(Given.By implementation) {
    SessionSettings a =
        Given.by(implementation)
            .source(
                "f", 100, "client-session.a.user-agent", "f/1", "client-session.a.headers.X-Y", "f")
            .env(
                "CLIENT_SESSION_A_USER_AGENT", "env/1",
                "CLIENT_SESSION_A_HEADERS_X_Y", "env",
                "CLIENT_SESSION_DEFAULTS_TIMEOUT_TOTAL", "4s")
            .session("a");
    assertThat(a.userAgent()).isEqualTo("env/1");
    assertThat(a.headers()).containsExactly(Map.entry("X-Y", "env"));
    assertThat(a.timeout().total()).isEqualTo(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void twoSpellingsOfAHeaderAreDecidedByTheirOrdinals(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .source("low", 100, "client-session.a.headers.Accept", "low")
                .source("high", 200, "client-session.a.headers.accept", "high")
                .session("a")
                .headers())
        .containsExactly(Map.entry("accept", "high"));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void onlyTheActiveProfileCounts(Given.By implementation) {
    Given given =
        Given.by(implementation)
            .profile("dev")
            .source(
                "f",
                100,
                "client-session.a.user-agent",
                "any/1",
                "%dev.client-session.a.user-agent",
                "dev/1",
                "%dev.client-session.only-dev.headers.X-Y",
                "1",
                "%test.client-session.only-test.no-such-setting",
                "1");
    assertThat(given.read().sessions()).containsOnlyKeys("a", "only-dev");
    assertThat(given.session("a").userAgent()).isEqualTo("dev/1");
    assertThat(given.session("only-dev").headers()).containsExactly(Map.entry("X-Y", "1"));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void expressionsAreResolved(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .source(
                    "f",
                    100,
                    "host",
                    "api.example.com",
                    "client-session.a.base-url",
                    "https://${host}:${port:8443}/")
                .session("a")
                .baseUrl())
        .contains(URI.create("https://api.example.com:8443/"));
  }
}
