package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session whose tenants have settings of their own. */
class TenantSettingsTest {

  @Test
  void aTenantStartsFromItsSessionInWhateverOrderTheCallsAreMade() {
    SessionSettings shop =
        SessionSettings.builder("shop")
            .tenant("acme", t -> t.baseUrl("https://acme.example/"))
            .tenancy(t -> t.withType(TenancyType.REQUIRED))
            .tenant("acme", t -> t.header("X-Tenant", "acme"))
            .header("Accept", "text/html")
            .timeout(Duration.ofSeconds(3))
            .build();
    SessionSettings acme = shop.ofTenant("acme");
    assertThat(acme.baseUrl()).contains(URI.create("https://acme.example/"));
    assertThat(acme.headers()).isEqualTo(Map.of("Accept", "text/html", "X-Tenant", "acme"));
    assertThat(acme.timeout().total()).isEqualTo(Duration.ofSeconds(3));
    assertThat(acme.name()).isEqualTo("shop");
    assertThat(acme.tenancy()).isEqualTo(TenancySettings.DEFAULTS);
    assertThat(acme.tenants()).isEmpty();
  }

  @Test
  void aTenantWithoutSettingsOfItsOwnHasThoseOfItsSession() {
    SessionSettings shop = shop().timeout(Duration.ofSeconds(3)).build();
    assertThat(shop.ofTenant("other"))
        .isEqualTo(SessionSettings.builder("shop").timeout(Duration.ofSeconds(3)).build());
    SessionSettings alone = SessionSettings.named("a");
    assertThat(alone.ofTenant("x")).isSameAs(alone);
  }

  @Test
  void whatATenantDoesNotChangeIsTheSameObject() {
    SessionSettings shop =
        shop()
            .baseUrl("https://shop.example/")
            .header("Accept", "text/html")
            .headerAnywhere("Accept")
            .query("page", "1")
            .cookie("a", "b")
            .pool(p -> p.withMaxConnections(3))
            .tenant("acme", t -> t.userAgent("acme"))
            .build();
    for (SessionSettings tenant :
        new SessionSettings[] {shop.ofTenant("acme"), shop.ofTenant("")}) {
      assertThat(tenant.headers()).isSameAs(shop.headers());
      assertThat(tenant.headersAnywhere()).isSameAs(shop.headersAnywhere());
      assertThat(tenant.query()).isSameAs(shop.query());
      assertThat(tenant.cookies()).isSameAs(shop.cookies());
      assertThat(tenant.timeout()).isSameAs(shop.timeout());
      assertThat(tenant.pool()).isSameAs(shop.pool());
      assertThat(tenant.tls()).isSameAs(shop.tls());
      assertThat(tenant.proxy()).isSameAs(shop.proxy());
      assertThat(tenant.dns()).isSameAs(shop.dns());
    }
  }

  @Test
  void aTenantFollowsItsSessionInWhatItHasNotChanged() {
    SessionSettings shop =
        shop().userAgent("old").tenant("acme", t -> t.timeout(Duration.ofSeconds(1))).build();
    SessionSettings acme =
        shop.toBuilder()
            .userAgent("new")
            .pool(p -> p.withMaxConnections(3))
            .timeout(Duration.ofSeconds(9))
            .build()
            .ofTenant("acme");
    assertThat(acme.userAgent()).isEqualTo("new");
    assertThat(acme.pool().maxConnections()).isEqualTo(3);
    assertThat(acme.timeout().total()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aTenantOfACopyChangesFromItsOwnSettings() {
    SessionSettings acme =
        shop().tenant("acme", t -> t.userAgent("acme")).build().toBuilder()
            .tenant("acme", t -> t.decompress(false))
            .build()
            .ofTenant("acme");
    assertThat(acme.userAgent()).isEqualTo("acme");
    assertThat(acme.decompress()).isFalse();
  }

  @Test
  void theTenantsOfIsolatedPoolsHaveLimitsOfTheirOwn() {
    SessionSettings shop =
        shop()
            .tenancy(t -> t.withPool(TenantPool.ISOLATED))
            .tenant("acme", t -> t.pool(p -> p.withMaxConnections(2)))
            .tenant("acme", t -> t.queue(QueueSettings.ofMaxSize(5)))
            .build();
    assertThat(shop.ofTenant("acme").pool().maxConnections()).isEqualTo(2);
    assertThat(shop.ofTenant("acme").queue()).isEqualTo(QueueSettings.ofMaxSize(5));
  }

  @Test
  void theTextFormNamesTenantsOnly() {
    SessionSettings shop =
        shop()
            .baseUrl("https://a/")
            .tenant("acme", t -> t.auth(AuthSettings.bearer("s3cr3t")))
            .build();
    assertThat(shop.toString()).contains("tenants=[acme]").doesNotContain("s3cr3t");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused(
            b -> b.tenancy(t -> t.withType(TenancyType.NONE)).tenant("acme", t -> {}), "tenants"),
        refused(b -> b.tenant(" ", t -> {}), "tenants"),
        refused(
            b -> b.tenant("acme", t -> t.pool(p -> p.withMaxConnections(1))), "tenants.acme.pool"),
        refused(
            b -> b.tenant("a.b", t -> t.queue(QueueSettings.ofMaxSize(1))),
            "tenants.\"a.b\".queue"),
        refused(
            b ->
                b.tenancy(t -> t.withPool(TenantPool.ISOLATED))
                    .tenant("acme", t -> t.pool(p -> p.withName("p"))),
            "tenants.acme.pool.name"),
        refused(
            b -> b.tenant("acme", t -> t.tenancy(y -> y.withType(TenancyType.REQUIRED))),
            "tenants.acme.tenancy"),
        refused(
            b -> b.tenant("acme", t -> t.timeout(Duration.ofSeconds(-1))),
            "tenants.acme.timeout.total"),
        refused(b -> b.tenant("acme", t -> t.header("a b", "c")), "tenants.acme.headers.a b"),
        refused(
            b -> b.pool(p -> p.withName("p")).tenancy(t -> t.withPool(TenantPool.ISOLATED)),
            "tenancy.pool"));
  }

  private static Arguments refused(Consumer<SessionSettingsBuilder> change, String key) {
    return Arguments.of(key, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatHasNoEffectOrCannotBeIsRefused(String key, Consumer<SessionSettingsBuilder> change) {
    SessionSettingsBuilder builder = shop();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () -> {
              change.accept(builder);
              builder.build();
            })
        .returns(key, InvalidSettingException::key);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aTemplateHasRoomForATenant(int tenants) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> TenancySettings.DEFAULTS.withMaxTenants(tenants))
        .returns("tenancy.max-tenants", InvalidSettingException::key);
  }

  @Test
  void aPlanKnowsEverythingByItsName() {
    SessionSettings shop = shop().build();
    assertThat(
            new RegistryPlan(RegistrySettings.DEFAULTS, Map.of(), Map.of("shop", shop)).sessions())
        .containsOnly(Map.entry("shop", shop));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new RegistryPlan(RegistrySettings.DEFAULTS, Map.of(), Map.of("x", shop)));
  }

  private static SessionSettingsBuilder shop() {
    return SessionSettings.builder("shop").tenancy(t -> t.withType(TenancyType.REQUIRED));
  }
}
