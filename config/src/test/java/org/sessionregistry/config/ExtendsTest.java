package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.AuthType;
import org.sessionregistry.settings.SessionSettings;

/** {@code client-session.<name>.extends}: what a session takes over from another one. */
class ExtendsTest {

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void ownWinsOverParentOverGrandparentOverDefaultsOverBuiltIn(Given.By implementation) {
    SessionSettings child =
        Given.by(implementation)
            .source(
                "f",
                100,
                "client-session-defaults.timeout.total",
                "1s",
                "client-session-defaults.timeout.connect",
                "1s",
                "client-session-defaults.timeout.read",
                "1s",
                "client-session-defaults.timeout.write",
                "1s",
                "client-session.grandparent.timeout.total",
                "2s",
                "client-session.grandparent.timeout.connect",
                "2s",
                "client-session.grandparent.timeout.read",
                "2s",
                "client-session.parent.extends",
                "grandparent",
                "client-session.parent.timeout.total",
                "3s",
                "client-session.parent.timeout.connect",
                "3s",
                "client-session.child.extends",
                "parent",
                "client-session.child.timeout.total",
                "4s")
            .session("child");
    assertThat(child.name()).isEqualTo("child");
    assertThat(child.timeout().total()).isEqualTo(Duration.ofSeconds(4));
    assertThat(child.timeout().connect()).isEqualTo(Duration.ofSeconds(3));
    assertThat(child.timeout().read()).isEqualTo(Duration.ofSeconds(2));
    assertThat(child.timeout().write()).isEqualTo(Duration.ofSeconds(1));
    assertThat(child.timeout().dns()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void entriesAreTakenOverOneByOneAndHeadersWithoutRegardToCase() {
    assertThat(
            Given.properties(
                    "client-session.parent.headers.Accept", "parent",
                    "client-session.parent.headers.X-One", "parent",
                    "client-session.child.extends", "parent",
                    "client-session.child.headers.accept", "child")
                .session("child")
                .headers())
        .isEqualTo(Map.of("accept", "child", "X-One", "parent"));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void anExtendedSessionMayBeKnownToVariablesOnly(Given.By implementation) {
    ConfiguredRegistry read =
        Given.by(implementation)
            .env(
                "CLIENT_SESSION_CHILD_EXTENDS",
                "parent",
                "CLIENT_SESSION_PARENT_USER_AGENT",
                "env/1")
            .read("child");
    assertThat(read.sessions()).containsOnlyKeys("child", "parent");
    assertThat(read.sessions().get("child").userAgent()).isEqualTo("env/1");
  }

  @Test
  void anExtendedSessionMayBeInjectedOnly() {
    assertThat(
            Given.properties("client-session.child.extends", "default").read("default").sessions())
        .containsOnlyKeys("child", "default");
  }

  @Test
  void aNameWithDotsIsExtendedAsItIs() {
    assertThat(
            Given.properties(
                    "client-session.\"a.b\".user-agent", "x",
                    "client-session.child.extends", "a.b")
                .session("child")
                .userAgent())
        .isEqualTo("x");
  }

  // ---- credentials ----------------------------------------------------------------------------

  private static final String[] PARENT = {
    "client-session.parent.base-url", "https://api.example.com/",
    "client-session.parent.auth.type", "basic",
    "client-session.parent.auth.username", "u",
    "client-session.parent.auth.password", "p",
    "client-session.parent.cookies.sid", "1",
    "client-session.parent.headers.X-Api-Key", "k",
    "client-session.parent.headers.Accept", "text/html",
    "client-session.parent.query.access_token", "t",
    "client-session.parent.query.page", "1",
    "client-session.parent.headers-anywhere", "accept,x-api-key",
    "client-session.child.extends", "parent"
  };

  private static Given parentAnd(String... more) {
    return Given.properties(
        Stream.concat(Stream.of(PARENT), Stream.of(more)).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "https://api.example.com/",
    "HTTPS://API.example.com",
    "https://api.example.com:443/",
  })
  void credentialsAreTakenOverToTheSameUrl(String url) {
    SessionSettings child = parentAnd("client-session.child.base-url", url).session("child");
    assertThat(child.auth()).isEqualTo(AuthSettings.basic("u", "p"));
    assertThat(child.cookies()).containsOnlyKeys("sid");
    assertThat(child.headers()).containsOnlyKeys("X-Api-Key", "Accept");
    assertThat(child.query()).containsOnlyKeys("access_token", "page");
    assertThat(child.headersAnywhere()).containsExactly("accept", "x-api-key");
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example.com/",
    "http://api.example.com/",
    "https://api.example.com:444/",
    "https://api.example.com/v2",
  })
  void credentialsStayWithTheirUrl(String url) {
    SessionSettings child = parentAnd("client-session.child.base-url", url).session("child");
    assertThat(child.baseUrl()).contains(URI.create(url));
    assertThat(child.auth().type()).isEqualTo(AuthType.NONE);
    assertThat(child.auth()).isEqualTo(AuthSettings.NONE);
    assertThat(child.cookies()).isEmpty();
    assertThat(child.headers()).containsOnlyKeys("Accept");
    assertThat(child.query()).containsOnlyKeys("page");
    assertThat(child.headersAnywhere()).containsExactly("accept");
  }

  @Test
  void credentialsDoNotComeBackBehindAnotherUrl() {
    SessionSettings grandchild =
        parentAnd(
                "client-session.child.base-url", "https://other.example.com/",
                "client-session.grandchild.extends", "child",
                "client-session.grandchild.base-url", "https://api.example.com/")
            .session("grandchild");
    assertThat(grandchild.auth()).isEqualTo(AuthSettings.NONE);
    assertThat(grandchild.cookies()).isEmpty();
    assertThat(grandchild.headers()).containsOnlyKeys("Accept");
  }

  @Test
  void aChildBringsItsOwnCredentialsToItsOwnUrl() {
    SessionSettings child =
        parentAnd(
                "client-session.child.base-url", "https://other.example.com/",
                "client-session.child.auth.type", "bearer",
                "client-session.child.auth.token", "own",
                "client-session.child.headers.X-Api-Key", "own")
            .session("child");
    assertThat(child.auth()).isEqualTo(AuthSettings.bearer("own"));
    assertThat(child.headers()).containsEntry("X-Api-Key", "own");
    assertThat(child.headersAnywhere()).containsExactly("accept");
  }

  @Test
  void whatIsMeantForAProxyStaysWithIt() {
    String[] parent = {
      "client-session.parent.proxy.url", "http://proxy.example:3128",
      "client-session.parent.proxy.username", "u",
      "client-session.parent.proxy.password", "p",
      "client-session.parent.proxy.headers.X-Proxy", "x",
      "client-session.same.extends", "parent",
      "client-session.other.extends", "parent",
      "client-session.other.proxy.url", "http://other.example:3128"
    };
    Given given = Given.properties(parent);
    assertThat(given.session("same").proxy()).isEqualTo(given.session("parent").proxy());
    assertThat(given.session("other").proxy().username()).isEmpty();
    assertThat(given.session("other").proxy().password()).isEmpty();
    assertThat(given.session("other").proxy().headers()).isEmpty();
  }

  // ---- pools and tenants ----------------------------------------------------------------------

  @Test
  void aSharedPoolIsTakenOver() {
    SessionSettings child =
        Given.properties(
                "client-session-pool.p.max-connections", "9",
                "client-session-defaults.pool.max-connections", "5",
                "client-session.parent.pool.name", "p",
                "client-session.parent.pool.warm-up", "1",
                "client-session.parent.base-url", "https://a/",
                "client-session.child.extends", "parent")
            .session("child");
    assertThat(child.pool().name()).contains("p");
    assertThat(child.pool().maxConnections()).isEqualTo(100);
    assertThat(child.pool().warmUp()).isEqualTo(1);
  }

  @Test
  void theSettingsOfAParentsPoolDoNotCountBesideASharedOne() {
    SessionSettings child =
        Given.properties(
                "client-session-pool.p.max-connections", "9",
                "client-session.parent.pool.max-connections", "5",
                "client-session.parent.queue.max-size", "5",
                "client-session.child.extends", "parent",
                "client-session.child.pool.name", "p")
            .session("child");
    assertThat(child.pool().maxConnections()).isEqualTo(100);
    assertThat(child.queue().maxSize()).isEmpty();
  }

  @Test
  void whatIsSetBesideAnInheritedSharedPoolIsRefused() {
    assertThat(
            Given.properties(
                    "client-session-pool.p.max-connections", "9",
                    "client-session.parent.pool.name", "p",
                    "client-session.child.extends", "parent",
                    "client-session.child.pool.max-connections", "5",
                    "client-session.grandchild.extends", "child")
                .problems())
        .containsExactly(
            "`client-session.child.pool.max-connections` = `5` (application.properties, ordinal"
                + " 100): expected no such setting beside client-session.parent.pool.name: those of"
                + " the shared pool take its place; did you mean"
                + " `client-session-pool.p.max-connections`?");
  }

  @Test
  void tenancyIsTakenOverAndTenantsAreNot() {
    SessionSettings child =
        Given.properties(
                "client-session.parent.tenancy", "required",
                "client-session.parent.tenancy.max-tenants", "7",
                "client-session.parent.tenants.acme.user-agent", "x",
                "client-session.child.extends", "parent",
                "client-session.child.tenants.other.user-agent", "y")
            .session("child");
    assertThat(child.tenancy().maxTenants()).isEqualTo(7);
    assertThat(child.tenants()).containsOnlyKeys("other");
  }

  // ---- what is refused ------------------------------------------------------------------------

  @Test
  void aParentThatDoesNotExistIsAnsweredWithTheNearestOne() {
    assertThat(
            Given.properties(
                    "client-session.parent.user-agent", "x", "client-session.a.extends", "paernt")
                .problems())
        .containsExactly(
            "`client-session.a.extends` = `paernt` (application.properties, ordinal 100): expected"
                + " the name of a session that is configured: a, parent; did you mean `parent`?");
  }

  @Test
  void aCircleIsToldOnce() {
    assertThat(
            Given.properties(
                    "client-session.b.extends", "c",
                    "client-session.c.extends", "a",
                    "client-session.a.extends", "b",
                    "client-session.into.extends", "b",
                    "client-session.self.extends", "self",
                    "client-session.a.timeout.total", "5")
                .problems())
        .satisfiesExactly(
            circle ->
                assertThat(circle)
                    .isEqualTo(
                        "`client-session.a.extends` = `b` (application.properties, ordinal 100):"
                            + " expected sessions that do not extend themselves: a extends b extends"
                            + " c extends a"),
            bad -> assertThat(bad).startsWith("`client-session.a.timeout.total` = `5`"),
            self ->
                assertThat(self)
                    .endsWith("sessions that do not extend themselves: self extends self"));
  }

  @Test
  void aProblemIsToldWhereItWasWrittenAndOnlyThere() {
    assertThat(
            Given.properties(
                    "client-session-defaults.timeout.read", "1",
                    "client-session.parent.timeout.total", "2",
                    "client-session.child.extends", "parent",
                    "client-session.child.timeout.connect", "3",
                    "client-session.other.extends", "parent")
                .refusal()
                .problems())
        .extracting(Problem::key)
        .containsExactly(
            "client-session-defaults.timeout.read",
            "client-session.child.timeout.connect",
            "client-session.parent.timeout.total");
  }

  @Test
  void whatIsWrongOnlyTogetherIsTheChildsProblem() {
    assertThat(
            Given.properties(
                    "client-session.parent.proxy.url", "http://proxy:3128",
                    "client-session.child.extends", "parent",
                    "client-session.child.unix-socket", "/run/a.sock")
                .problems())
        .singleElement()
        .asString()
        .startsWith("`client-session.child.unix-socket` = `/run/a.sock`")
        .contains("either proxy.url or unix-socket");
  }

  @ParameterizedTest
  @CsvSource({
    "client-session.a.extend, extends",
    "client-session.a.Extends, extends",
    "client-session-defaults.extends,",
    "client-session-registry.extends,",
    "client-session.extends, client-session.<name>.extends"
  })
  void onlyASessionExtends(String key, String suggestion) {
    assertThat(Given.properties(key, "x").problems())
        .singleElement()
        .asString()
        .startsWith("`" + key + "` (application.properties, ordinal 100): ")
        .contains(suggestion == null ? "no such setting" : "did you mean `" + suggestion + "`?");
  }

  @Test
  void aTenantExtendsNothing() {
    assertThat(
            Given.properties(
                    "client-session.a.tenancy", "required",
                    "client-session.a.tenants.acme.extends", "x")
                .problems())
        .containsExactly(
            "`client-session.a.tenants.acme.extends` (application.properties, ordinal 100): no such"
                + " setting");
  }
}
