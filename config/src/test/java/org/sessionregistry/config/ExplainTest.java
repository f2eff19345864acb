package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.settings.ExplainedSetting;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingsExplanation;

/** What a session really uses, and where each value came from. */
class ExplainTest {
  private static final String[] SHOP = {
    "client-session-defaults.timeout.connect", "2s",
    "client-session-defaults.timeout.read", "9s",
    "client-session-pool.p.max-connections", "50",
    "client-session.base.timeout.read", "3s",
    "client-session.base.headers.X-Api-Key", "s3cret",
    "client-session.base.pool.name", "p",
    "client-session.shop.extends", "base",
    "client-session.shop.tenancy", "required",
    "client-session.shop.timeout.total", "20s",
    "client-session.shop.headers.accept", "text/html",
    "client-session.shop.tenants.acme.base-url", "https://acme.example/",
    "client-session.shop.tenants.acme.auth.type", "bearer"
  };

  private static Given shop(Given.By implementation) {
    return Given.by(implementation)
        .source("application.properties", 100, SHOP)
        .env(
            "CLIENT_SESSION_SHOP_TIMEOUT_TOTAL", "25s",
            "CLIENT_SESSION_SHOP_TENANTS_ACME_AUTH_TOKEN", "s3cret");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void everySettingSaysWhereItCameFrom(Given.By implementation) {
    SettingsExplanation shop = explain(shop(implementation), "shop", Optional.empty());
    assertThat(shop.find("timeout.total").orElseThrow())
        .hasToString(
            "timeout.total = 25s  <- client-session.shop.timeout.total (EnvConfigSource, ordinal"
                + " 300)");
    assertThat(shop.find("timeout.read").orElseThrow())
        .hasToString(
            "timeout.read = 3s  <- client-session.base.timeout.read (application.properties,"
                + " ordinal 100)");
    assertThat(shop.find("timeout.connect").orElseThrow())
        .hasToString(
            "timeout.connect = 2s  <- client-session-defaults.timeout.connect"
                + " (application.properties, ordinal 100)");
    assertThat(shop.find("timeout.dns").orElseThrow()).hasToString("timeout.dns = 5s  <- default");
    assertThat(shop.find("headers.accept").orElseThrow().value()).isEqualTo("text/html");
    assertThat(shop.find("headers.X-Api-Key").orElseThrow())
        .hasToString(
            "headers.X-Api-Key = *****  <- client-session.base.headers.X-Api-Key"
                + " (application.properties, ordinal 100)");
    assertThat(shop.find("extends").orElseThrow().value()).isEqualTo("base");
    assertThat(shop.find("base-url").orElseThrow().value()).isEmpty();
    assertThat(shop.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "timeout.read, EXTENDED",
    "timeout.total, SESSION",
    "timeout.connect, DEFAULTS",
    "timeout.dns, BUILT_IN",
    "pool.max-connections, POOL",
    "pool.max-uses, BUILT_IN",
    "pool.name, EXTENDED"
  })
  void theOriginIsTold(String key, String origin) {
    assertThat(
            explain(shop(Given.By.SMALLRYE), "shop", Optional.empty())
                .find(key)
                .orElseThrow()
                .origin())
        .hasToString(origin);
  }

  @Test
  void theSettingsOfASharedPoolAreThoseOfThePool() {
    assertThat(
            explain(shop(Given.By.SMALLRYE), "shop", Optional.empty()).find("pool.max-connections"))
        .map(ExplainedSetting::toString)
        .contains(
            "pool.max-connections = 50  <- client-session-pool.p.max-connections"
                + " (application.properties, ordinal 100)");
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void aTenantHasItsOwnReasonsAndThoseOfItsSession(Given.By implementation) {
    SettingsExplanation acme = explain(shop(implementation), "shop", Optional.of("acme"));
    assertThat(acme.find("base-url").orElseThrow())
        .hasToString(
            "base-url = https://acme.example/  <- client-session.shop.tenants.acme.base-url"
                + " (application.properties, ordinal 100)");
    assertThat(acme.find("auth.token").orElseThrow())
        .hasToString(
            "auth.token = *****  <- client-session.shop.tenants.acme.auth.token (EnvConfigSource,"
                + " ordinal 300)");
    assertThat(acme.find("timeout.total").orElseThrow().property())
        .isEqualTo("client-session.shop.timeout.total");
    assertThat(acme.find("tenancy")).isEmpty();
    assertThat(explain(shop(implementation), "shop", Optional.of("other")).find("base-url"))
        .map(ExplainedSetting::because)
        .contains("default");
  }

  @Test
  void theTextHasColumns() {
    SettingsExplanation a =
        explain(
            Given.properties(
                "client-session.a.user-agent", "x", "client-session.a.timeout.total", "10s"),
            "a",
            Optional.empty());
    assertThat(a.withoutDefaults().toString())
        .isEqualTo(
            """
            session a
              user-agent    = x    client-session.a.user-agent (application.properties, ordinal 100)
              timeout.total = 10s  client-session.a.timeout.total (application.properties, ordinal 100)\
            """);
    assertThat(a.toString().lines()).hasSize(1 + a.settings().size());
  }

  @Test
  void everySettingIsExplained() {
    SettingsExplanation a =
        explain(Given.properties("client-session.a.user-agent", "x"), "a", Optional.empty());
    assertThat(a.settings())
        .extracting(ExplainedSetting::key)
        .containsExactlyElementsOf(
            Root.DEFAULTS.keys().all().stream()
                .filter(setting -> !setting.map())
                .map(SettingKey::key)
                .toList());
  }

  @Test
  void whatIsNotThereIsNotExplained() {
    assertThat(
            Given.properties("client-session.a.user-agent", "x")
                .read()
                .explanations()
                .explain("b", Optional.empty()))
        .isEmpty();
    assertThat(
            new ConfiguredRegistry(
                    RegistrySettings.DEFAULTS,
                    Map.of(),
                    Map.of("a", SessionSettings.named("a")),
                    List.of())
                .plan()
                .explanations()
                .explain("a", Optional.empty()))
        .isEmpty();
  }

  private static SettingsExplanation explain(Given given, String session, Optional<String> tenant) {
    return given.read().plan().explanations().explain(session, tenant).orElseThrow();
  }
}
