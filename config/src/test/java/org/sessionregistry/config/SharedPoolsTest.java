package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.QueueOrder;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** Pools that several sessions share. */
class SharedPoolsTest {

  // ---- what is read ---------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void aPoolHasTheSettingsOfPoolAndQueueWithoutTheirPrefix(Given.By implementation) {
    Map<String, SharedPoolSettings> pools =
        Given.by(implementation)
            .source(
                "application.properties",
                100,
                "client-session-pool.crm.max-connections",
                "50",
                "client-session-pool.crm.max-connections-per-host",
                "40",
                "client-session-pool.crm.max-connections-per-tenant",
                "30",
                "client-session-pool.crm.reserved-high",
                "5",
                "client-session-pool.crm.max-streams-per-connection",
                "20",
                "client-session-pool.crm.keep-alive",
                "20s",
                "client-session-pool.crm.max-lifetime",
                "1h",
                "client-session-pool.crm.max-uses",
                "1000",
                "client-session-pool.crm.max-size",
                "100",
                "client-session-pool.crm.max-size-per-tenant",
                "60",
                "client-session-pool.crm.order",
                "lifo")
            .read()
            .pools();
    assertThat(pools)
        .isEqualTo(
            Map.of(
                "crm",
                new SharedPoolSettings(
                    "crm",
                    PoolSettings.DEFAULTS
                        .withMaxConnections(50)
                        .withMaxConnectionsPerHost(40)
                        .withMaxConnectionsPerTenant(30)
                        .withReservedHigh(5)
                        .withMaxStreamsPerConnection(20)
                        .withKeepAlive(Duration.ofSeconds(20))
                        .withMaxLifetime(Duration.ofHours(1))
                        .withMaxUses(1000),
                    QueueSettings.ofMaxSize(100)
                        .withMaxSizePerTenant(60)
                        .withOrder(QueueOrder.LIFO))));
  }

  @Test
  void aPoolHasEverySettingOfAPoolButItsNameAndTheWarmUp() {
    assertThat(Root.POOL.keys().all())
        .extracting(SettingKey::name)
        .containsExactlyElementsOf(
            Root.SESSION.keys().all().stream()
                .map(SettingKey::key)
                .filter(key -> key.startsWith("pool.") || key.startsWith("queue."))
                .filter(key -> !key.equals("pool.name") && !key.equals("pool.warm-up"))
                .toList());
  }

  @Test
  void poolsComeInTheOrderOfTheirNamesAndCannotBeChanged() {
    Map<String, SharedPoolSettings> pools =
        Given.properties(
                "client-session-pool.b.max-uses", "1", "client-session-pool.a.max-uses", "1")
            .read()
            .pools();
    assertThat(pools.keySet()).containsExactly("a", "b");
    assertThatThrownBy(pools::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aPoolIsNoSession() {
    assertThat(Given.properties("client-session-pool.crm.max-uses", "1").read().sessions())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void aPoolsNameMayBeQuoted(Given.By implementation) {
    ConfiguredRegistry read =
        Given.by(implementation)
            .source(
                "f",
                100,
                "client-session-pool.\"crm.eu\".max-connections",
                "5",
                "client-session.a.pool.name",
                "crm.eu")
            .read();
    assertThat(read.pools().get("crm.eu").pool().maxConnections()).isEqualTo(5);
    assertThat(read.sessions().get("a").pool().name()).contains("crm.eu");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void variablesOfTheEnvironmentWinOverTheFileThatMentionsThePool(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .source(
                    "f",
                    100,
                    "client-session-pool.crm.max-uses",
                    "7",
                    "client-session-pool.\"crm.eu\".max-uses",
                    "7")
                .env(
                    "CLIENT_SESSION_POOL_CRM_MAX_USES",
                    "8",
                    "CLIENT_SESSION_POOL_CRM_MAX_SIZE",
                    "9",
                    "CLIENT_SESSION_POOL__CRM_EU__MAX_CONNECTIONS",
                    "3")
                .read()
                .pools()
                .values())
        .containsExactly(
            new SharedPoolSettings(
                "crm", PoolSettings.DEFAULTS.withMaxUses(8), QueueSettings.ofMaxSize(9)),
            SharedPoolSettings.named("crm.eu")
                .withPool(PoolSettings.DEFAULTS.withMaxConnections(3).withMaxUses(7)));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void variablesOfTheEnvironmentAloneConfigureAPoolThatASessionNames(Given.By implementation) {
    Given given =
        Given.by(implementation)
            .source("f", 100, "client-session.a.user-agent", "a/1")
            .env(
                "CLIENT_SESSION_A_POOL_NAME",
                "crm",
                "CLIENT_SESSION_POOL_CRM_MAX_CONNECTIONS",
                "3",
                "CLIENT_SESSION_POOL_ERP_MAX_CONNECTIONS",
                "4");
    assertThat(given.read().pools())
        .isEqualTo(
            Map.of(
                "crm",
                SharedPoolSettings.named("crm")
                    .withPool(PoolSettings.DEFAULTS.withMaxConnections(3))));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void onlyTheActiveProfileCounts(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .profile("dev")
                .source(
                    "f",
                    100,
                    "%dev.client-session-pool.only-dev.max-uses",
                    "1",
                    "%test.client-session-pool.only-test.max-uses",
                    "1")
                .read()
                .pools())
        .containsOnlyKeys("only-dev");
  }

  // ---- what sharing means for a session -------------------------------------------------------

  @Test
  void theDefaultsOfPoolsAndQueuesDoNotApplyToASessionThatSharesOne() {
    Map<String, SessionSettings> sessions =
        Given.properties(
                "client-session-defaults.pool.max-connections", "7",
                "client-session-defaults.queue.max-size", "7",
                "client-session-defaults.user-agent", "x/1",
                "client-session-pool.crm.max-connections", "50",
                "client-session.shares.pool.name", "crm",
                "client-session.alone.priority", "high")
            .read()
            .sessions();
    assertThat(sessions.get("shares"))
        .isEqualTo(
            SessionSettings.builder("shares")
                .userAgent("x/1")
                .pool(p -> p.withName("crm"))
                .build());
    assertThat(sessions.get("alone").pool().maxConnections()).isEqualTo(7);
    assertThat(sessions.get("alone").queue()).isEqualTo(QueueSettings.ofMaxSize(7));
  }

  @Test
  void aPoolMayBeThatOfAllSessionsAndASessionMayChooseAnother() {
    Map<String, SessionSettings> sessions =
        Given.properties(
                "client-session-defaults.pool.name", "all",
                "client-session-defaults.pool.max-connections", "7",
                "client-session-pool.all.max-connections", "50",
                "client-session-pool.crm.max-connections", "5",
                "client-session.a.user-agent", "a",
                "client-session.b.pool.name", " crm ")
            .read()
            .sessions();
    assertThat(sessions.get("a").pool()).isEqualTo(PoolSettings.DEFAULTS.withName("all"));
    assertThat(sessions.get("b").pool()).isEqualTo(PoolSettings.DEFAULTS.withName("crm"));
  }

  @Test
  void aSessionThatSharesAPoolStillWarmsItUp() {
    assertThat(
            Given.properties(
                    "client-session-pool.crm.max-connections", "500",
                    "client-session.a.base-url", "https://crm.example",
                    "client-session.a.pool.name", "crm",
                    "client-session.a.pool.warm-up", "200")
                .session("a")
                .pool())
        .isEqualTo(PoolSettings.DEFAULTS.withName("crm").withWarmUp(200));
  }

  // ---- what is refused ------------------------------------------------------------------------

  private static final String SOURCE = " (application.properties, ordinal 100): ";

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused(
            "a pool that is misspelled",
            "client-session.a.pool.name=cmr",
            "expected the name of a pool that client-session-pool.<name>.<setting> configures:"
                + " crm, erp; did you mean `crm`?"),
        refused(
            "a pool that nothing configures",
            "client-session.a.pool.name=billing",
            "expected the name of a pool that client-session-pool.<name>.<setting> configures:"
                + " crm, erp"),
        refused(
            "a pool whose name no key can have",
            "client-session.a.pool.name=c\"rm",
            "expected the name of a pool that client-session-pool.<name>.<setting> configures:"
                + " crm, erp; did you mean `crm`?"),
        refused(
            "a pool for all sessions that nothing configures",
            "client-session-defaults.pool.name=CRM",
            "expected the name of a pool that client-session-pool.<name>.<setting> configures:"
                + " crm, erp; did you mean `crm`?"),
        refused(
            "a setting of its own pool",
            "client-session.shares.pool.max-connections=5",
            "expected no such setting beside client-session.shares.pool.name: those of the shared"
                + " pool take its place; did you mean `client-session-pool.crm.max-connections`?"),
        refused(
            "a setting of its own queue",
            "client-session.shares.queue.order=lifo",
            "expected no such setting beside client-session.shares.pool.name: those of the shared"
                + " pool take its place; did you mean `client-session-pool.crm.order`?"),
        refused(
            "a value that is wrong besides",
            "client-session.shares.queue.max-size=many",
            "expected no such setting beside client-session.shares.pool.name: those of the shared"
                + " pool take its place; did you mean `client-session-pool.crm.max-size`?"),
        refused(
            "a wrong value",
            "client-session-pool.crm.max-connections=-1",
            "expected 0 (unlimited) or a positive whole number"),
        refused(
            "a contradiction with another key",
            "client-session-pool.crm.max-connections-per-host=60",
            "expected max-connections-per-host (60) to be at most max-connections (50)"),
        refused(
            "a word that is misspelled",
            "client-session-pool.crm.order=lif",
            "expected one of fifo, lifo; did you mean `lifo`?"));
  }

  private static Arguments refused(String what, String property, String expected) {
    int equals = property.indexOf('=');
    return Arguments.of(
        what, property.substring(0, equals), property.substring(equals + 1), expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatCannotBeUsedIsExplained(String what, String key, String value, String expected) {
    assertThat(
            Given.properties(
                    "client-session-pool.crm.max-connections",
                    "50",
                    "client-session-pool.erp.max-connections",
                    "50",
                    "client-session.shares.pool.name",
                    "crm",
                    key,
                    value)
                .problems())
        .containsExactly("`" + key + "` = `" + value + "`" + SOURCE + expected);
  }

  @Test
  void whereNoPoolIsConfiguredItIsSaidHowThatIsDone() {
    assertThat(Given.properties("client-session.a.pool.name", "crm").problems())
        .containsExactly(
            "`client-session.a.pool.name` = `crm`"
                + SOURCE
                + "expected a pool that is configured: client-session-pool.<name>.<setting> does"
                + " that, and there is none");
  }

  @Test
  void aPoolOfAllSessionsLeavesNoneItsOwnSettings() {
    assertThat(
            Given.properties(
                    "client-session-defaults.pool.name", "crm",
                    "client-session-pool.crm.max-connections", "50",
                    "client-session.a.pool.max-connections", "5")
                .problems())
        .containsExactly(
            "`client-session.a.pool.max-connections` = `5`"
                + SOURCE
                + "expected no such setting beside client-session-defaults.pool.name: those of the"
                + " shared pool take its place; did you mean"
                + " `client-session-pool.crm.max-connections`?");
  }

  @Test
  void aPoolOfAllSessionsThatDoesNotExistIsReportedOnce() {
    assertThat(
            Given.properties(
                    "client-session-defaults.pool.name", "crm",
                    "client-session.a.user-agent", "a",
                    "client-session.b.user-agent", "b")
                .refusal()
                .problems())
        .extracting(Problem::key)
        .containsExactly("client-session-defaults.pool.name");
  }

  @Test
  void aNameThatDoesNotResolveIsReportedAsThatAndHidesNothingElse() {
    List<Problem> problems =
        Given.properties(
                "client-session.a.pool.name", "${missing}",
                "client-session.a.pool.max-uses", "5")
            .refusal()
            .problems();
    assertThat(problems)
        .extracting(Problem::key)
        .containsExactly("client-session.a.pool.max-uses", "client-session.a.pool.name");
    assertThat(problems.get(0).suggestion()).contains("client-session-pool.<name>.max-uses");
    assertThat(problems.get(1).description()).startsWith("expected every ${...} in the value");
  }

  @Test
  void aNameThatCannotBeShownIsReportedOnce() {
    assertThat(Given.properties("client-session.a.pool.name", "a\u0001").problems())
        .containsExactly(
            "`client-session.a.pool.name` = `a\\u0001`"
                + SOURCE
                + "expected a name that is not blank");
  }

  @Test
  void theSourceOfEachProblemIsTold() {
    assertThat(
            Given.properties("client-session-pool.crm.max-connections", "50")
                .source("override.properties", 250, "client-session.a.pool.name", "cmr")
                .problems())
        .singleElement()
        .asString()
        .startsWith("`client-session.a.pool.name` = `cmr` (override.properties, ordinal 250): ");
  }

  @ParameterizedTest
  @CsvSource({
    "client-session-pool.crm.max-conections, max-connections",
    "client-session-pool.crm.maxSize, max-size",
    "client-session-pool.crm.pool.max-connections, max-connections",
    "client-session-pool.crm.queue.order, order",
    "client-session-pool.crm.pool.max-conections, max-connections",
    "client-session-pool.crm.warm-up, client-session.<name>.pool.warm-up",
    "client-session-pool.crm.pool.warm-up, client-session.<name>.pool.warm-up",
    "client-session-pool.crm.name, client-session.<name>.pool.name",
    "client-session-pool.crm.timeout.total, client-session.<name>.timeout.total",
    "client-session-pool.crm.user-agent, client-session.<name>.user-agent",
    "client-session-pool.crm.event-loops, client-session-registry.event-loops",
    "client-session-pool.max-connections, client-session-pool.<name>.max-connections",
    "client-session-pools.crm.max-connections, client-session-pool.crm.max-connections",
    "client-session-pool.crm.colour,",
  })
  void anUnknownKeyIsAnsweredWithTheNearestSetting(String key, String suggestion) {
    assertThat(Given.properties(key, "1").refusal().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
        .extracting(problem -> problem.suggestion().orElse(null))
        .isEqualTo(suggestion);
  }

  @Test
  void quotesThatWereForgottenAreSuggestedForANameThatASessionUses() {
    assertThat(
            Given.properties(
                    "client-session-pool.crm.eu.max-size", "5",
                    "client-session.a.pool.name", "crm.eu")
                .refusal()
                .problems())
        .filteredOn(problem -> problem.key().equals("client-session-pool.crm.eu.max-size"))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.suggestion())
                    .contains("client-session-pool.\"crm.eu\".max-size"));
  }

  @Test
  void anUnknownKeyMayBeToleratedAndStillMentionsThePool() {
    ConfiguredRegistry read =
        Given.properties(
                "client-session-registry.unknown-keys", "warn",
                "client-session-pool.crm.max-conections", "5",
                "client-session.a.pool.name", "crm")
            .read();
    assertThat(read.pools()).isEqualTo(Map.of("crm", SharedPoolSettings.named("crm")));
    assertThat(read.warnings())
        .extracting(Problem::key)
        .containsExactly("client-session-pool.crm.max-conections");
  }
}
