package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session sets has an effect, or is a problem. */
class EffectsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timeout.attempt=6m                            | timeout.attempt            | at most timeout.total (5m)
          timeout.queue=11s timeout.total=10s           | timeout.queue              | at most timeout.total (10s)
          timeout.dns=11s timeout.total=10s             | timeout.dns                | at most timeout.total (10s)
          timeout.connect=11s timeout.total=10s         | timeout.connect            | at most timeout.total (10s)
          timeout.tls-handshake=11s timeout.total=10s   | timeout.tls-handshake      | at most timeout.total (10s)
          timeout.write=11s timeout.total=10s           | timeout.write              | at most timeout.total (10s)
          timeout.response=11s timeout.total=10s        | timeout.response           | at most timeout.total (10s)
          timeout.read=11s timeout.total=10s            | timeout.read               | at most timeout.total (10s)
          retries.max=1 retries.backoff=11s             | retries.backoff            | at most retries.max-backoff
          retries.backoff=1s                            | retries.backoff            | retries.max=1 or more beside it
          retries.on-status=503                         | retries.on-status          | retries.max=1 or more beside it
          retries.max-backoff=20s                       | retries.max-backoff        | retries.max=1 or more beside it
          retries.budget=30%                            | retries.budget             | retries.max=1 or more beside it
          tenancy.pool=isolated                         | tenancy.pool               | tenancy=required or tenancy=optional
          tenancy.max-tenants=5                         | tenancy.max-tenants        | tenancy=required or tenancy=optional
          tenancy.idle-timeout=5m                       | tenancy.idle-timeout       | tenancy=required or tenancy=optional
          rate-limit.period=1m                          | rate-limit.period          | rate-limit.permits beside it
          auth.username=u                               | auth.username              | auth.type beside it
          auth.password=p                               | auth.password              | auth.type beside it
          auth.token=t                                  | auth.token                 | auth.type beside it
          cookie-jar.cache=c                            | cookie-jar.cache           | cookie-jar=shared beside it
          proxy.exclude=localhost                       | proxy.exclude              | a proxy.url beside it
          tls.trust-store.password=p                    | tls.trust-store.password   | tls.trust-store.path beside it
          tls.key-store.type=JKS                        | tls.key-store.type         | tls.key-store.path beside it
          unix-socket=/s dns.ttl=1s                     | dns.ttl                    | no host is looked up
          unix-socket=/s dns.prefer=ipv6                | dns.prefer                 | no host is looked up
          pool.max-connections=0 queue.max-size=5       | queue.max-size             | no request ever waits
          pool.max-connections=0 queue.order=lifo       | queue.order                | no request ever waits
          pool.max-connections=0 timeout.queue=5s       | timeout.queue              | no request ever waits
          queue.max-size=5 queue.max-size-per-tenant=6  | queue.max-size-per-tenant  | (6) to be at most max-size (5)
          pool.max-connections=5 pool.reserved-high=6   | pool.reserved-high         | (6) to be less than max-connections (5)
          """)
  void whatHasNoEffectIsOneProblem(String settings, String key, String expected) {
    assertThat(session("a", settings).problems())
        .singleElement()
        .asString()
        .startsWith("`client-session.a." + key + "` = `")
        .contains("(application.properties, ordinal 100): expected ", expected);
  }

  @ParameterizedTest
  @CsvSource({
    "timeout.attempt=5m",
    "timeout.attempt=1h timeout.total=0",
    "timeout.total=1s",
    "retries.max=0 retries.backoff=1s",
    "tenancy=none tenancy.max-tenants=5",
    "rate-limit.permits=unlimited rate-limit.period=1m",
    "rate-limit.permits=5 rate-limit.period=1m pool.max-connections=0 queue.max-size=5",
    "auth.type=none auth.token=t",
    "cookie-jar=memory cookie-jar.cache=c",
    "proxy.from-environment=false proxy.exclude=localhost",
    "pool.max-connections=0 pool.max-connections-per-host=5 queue.max-size=5",
    "unix-socket=/s timeout.connect=1s"
  })
  void whatHasAnEffectOrIsSwitchedOffOnPurposeIsTaken(String settings) {
    assertThat(session("a", settings).read().sessions()).containsOnlyKeys("a");
  }

  @Test
  void aVariableMaySwitchOffWhatAFileHasSetUp() {
    assertThat(
            session("a", "timeout.read=10s retries.max=2 retries.backoff=1s queue.max-size=5")
                .env(
                    "CLIENT_SESSION_A_TIMEOUT_TOTAL", "5s",
                    "CLIENT_SESSION_A_RETRIES_MAX", "0",
                    "CLIENT_SESSION_A_POOL_MAX_CONNECTIONS", "0")
                .read()
                .sessions())
        .containsOnlyKeys("a");
  }

  @Test
  void whatIsSetForAllSessionsNeedNotMatterToEach() {
    assertThat(
            Given.properties(
                    "client-session-defaults.timeout.read", "1m",
                    "client-session-defaults.retries.backoff", "1s",
                    "client-session.a.timeout.total", "10s")
                .read()
                .sessions())
        .containsOnlyKeys("a");
  }

  @Test
  void whatIsSetForThoseThatExtendASessionNeedNotMatterToItself() {
    assertThat(
            Given.properties(
                    "client-session.a.retries.backoff", "1s",
                    "client-session.b.extends", "a",
                    "client-session.b.retries.max", "2")
                .read()
                .sessions())
        .containsOnlyKeys("a", "b");
  }

  @Test
  void underALimitOfAllConnectionsRequestsWait() {
    assertThat(
            Given.properties(
                    "client-session-registry.max-connections", "9",
                    "client-session.a.pool.max-connections", "0",
                    "client-session.a.queue.max-size", "5")
                .read()
                .sessions())
        .containsOnlyKeys("a");
  }

  private static Given session(String name, String settings) {
    return Given.properties(
        Stream.of(settings.split(" "))
            .flatMap(
                one ->
                    Stream.of(
                        "client-session." + name + "." + one.substring(0, one.indexOf('=')),
                        one.substring(one.indexOf('=') + 1)))
            .toArray(String[]::new));
  }
}
