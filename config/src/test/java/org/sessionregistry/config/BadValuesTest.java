package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.settings.BearerSyntax;
import org.sessionregistry.settings.HeaderSyntax;

/** What is said about a value that cannot be used. */
class BadValuesTest {
  private static final String DURATION =
      "expected a number with its unit, such as 250ms, 30s, 5m, 1h or 1d, or ISO-8601 such as"
          + " PT30S, or 0";
  private static final String COUNT = "expected 0 (unlimited) or a positive whole number";
  private static final String NUMBER = "expected a whole number up to 2147483647, such as 0 or 100";

  static Stream<Arguments> values() {
    return Stream.of(
        bad("timeout.total", "30", DURATION + "; did you mean `30s`?"),
        bad("timeout.total", "soon", DURATION),
        bad("timeout.total", "5 min", DURATION),
        bad("timeout.total", "1.5s", DURATION),
        bad("timeout.total", "PTX", DURATION),
        bad("timeout.total", "999999999999999999d", DURATION),
        bad(
            "timeout.total",
            "366d",
            "expected a duration from 0 (none) to 365 days, for example 30s or 250ms"),
        bad(
            "timeout.connect",
            "PT-1S",
            "expected a duration from 0 (none) to 365 days, for example 30s or 250ms"),
        bad("pool.max-connections", "-1", COUNT),
        bad("pool.max-connections", "many", NUMBER),
        bad("pool.max-connections", "3000000000", NUMBER),
        bad("pool.max-connections", "1e3", NUMBER),
        bad(
            "pool.max-connections-per-host",
            "101",
            "expected max-connections-per-host (101) to be at most max-connections (100)"),
        bad(
            "pool.max-connections-per-tenant",
            "101",
            "expected max-connections-per-tenant (101) to be at most max-connections (100)"),
        bad(
            "pool.reserved-high",
            "100",
            "expected reserved-high (100) to be less than max-connections (100)"),
        bad("pool.max-streams-per-connection", "0", "expected 1 or more"),
        bad("pool.name", "a\u0001b", "`a\\u0001b`", "expected a name that is not blank"),
        bad("retries.max", "-1", "expected a number of further attempts from 0 to 100"),
        bad(
            "retries.on-status",
            "503,x",
            "expected whole numbers separated by commas, such as 502,503"),
        bad("retries.on-status", "503,200", "`200`", "expected status codes from 400 to 599"),
        bad(
            "retries.backoff",
            "400d",
            "expected a duration from 0 (none) to 365 days, for example 30s or 250ms"),
        bad("retries.budget", "0.2", "expected a share from 0% to 100%, such as 20%"),
        bad("retries.budget", "120%", "expected a share from 0% to 100%, such as 20%"),
        bad(
            "auth.type",
            "baisc",
            "expected one of none, basic, bearer, digest; did you mean `basic`?"),
        bad("auth.type", "digest", "expected auth.username and auth.password beside it"),
        bad(
            "auth.type",
            "bearer",
            "expected a base-url beside it, the only place that credentials are sent to"),
        bad("auth.token", "s3cret s3cret", "`*****`", "expected " + BearerSyntax.EXPECTED),
        bad(
            "auth.username",
            "a\u0001b",
            "`*****`",
            "expected a name without control characters (RFC 7617 section 2)"),
        bad("raise-for-status", "yes", "expected true or false"),
        bad("decompress", "gzip", "expected true or false"),
        bad("http-version", "http/2", "expected one of auto, 1.1, 2"),
        bad("http-version", "h2", "expected one of auto, 1.1, 2; did you mean `2`?"),
        bad("http-version", "3", "expected one of auto, 1.1, 2"),
        bad(
            "local-address",
            "localhost",
            "expected an IP address of this machine, for example 192.0.2.7 or 2001:db8::7"),
        bad(
            "queue.max-size",
            "-2",
            "expected 0 (never waits), a positive whole number, or unlimited"),
        bad("queue.max-size", "Unlimited", NUMBER + ", or unlimited"),
        bad("rate-limit.permits", "0", "expected a positive whole number, or unlimited"),
        bad("rate-limit.permits", "many", NUMBER + ", or unlimited"),
        bad(
            "rate-limit.permits",
            "100",
            "expected rate-limit.period beside it, in which so many requests may be started, for"
                + " example 1m"),
        bad(
            "rate-limit.period",
            "0",
            "expected a duration above 0, for example 1m; rate-limit.permits=unlimited takes the"
                + " limit away"),
        bad("limits.buffered-body", "64MB", "expected a size such as 512, 16KiB, 8MiB or 1GiB"),
        bad(
            "limits.buffered-body",
            "0",
            "expected a size above 0 and below 2GiB, for example 64KiB"),
        bad("cookie-jar", "memroy", "expected one of none, memory, shared; did you mean `memory`?"),
        bad("cookie-jar", "MEMORY", "expected one of none, memory, shared; did you mean `memory`?"),
        bad("cookie-jar", "disk", "expected one of none, memory, shared"),
        bad("tls.verify-hostname", "yes", "expected true or false"),
        bad("tls.verify-hostname", "False", "expected true or false; did you mean `false`?"),
        bad(
            "base-url",
            "/users",
            "expected an absolute http or https URL, for example https://api.example.com/"),
        bad(
            "base-url",
            "api.example.com",
            "expected an absolute http or https URL, for example https://api.example.com/"),
        bad(
            "base-url",
            "https://api example",
            "expected a URL, such as https://api.example.com/ (RFC 3986)"),
        bad(
            "headers.Content-Length",
            "5",
            "expected " + HeaderSyntax.problemWithName("Content-Length").orElseThrow()),
        bad(
            "headers-anywhere",
            "X-Other",
            "`X-Other`",
            "expected names of headers that headers.<Name> sets"),
        bad("user-agent", "a\u0001b", "`a\\u0001b`", headerValue("\u0001")),
        bad("headers.X-Y", "a\r\nEvil: 1", "`a\\r\\nEvil: 1`", headerValue("\n")),
        bad(
            "base-url",
            "https://u:pw@h/",
            "`https://*****@h/`",
            "expected a URL without user name and password; send credentials in a header"),
        bad(
            "base-url",
            "https://u:p w@h/",
            "`https://*****@h/`",
            "expected a URL, such as https://api.example.com/ (RFC 3986)"),
        bad(
            "base-url",
            "https://u:p/w@h/",
            "`https://*****@h/`",
            "expected a URL with a host name of letters, digits, '-' and '.', for example https://api.example.com/"),
        bad("headers.X-Api-Key", "s3cret\n", "`*****`", headerValue("\n")),
        bad(
            "headers.Authorization",
            "Bearer ${missing.s3cret}",
            "`*****`",
            "expected every ${...} in the value to resolve"),
        bad(
            "cookies.sid",
            "s3cret",
            "`*****`",
            "expected a base-url beside it, whose host the cookie is for"),
        bad(
            "tls.trust-store.password",
            "s3${missing}",
            "`*****`",
            "expected every ${...} in the value to resolve"));
  }

