package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.HeaderSyntax;

/** The report as a whole: everything at once, everything once. */
class ReportTest {

  @Test
  void allProblemsOfAllSessionsAreReportedInTheOrderOfTheirKeys() {
    InvalidConfigurationException refusal =
        Given.properties(
                "client-session.github.base-url", "/users",
                "client-session.github.timeout.total", "30",
                "client-session.github.timeout.connect", "-5s",
                "client-session.github.timout.read", "5s",
                "client-session.github.headers.Authorization", "Bearer s3cret\r\n",
                "client-session.crm.pool.max-connections", "-1",
                "client-session.crm.base-url", "https://${crm.host}/",
                "client-session-defaults.headers.Authorization", "s3cret",
                "client-session-registry.event-loops", "5000")
            .source("override.properties", 250, "client-session.crm.max-connections", "5")
            .refusal();
    assertThat(refusal)
        .hasMessage(
            """
            The configuration of client sessions has 10 problems:
              - `client-session-defaults.headers.Authorization` = `*****` (application.properties, ordinal 100): expected no credentials in client-session-defaults, because every session would send them to its host: set this on the sessions that need it; did you mean `client-session.<name>.headers.Authorization`?
              - `client-session-registry.event-loops` = `5000` (application.properties, ordinal 100): expected 0 (one per core) up to 1024
              - `client-session.crm.base-url` = `https://${crm.host}/` (application.properties, ordinal 100): expected every ${...} in the value to resolve (SRCFG00011: Could not expand value crm.host in property client-session.crm.base-url)
              - `client-session.crm.max-connections` (override.properties, ordinal 250): no such setting; did you mean `pool.max-connections`?
              - `client-session.crm.pool.max-connections` = `-1` (application.properties, ordinal 100): expected 0 (unlimited) or a positive whole number
              - `client-session.github.base-url` = `/users` (application.properties, ordinal 100): expected an absolute http or https URL, for example https://api.example.com/
              - `client-session.github.headers.Authorization` = `*****` (application.properties, ordinal 100): expected HEADER
              - `client-session.github.timeout.connect` = `-5s` (application.properties, ordinal 100): expected a number with its unit, such as 250ms, 30s, 5m, 1h or 1d, or ISO-8601 such as PT30S, or 0
              - `client-session.github.timeout.total` = `30` (application.properties, ordinal 100): expected a number with its unit, such as 250ms, 30s, 5m, 1h or 1d, or ISO-8601 such as PT30S, or 0; did you mean `30s`?
              - `client-session.github.timout.read` (application.properties, ordinal 100): no such setting; did you mean `timeout.read`?"""
                .replace("HEADER", HeaderSyntax.problemWithValue("\r").orElseThrow()));
  }

  @Test
  void aProblemInTheDefaultsIsReportedOnceWhateverTheNumberOfSessions() {
    assertThat(
            Given.properties(
                    "client-session-defaults.pool.max-connections", "-1",
                    "client-session.a.user-agent", "a",
                    "client-session.b.user-agent", "b",
                    "client-session.c.user-agent", "c")
                .problems())
        .containsExactly(
            "`client-session-defaults.pool.max-connections` = `-1` (application.properties, ordinal"
                + " 100): expected 0 (unlimited) or a positive whole number");
  }

  @Test
  void aBadValueDoesNotMakeItsCompanionsLookBad() {
    assertThat(
            Given.properties(
                    "client-session.a.base-url", "nowhere",
                    "client-session.a.cookies.sid", "1",
                    "client-session.a.headers.X-Y", "\u0001",
                    "client-session.a.headers-anywhere", "X-Y")
                .refusal()
                .problems())
        .extracting(Problem::key)
        .containsExactly("client-session.a.base-url", "client-session.a.headers.X-Y");
  }

  @Test
  void settingsThatExcludeEachOtherAreReportedAtTheOneThatIsNamed() {
    assertThat(
            Given.properties(
                    "client-session.a.base-url", "https://h/",
                    "client-session.a.cookies.sid", "s3cret",
                    "client-session.a.cookie-jar", "none")
                .problems())
        .containsExactly(
            "`client-session.a.cookies.sid` = `*****` (application.properties, ordinal 100):"
                + " expected cookie-jar=memory beside it");
  }

  @Test
  void aSessionThatContradictsTheDefaultsIsReportedAtTheSession() {
    assertThat(
            Given.properties(
                    "client-session-defaults.tls.trust-pem", "/a.pem",
                    "client-session.a.tls.trust-store.path", "/a.p12")
                .problems())
        .containsExactly(
            "`client-session.a.tls.trust-store.path` = `/a.p12` (application.properties, ordinal"
                + " 100): expected either tls.trust-pem or tls.trust-store.path, not both");
  }

  @Test
  void oneProblemIsNotCalledProblems() {
    assertThat(Given.properties("client-session.a.timeout.total", "x").refusal().getMessage())
        .startsWith("The configuration of client sessions has 1 problem:\n  - `client-session.a");
  }
}
