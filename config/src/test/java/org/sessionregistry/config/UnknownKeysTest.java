package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about a key that no setting has. */
class UnknownKeysTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          client-session.a.timout.total,                timeout.total
          client-session.a.timeout.totla,               timeout.total
          client-session.a.timeouts.tls-handshake,      timeout.tls-handshake
          client-session.a.max-connections,             pool.max-connections
          client-session.a.maxConnections,              pool.max-connections
          client-session.a.pool.maxConnectionsPerHost,  pool.max-connections-per-host
          client-session.a.pool.max_connections,        pool.max-connections
          client-session.a.pool-max-connections,        pool.max-connections
          client-session.a.trust-store.path,            tls.trust-store.path
          client-session.a."timeout.total",             timeout.total
          client-session.a.baseUrl,                     base-url
          client-session.a.header.Accept,               headers.Accept
          client-session.a.headers,                     headers.<name>
          client-session.a.cookie.sid,                  cookies.sid
          client-session.a.event-loops,                 client-session-registry.event-loops
          client-session-registry.timeout.total,        client-session-defaults.timeout.total
          client-session-registry.eventloops,           event-loops
          client-session-registry.maxConnections,       max-connections
          client-session.a.httpVersion,                 http-version
          client-session.a.name,                        pool.name
          client-session-defaults.time-out.total,       timeout.total
          client-session.x.y.user-agent,                client-session."x.y".user-agent
          client-session.timeout.total,                 client-session.<name>.timeout.total
          client-session.headers.Accept,                client-session.<name>.headers.Accept
          client-session.user-agent,                    client-session.<name>.user-agent
          client-sessions.a.user-agent,                 client-session.a.user-agent
          client-session-default.user-agent,            client-session-defaults.user-agent
          client-session.a.auth.userName,               auth.username
          client-session.a.tenants.acme.user_agent,     user-agent
          client-session-defaults.tenants.acme.user-agent,
          client-session-shared.max-connections,
          client-session-defaults,
          """)
  void theNearestSettingIsSuggested(String key, String suggestion) {
    Problem problem = Given.properties(key, "s3cret").refusal("x.y").problems().get(0);
    assertThat(problem.key()).isEqualTo(key);
    assertThat(problem.suggestion()).isEqualTo(Optional.ofNullable(suggestion));
    assertThat(problem.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          client-session."a.user-agent,     a quoted session name stands between double quotes
          client-session."a"b.user-agent,   a quoted session name stands between double quotes
          client-session.a"b.c".user-agent, a quoted session name stands between double quotes
          client-session."".user-agent,     the session's name is missing
          client-session..user-agent,       the session's name is missing
          client-session.,                  the session's name is missing
          client-session,                   the session's name is missing
          client-session.a,                 no setting follows the session's name
          client-session.a.,                no setting follows the session's name
          client-session."a.b",             no setting follows the session's name
          client-session-pools-.p.max-uses, keys begin with client-session.<name>
          client-session-pool."p.max-uses,  a quoted pool name stands between double quotes
          client-session-pool."".max-uses,  the pool's name is missing
          client-session-pool,              the pool's name is missing
          client-session-pool.max-uses,     the pool's name is missing between client-session-pool and
          client-session-pool.p,            no setting follows the pool's name
          client-session-pool."a.b",        no setting follows the pool's name
          """)
  void aMalformedKeyIsExplained(String key, String explanation) {
    assertThat(Given.properties(key, "x").problems())
        .singleElement()
        .asString()
        .startsWith("`" + key + "` (application.properties, ordinal 100): ")
        .contains(explanation);
  }

  @Test
  void controlCharactersInAKeyAreRefusedAndShownHarmless() {
    assertThat(Given.properties("client-session.a\nb.user-agent", "x").problems())
        .containsExactly(
            "`client-session.a\\nb.user-agent` (application.properties, ordinal 100): malformed key:"
                + " it has control characters");
  }

  @Test
  void theyAreWarningsWhereTheRegistryToleratesThem() {
    ConfiguredRegistry read =
        Given.properties(
                "client-session-registry.unknown-keys", "warn",
                "client-session.a.timout.total", "1s",
                "client-session-shared.p.max-connections", "1")
            .read();
    assertThat(read.warnings())
        .extracting(Problem::key)
        .containsExactly(
            "client-session-shared.p.max-connections", "client-session.a.timout.total");
    assertThat(read.sessions()).containsOnlyKeys("a");
  }

  @Test
  void namesOfEnvironmentVariablesAndForeignKeysAreNoneOfOurs() {
    assertThat(
            Given.by(Given.By.SMALLRYE)
                .env("CLIENT_SESSION_A_TIMOUT_TOTAL", "1s", "CLIENT_SESSION", "x")
                .source("f", 100, "client.session.a", "1", "http-client.session.a", "1")
                .read())
        .satisfies(read -> assertThat(read.sessions()).isEmpty())
        .satisfies(read -> assertThat(read.warnings()).isEmpty());
  }
}