  private static String headerValue(String value) {
    return "expected " + HeaderSyntax.problemWithValue(value).orElseThrow();
  }

  private static Arguments bad(String setting, String value, String expected) {
    return bad(setting, value, "`" + value + "`", expected);
  }

  private static Arguments bad(String setting, String value, String shown, String expected) {
    return Arguments.of(setting, value, shown, expected);
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueThatCannotBeUsedIsExplained(
      String setting, String value, String shown, String expected) {
    String key = "client-session.a." + setting;
    InvalidConfigurationException refusal =
        Given.by(Given.By.SMALLRYE).source("application.properties", 100, key, value).refusal();
    assertThat(refusal.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "`%s` = %s (application.properties, ordinal 100): %s".formatted(key, shown, expected));
    assertThat(refusal.getMessage()).doesNotContain("s3cret", "u:p");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void anExpressionWithoutValueIsAProblemAndNotAStackTrace(Given.By implementation) {
    InvalidConfigurationException refusal =
        Given.by(implementation)
            .source("f", 100, "client-session.a.base-url", "https://${missing}/")
            .refusal();
    assertThat(refusal.problems()).hasSize(1);
    assertThat(refusal.problems().get(0).toString())
        .startsWith(
            "`client-session.a.base-url` = `https://${missing}/` (f, ordinal 100): expected every"
                + " ${...} in the value to resolve (")
        .contains("missing");
    assertThat(refusal.getCause()).isNull();
  }

  @Test
  void anExpressionThatRefersToItselfIsAProblem() {
    assertThat(
            Given.properties("client-session.a.user-agent", "${client-session.a.user-agent}")
                .problems())
        .singleElement()
        .asString()
        .startsWith(
            "`client-session.a.user-agent` = `${client-session.a.user-agent}`"
                + " (application.properties, ordinal 100): expected every ${...} in the value to"
                + " resolve (");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void theSourceOfTheWinningValueIsNamed(Given.By implementation) {
    Given given =
        Given.by(implementation)
            .source("low", 100, "client-session.a.pool.max-connections", "5")
            .env("CLIENT_SESSION_A_POOL_MAX_CONNECTIONS", "-5");
    assertThat(given.problems())
        .containsExactly(
            "`client-session.a.pool.max-connections` = `-5` (EnvConfigSource, ordinal 300): "
                + COUNT);
  }

  @Test
  void theElementOfAListThatIsWrongIsNamed() {
    assertThat(
            Given.properties(
                    "client-session.a.headers.X-One",
                    "1",
                    "client-session.a.headers-anywhere",
                    "X-One,X-Two")
                .problems())
        .singleElement()
        .asString()
        .startsWith("`client-session.a.headers-anywhere` = `X-Two` (");
  }

  @Test
  void aLongValueIsShortened() {
    assertThat(Given.properties("client-session.a.timeout.total", "x".repeat(10_000)).problems())
        .singleElement()
        .asString()
        .hasSizeLessThan(500)
        .contains("xxx…`");
  }

  @Test
  void twoSpellingsOfAHeaderInOneSourceAreRefused() {
    assertThat(
            Given.properties(
                    "client-session.a.headers.Accept", "x", "client-session.a.headers.accept", "y")
                .problems())
        .containsExactly(
            "`client-session.a.headers.accept` = `y` (application.properties, ordinal 100): expected"
                + " one spelling: this key and client-session.a.headers.Accept mean the same and"
                + " come with the same ordinal");
  }

  @Test
  void aNameThatNoKeyCanHaveIsRefused() {
    assertThat(Given.properties("client-session-registry.names", "a\"b").problems())
        .containsExactly(
            "`client-session-registry.names` = `a\"b` (application.properties, ordinal 100):"
                + " expected names without double quotes and control characters");
  }

  @Test
  void credentialsInTheDefaultsAreRefused() {
    String expected =
        "` = `*****` (application.properties, ordinal 100): expected no credentials in"
            + " client-session-defaults, because every session would send them to its host: set"
            + " this on the sessions that need it; did you mean `client-session.<name>.";
    assertThat(
            Given.properties(
                    "client-session-defaults.headers.authorization", "s3cret",
                    "client-session-defaults.headers.Proxy-Authorization", "s3cret",
                    "client-session-defaults.headers.Cookie", "s3cret",
                    "client-session-defaults.headers.Accept", "x/y",
                    "client-session-defaults.cookies.sid", "s3cret",
                    "client-session-defaults.auth.token", "s3cret")
                .problems())
        .isEqualTo(
            Stream.of(
                    "auth.token",
                    "cookies.sid",
                    "headers.Cookie",
                    "headers.Proxy-Authorization",
                    "headers.authorization")
                .map(s -> "`client-session-defaults." + s + expected + s + "`?")
                .toList());
  }

  @Test
  void theProblemItselfHoldsNoSecret() {
    List<Problem> problems =
        Given.properties("client-session.a.headers.X-Token", "s3cret\u0000").refusal().problems();
    assertThat(problems).singleElement().extracting(Problem::value).asString().contains("*****");
  }
}
