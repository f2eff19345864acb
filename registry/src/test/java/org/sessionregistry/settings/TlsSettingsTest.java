package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS settings that contradict each other, or themselves. */
class TlsSettingsTest {
  private static final TlsSettings DEFAULTS = TlsSettings.DEFAULTS;
  private static final KeyStoreSettings STORE =
      KeyStoreSettings.pkcs12(Path.of("store.p12"), "s3cret");
  private static final Path PEM = Path.of("a.pem");

  static Stream<Arguments> contradictions() {
    return Stream.of(
        of("tls.trust-pem", "tls.trust-store.path", () -> trusting(STORE, PEM, false)),
        of("tls.trust-all", "tls.trust-pem", () -> trusting(KeyStoreSettings.NONE, PEM, true)),
        of("tls.trust-all", "tls.trust-store.path", () -> trusting(STORE, null, true)),
        of("tls.certificate-pem", "tls.key-store.path", () -> being(STORE, null, PEM)),
        of("tls.certificate-pem", "tls.key-store.path", () -> being(STORE, PEM, PEM)),
        of("tls.key-pem", "tls.key-store.path", () -> being(STORE, PEM, null)),
        of("tls.key-pem", "tls.certificate-pem", () -> being(KeyStoreSettings.NONE, PEM, null)));
  }

  private static Arguments of(String key, String other, Supplier<TlsSettings> making) {
    return Arguments.of(key, other, making);
  }

  private static TlsSettings trusting(KeyStoreSettings store, Path pem, boolean all) {
    return new TlsSettings(
        store,
        Optional.ofNullable(pem),
        all,
        KeyStoreSettings.NONE,
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private static TlsSettings being(KeyStoreSettings store, Path key, Path certificate) {
    return new TlsSettings(
        KeyStoreSettings.NONE,
        Optional.empty(),
        false,
        store,
        Optional.ofNullable(key),
        Optional.ofNullable(certificate),
        true,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  @ParameterizedTest(name = "{0} and {1}")
  @MethodSource("contradictions")
  void aContradictionNamesBothSettings(String key, String other, Supplier<TlsSettings> making) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(making::get)
        .returns(key, InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains(other))
        .withMessageNotContaining("s3cret");
  }

  @Test
  void keyAndCertificateMayStandInOneFileOrInTwo() {
    assertThat(DEFAULTS.withCertificatePem(PEM).keyPem()).isEmpty();
    assertThat(DEFAULTS.identifiedBy(PEM, Path.of("a.key")).keyPem()).contains(Path.of("a.key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "192.0.2.1", "::1", "a b", "a.example.", ".example", "ä\n"})
  void aServerNameIsAHostName(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> DEFAULTS.withServerName(name))
        .returns("tls.server-name", InvalidSettingException::key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "api.example.com", "a-1.example", "xn--bcher-kva.example"})
  void everyHostNameCanBeAServerName(String name) {
    assertThat(DEFAULTS.withServerName(name).serverName()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256/",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "sha1/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "sha256/47DEQpj8HBSa_-TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
      })
  void aPinIsADigest(String pin) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> DEFAULTS.withPins(List.of(pin)))
        .returns("tls.pins", InvalidSettingException::key);
  }

  @Test
  void severalPinsCanBeSet() {
    List<String> pins =
        List.of(
            "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertThat(DEFAULTS.withPins(pins).pins()).isEqualTo(pins);
  }
}
