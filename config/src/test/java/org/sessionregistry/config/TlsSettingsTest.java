package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.TlsSettings;

/** TLS as configuration says it. */
class TlsSettingsTest {
  private static final String TRUST_ALL = "client-session.a.tls.trust-all";

  @TempDir static Path directory;
  private static TlsMaterial files;

  @BeforeAll
  static void make() {
    files = TlsMaterial.in(directory);
  }

  @Test
  void everySettingIsRead() {
    TlsSettings tls =
        Given.properties(
                "client-session.a.tls.trust-pem", files.file("own.pem"),
                "client-session.a.tls.key-pem", files.file("own.key"),
                "client-session.a.tls.certificate-pem", files.file("own.pem"),
                "client-session.a.tls.server-name", "api.example.com",
                "client-session.a.tls.protocols", "TLSv1.2,TLSv1.3",
                "client-session.a.tls.ciphers", "TLS_AES_256_GCM_SHA384",
                "client-session.a.tls.pins", "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
            .session("a")
            .tls();
    assertThat(tls)
        .isEqualTo(
            TlsSettings.DEFAULTS
                .withTrustPem(Path.of(files.file("own.pem")))
                .identifiedBy(Path.of(files.file("own.pem")), Path.of(files.file("own.key")))
                .withServerName("api.example.com")
                .withProtocols(List.of("TLSv1.2", "TLSv1.3"))
                .withCiphers(List.of("TLS_AES_256_GCM_SHA384"))
                .withPins(List.of("sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")));
  }

  @Test
  void aKeyStoreIsReadAndItsPasswordNeverShown() {
    TlsSettings tls =
        Given.properties(
                "client-session.a.tls.key-store.path",
                files.file("own.p12"),
                "client-session.a.tls.key-store.password",
                "s3cret")
            .session("a")
            .tls();
    assertThat(tls.keyStore())
        .isEqualTo(KeyStoreSettings.pkcs12(Path.of(files.file("own.p12")), "s3cret"));
    assertThat(tls.toString()).doesNotContain("s3cret");
  }

  @Test
  void aContradictionIsAProblem() {
    assertThat(
            Given.properties(
                    "client-session.a.tls.trust-pem", "a.pem",
                    "client-session.a.tls.trust-store.path", "a.p12",
                    "client-session.a.tls.key-pem", "a.key")
                .problems())
        .satisfiesExactly(
            key -> assertThat(key).contains("a.tls.key-pem`", "tls.certificate-pem beside it"),
            trust -> assertThat(trust).contains("either tls.trust-pem or tls.trust-store.path"));
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void trustingAllIsRefusedInProduction(Given.By implementation) {
    Given given =
        Given.by(implementation)
            .source("f", 100, TRUST_ALL, "true", "mp.config.profile", "prod")
            .profile("prod");

    assertThat(given.problems())
        .singleElement()
        .asString()
        .startsWith("`" + TRUST_ALL + "` = `true` (f, ordinal 100): expected false in the profile")
        .contains("tls.trust-pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp.config.profile", "smallrye.config.profile"})
  void oneProfileOfSeveralIsEnough(String property) {
    assertThat(
            Given.properties("client-session-defaults.tls.trust-all", "true", property, "eu, prod")
                .problems())
        .singleElement()
        .asString()
        .startsWith("`client-session-defaults.tls.trust-all`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "test", "production-like"})
  void trustingAllIsAllowedElsewhere(String profile) {
    assertThat(
            Given.by(Given.By.SMALLRYE)
                .source("f", 100, TRUST_ALL, "true", "mp.config.profile", profile)
                .profile(profile)
                .session("a")
                .tls()
                .trustAll())
        .isTrue();
  }

  @Test
  void trustingNotAllIsAllowedEverywhere() {
    assertThat(Given.properties(TRUST_ALL, "false").session("a").tls().trustAll()).isFalse();
  }
}
