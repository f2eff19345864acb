package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said about credentials and retries, and what is refused. */
class AuthSettingsTest {
  @ParameterizedTest
  @EnumSource(
      value = AuthType.class,
      names = {"BASIC", "DIGEST"})
  void aPasswordWithoutANameIsRefusedAndSoIsANameWithout(AuthType type) {
    Optional<String> user = Optional.of("u");
    Optional<Secret> password = Optional.of(new Secret("s3cret"));
    assertThatThrownBy(() -> new AuthSettings(type, user, Optional.empty(), Optional.empty()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("auth.password");
    assertThatThrownBy(() -> new AuthSettings(type, Optional.empty(), password, Optional.empty()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("auth.username")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aNameWithAColonIsOnlyForDigest() {
    assertThatThrownBy(() -> AuthSettings.basic("a:b", "p"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("RFC 7617 section 2");
    assertThat(AuthSettings.digest("a:b", "p").username()).contains("a:b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000", "\u007f"})
  void aNameWithControlCharactersIsRefused(String name) {
    assertThatThrownBy(() -> AuthSettings.digest(name, "p"))
        .isInstanceOf(InvalidSettingException.class);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "abc, true",
    "aA0-._~+/, true",
    "abc==, true",
    "a=b, false",
    "=, false",
    "'', false",
    "a b, false",
    "Bearer a, false",
    "'a,b', false",
    "\u00e4, false",
  })
  void aToken(String token, boolean right) {
    assertThat(BearerSyntax.isToken(token)).as("RFC 6750 section 2.1").isEqualTo(right);
    if (right) {
      assertThat(AuthSettings.bearer(token).token()).map(Secret::value).contains(token);
    } else {
      assertThatThrownBy(() -> AuthSettings.bearer(token))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("RFC 6750");
    }
  }

  @Test
  void secretsAreNotShown() {
    assertThat(AuthSettings.basic("u", "s3cret").toString()).doesNotContain("s3cret");
    assertThat(AuthSettings.bearer("s3cret").toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"0%, 0", "20%, 20", "100%, 100", "' 7 % ', 7"})
  void aShare(String text, int percent) {
    assertThat(Percentage.parse(text)).contains(new Percentage(percent));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20", "101%", "-1%", "1.5%", "%", "9999%", "twenty%"})
  void whatIsNoShareIsNotRead(String text) {
    assertThat(Percentage.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 101})
  void aShareIsOfAWhole(int percent) {
    assertThatThrownBy(() -> new Percentage(percent)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatCannotBeARetryIsRefused() {
    RetrySettings plain = RetrySettings.DEFAULTS;
    assertThatThrownBy(() -> plain.withMax(-1)).hasMessageContaining("retries.max");
    assertThatThrownBy(() -> plain.withMax(101)).hasMessageContaining("retries.max");
    assertThatThrownBy(() -> plain.withOnStatus(List.of(399)))
        .hasMessageContaining("retries.on-status");
    assertThatThrownBy(() -> plain.withOnStatus(List.of(600)))
        .hasMessageContaining("retries.on-status");
    assertThatThrownBy(() -> plain.withBackoff(Duration.ofNanos(-1)))
        .hasMessageContaining("retries.backoff");
    assertThatThrownBy(() -> plain.withMaxBackoff(Duration.ofNanos(-1)))
        .hasMessageContaining("retries.max-backoff");
  }
}
