package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentEncodingTest {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  @Test
  void everythingButUnreservedCharactersIsEncoded() {
    for (char c = 0; c < 0x80; c++) {
      String expected =
          UNRESERVED.indexOf(c) >= 0 ? String.valueOf(c) : String.format("%%%02X", (int) c);
      assertThat(PercentEncoding.of(String.valueOf(c)))
          .as("U+%04X (RFC 3986 section 2.3)", (int) c)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({"ü, %C3%BC", "€, %E2%82%AC", "😀, %F0%9F%98%80", "a b+c, a%20b%2Bc", "'', ''"})
  void otherCharactersAreEncodedAsUtf8(String text, String encoded) {
    assertThat(PercentEncoding.of(text)).isEqualTo(encoded);
  }

  @Test
  void halfASurrogatePairBecomesAQuestionMark() {
    assertThat(PercentEncoding.of("a\ud83d")).isEqualTo("a%3F");
    assertThat("\ud83d".getBytes(StandardCharsets.UTF_8)).containsExactly('?');
  }
}
