package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSyntaxTest {
  /** RFC 9110 section 5.6.2, tchar. */
  private static final String TCHAR =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  @Test
  void aTokenHasTheCharactersOfTheStandardAndNoOthers() {
    for (char c = 0; c < 0x300; c++) {
      assertThat(HeaderSyntax.isToken("a" + c))
          .as("U+%04X", (int) c)
          .isEqualTo(TCHAR.indexOf(c) >= 0);
    }
  }

  @Test
  void anEmptyTextIsNoToken() {
    assertThat(HeaderSyntax.isToken("")).isFalse();
  }

  @Test
  void aValueHasNoControlCharactersButTheTabAndStaysInIso88591() {
    for (char c = 0; c < 0x300; c++) {
      boolean allowed = c == '\t' || (c >= 0x20 && c <= 0xFF && c != 0x7F);
      assertThat(HeaderSyntax.problemWithValue("a" + c + "b").isEmpty())
          .as("U+%04X (RFC 9110 section 5.5)", (int) c)
          .isEqualTo(allowed);
    }
  }

  @ParameterizedTest(name = "[{index}] {1}")
  @CsvSource({"'a\rb', CR", "'a\nb', LF", "'a\u0001b', control", "a€b, ISO 8859-1"})
  void aProblemWithAValueNamesIt(String value, String named) {
    assertThat(HeaderSyntax.problemWithValue(value))
        .hasValueSatisfying(p -> assertThat(p).contains(named));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "X-Api-Key", "x", "Host", "Cookie", "Content-Type", "_"})
  void aNameMayBeAnyTokenThatDoesNotFrameTheMessage(String name) {
    assertThat(HeaderSyntax.problemWithName(name)).isEmpty();
  }

  @ParameterizedTest(name = "{0} ({1})")
  @CsvSource({
    "Connection, RFC 9110 section 7.6.1",
    "TE, RFC 9110 section 10.1.4",
    "Expect, RFC 9110 section 10.1.1",
    "Upgrade, RFC 9110 section 7.8",
    "Trailer, RFC 9110 section 6.6.2",
    "Content-Length, RFC 9112 section 6.2",
    "Transfer-Encoding, RFC 9112 section 6.1",
    "transfer-encoding, RFC 9112 section 6.1",
    "Keep-Alive, RFC 9112 section C.2.2",
    "Proxy-Connection, RFC 9112 section C.2.2",
    "HTTP2-Settings, RFC 7540 section 3.2.1",
  })
  void aNameThatFramesTheMessageIsTheSessions(String name, String section) {
    assertThat(HeaderSyntax.problemWithName(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", "a\r\nb", "ä", "a\0"})
  void aNameThatIsNoTokenIsAProblem(String name) {
    assertThat(HeaderSyntax.problemWithName(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "PROXY-AUTHORIZATION",
        "Cookie",
        "Set-Cookie",
        "X-Api-Key",
        "X-Auth",
        "X-CSRF-Token",
        "X-Client-Secret",
        "X-Password"
      })
  void aNameThatSpeaksOfCredentialsIsSensitive(String name) {
    assertThat(HeaderSyntax.isSensitive(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "Content-Type", "User-Agent", "ETag"})
  void otherNamesAreNot(String name) {
    assertThat(HeaderSyntax.isSensitive(name)).isFalse();
  }
}
