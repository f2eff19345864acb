package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TenancyType;
import org.sessionregistry.settings.TenantPool;

/** {@code client-session.<name>.tenants.<tenant>.<setting>}. */
class TenantsTest {

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void aTenantsKeyWinsOverItsSessionsWhichWinsOverTheDefaults(Given.By implementation) {
    SessionSettings shop =
        Given.by(implementation)
            .source(
                "f",
                100,
                "client-session-defaults.timeout.connect",
                "4s",
                "client-session.shop.tenancy",
                "required",
                "client-session.shop.timeout.total",
                "7s",
                "client-session.shop.headers.X-One",
                "session",
                "client-session.shop.tenants.acme.timeout.total",
                "1s",
                "client-session.shop.tenants.acme.headers.X-Two",
                "tenant")
            .session("shop");
    SessionSettings acme = shop.ofTenant("acme");
    assertThat(shop.tenants()).containsOnlyKeys("acme");
    assertThat(acme.name()).isEqualTo("shop");
    assertThat(acme.tenancy().type()).isEqualTo(TenancyType.NONE);
    assertThat(acme.timeout().total()).isEqualTo(Duration.ofSeconds(1));
    assertThat(acme.timeout().connect()).isEqualTo(Duration.ofSeconds(4));
    assertThat(acme.headers()).containsOnlyKeys("X-One", "X-Two");
    assertThat(shop.timeout().total()).isEqualTo(Duration.ofSeconds(7));
    assertThat(shop.headers()).containsOnlyKeys("X-One");
    assertThat(acme.pool()).isSameAs(shop.pool());
    assertThat(acme.tls()).isSameAs(shop.tls());
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void aVariableSetsAKeyOfATenantThatSomethingMentions(Given.By implementation) {
    SessionSettings acme =
        Given.by(implementation)
            .source(
                "f",
                100,
                "client-session.shop.tenancy",
                "optional",
                "client-session.shop.tenants.acme.base-url",
                "https://acme.example/",
                "client-session.shop.tenants.acme.auth.type",
                "bearer")
            .env("CLIENT_SESSION_SHOP_TENANTS_ACME_AUTH_TOKEN", "s3cret")
            .session("shop")
            .ofTenant("acme");
    assertThat(acme.auth().token().orElseThrow().value()).isEqualTo("s3cret");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void namesWithDotsAreQuoted(Given.By implementation) {
    SessionSettings session =
        Given.by(implementation)
            .source(
                "f",
                100,
                "client-session.\"my.shop\".tenancy",
                "required",
                "client-session.\"my.shop\".tenants.\"acme.example\".base-url",
                "https://acme.example/",
                "client-session.\"my.shop\".tenants.\"plain\".user-agent",
                "x")
            .session("my.shop");
    assertThat(session.tenants()).containsOnlyKeys("acme.example", "plain");
    assertThat(session.ofTenant("acme.example").baseUrl())
        .contains(URI.create("https://acme.example/"));
  }

  @Test
  void aKeyOfATenantBringsItsSessionIntoBeing() {
    assertThat(
            Given.properties(
                    "client-session-defaults.tenancy", "required",
                    "client-session.shop.tenants.acme.user-agent", "x")
                .session("shop")
                .tenants())
        .containsOnlyKeys("acme");
  }

  @Test
  void isolatedTenantsHaveLimitsOfTheirOwn() {
    SessionSettings shop =
        Given.properties(
                "client-session.shop.tenancy", "required",
                "client-session.shop.tenancy.pool", "isolated",
                "client-session.shop.tenancy.max-tenants", "7",
                "client-session.shop.tenancy.idle-timeout", "1h",
                "client-session.shop.tenants.acme.pool.max-connections", "2",
                "client-session.shop.tenants.acme.queue.max-size", "3")
            .session("shop");
    assertThat(shop.tenancy().pool()).isEqualTo(TenantPool.ISOLATED);
    assertThat(shop.tenancy().maxTenants()).isEqualTo(7);
    assertThat(shop.tenancy().idleTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(shop.ofTenant("acme").pool().maxConnections()).isEqualTo(2);
    assertThat(shop.ofTenant("acme").queue().maxSize()).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          tenants.acme.pool.max-connections=5        | tenancy.pool=shared all tenants use the pool
          tenants.acme.pool.warm-up=5                | tenancy.pool=shared all tenants use the pool
          tenants.acme.queue.max-size=5              | tenancy.pool=shared all tenants use the pool
          tenants.acme.pool.name=p                   | no such setting
          tenants.acme.tenancy=required              | no such setting
          tenants.acme.tenancy.max-tenants=5         | no such setting
          tenants.acme.tenants.x.user-agent=5        | no such setting
          tenants.acme.timeout.total=5               | expected a number with its unit
          tenants.acme.timout.total=5                | did you mean `timeout.total`?
          tenants.acme.headers.Content-Length=5      | expected
          tenants.acme=5                             | no setting follows the tenant's name
          tenants.timeout.total=5                    | the tenant's name is missing
          tenants."acme.user-agent=5                 | a quoted tenant name stands between
          tenants..user-agent=5                      | the tenant's name is missing
          tenancy.max-tenants=0                      | expected 1 or more
          tenancy.pool=isolatd                       | did you mean `isolated`?
          """)
  void whatATenantCannotHaveIsOneProblem(String line, String explanation) {
    String key = "client-session.shop." + line.substring(0, line.indexOf('='));
    String value = line.substring(line.indexOf('=') + 1);
    assertThat(Given.properties("client-session.shop.tenancy", "required", key, value).problems())
        .singleElement()
        .asString()
        .startsWith("`" + key + "`")
        .contains("(application.properties, ordinal 100)", explanation);
  }

  @Test
  void tenantsOfASessionWithoutTenancyAreRefusedOnce() {
    assertThat(
            Given.properties(
                    "client-session.shop.tenants.acme.user-agent", "x",
                    "client-session.shop.tenants.acme.decompress", "false",
                    "client-session.shop.tenants.other.user-agent", "x")
                .problems())
        .containsExactly(
            "`client-session.shop.tenants.acme.user-agent` = `x` (application.properties, ordinal"
                + " 100): expected tenancy=required or tenancy=optional for this session, without"
                + " which it has no tenants");
  }

  @Test
  void aMisspelledTenancyIsTheOnlyProblem() {
    assertThat(
            Given.properties(
                    "client-session.shop.tenancy", "requierd",
                    "client-session.shop.tenants.acme.user-agent", "x")
                .problems())
        .singleElement()
        .asString()
        .startsWith("`client-session.shop.tenancy` = `requierd`")
        .endsWith("did you mean `required`?");
  }

  @Test
  void isolatedTenantsCannotShareThePoolOfOtherSessions() {
    assertThat(
            Given.properties(
                    "client-session-pool.p.max-connections", "9",
                    "client-session.shop.pool.name", "p",
                    "client-session.shop.tenancy", "required",
                    "client-session.shop.tenancy.pool", "isolated")
                .problems())
        .containsExactly(
            "`client-session.shop.tenancy.pool` = `isolated` (application.properties, ordinal 100):"
                + " expected tenancy.pool=shared beside pool.name, because the pool p is shared by"
                + " all");
  }

  @Test
  void theSecretsOfATenantAreMasked() {
    InvalidConfigurationException refusal =
        Given.properties(
                "client-session.shop.tenancy", "required",
                "client-session.shop.tenants.acme.cookies.sid", "s3cret")
            .refusal();
    assertThat(refusal).message().doesNotContain("s3cret");
    assertThat(refusal.problems())
        .singleElement()
        .extracting(Problem::value)
        .isEqualTo(Optional.of("*****"));
  }

  @Test
  void reloadingIsOffUnlessItHasAnInterval() {
    assertThat(interval("off")).isEqualTo(Duration.ZERO);
    assertThat(interval("0")).isEqualTo(Duration.ZERO);
    assertThat(interval("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(Given.properties("client-session-registry.reload-interval", "never").problems())
        .singleElement()
        .asString()
        .contains("such as 250ms", ", or off");
  }

  private static Duration interval(String value) {
    return Given.properties("client-session-registry.reload-interval", value)
        .read()
        .plan()
        .settings()
        .reloadInterval();
  }
}
