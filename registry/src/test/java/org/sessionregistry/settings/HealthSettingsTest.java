package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the health of an application may be told to depend on. */
class HealthSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "health", "a/b/", "/q%20r", "/health;v=1", "/a//b"})
  void aPathIsFetched(String path) {
    assertThat(HealthSettings.DEFAULTS.withPath(path).path()).contains(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "//elsewhere.example/",
        "http://elsewhere.example/",
        "/a?b=c",
        "/a#b",
        "a b"
      })
  void nothingElseIs(String path) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> HealthSettings.DEFAULTS.withPath(path))
        .returns("health.path", InvalidSettingException::key)
        .withMessageContaining("a path, such as /health");
  }

  @Test
  void thereIsNothingBelowNoBaseUrl() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SessionSettings.builder("a").health(h -> h.withPath("/up")).build())
        .returns("health.path", InvalidSettingException::key)
        .withMessageContaining("base-url");
  }

  @Test
  void anAnswerTakesItsTime() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> HealthSettings.DEFAULTS.withTimeout(Duration.ZERO))
        .returns("health.timeout", InvalidSettingException::key);
  }

  @Test
  void failuresAreCountedFromNone() {
    assertThat(HealthSettings.DEFAULTS.withFailures(0).failures()).isZero();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> HealthSettings.DEFAULTS.withFailures(-1))
        .returns("health.failures", InvalidSettingException::key);
  }
}
