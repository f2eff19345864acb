package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text in parts, which need not end where characters do. */
class Utf8Test {
  private static final String TEXT = "a\u00e9\u20ac\ud83d\ude00z";

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes);
  }

  @Test
  void textMayBeCutAnywhere() throws CharacterCodingException {
    byte[] bytes = TEXT.getBytes(UTF_8);
    Utf8 utf8 = new Utf8();
    for (int i = 0; i <= bytes.length; i++) {
      for (int j = i; j <= bytes.length; j++) {
        String text =
            utf8.decode(Arrays.copyOf(bytes, i), false)
                + utf8.decode(Arrays.copyOfRange(bytes, i, j), false)
                + utf8.decode(Arrays.copyOfRange(bytes, j, bytes.length), true);
        assertThat(text).isEqualTo(TEXT);
      }
    }
  }

  @Test
  void whatIsCompleteComesAtOnce() throws CharacterCodingException {
    Utf8 utf8 = new Utf8();
    assertThat(utf8.decode(hex("61c3"), false)).isEqualTo("a");
    assertThat(utf8.decode(hex("a9"), false)).isEqualTo("\u00e9");
    assertThat(utf8.decode(new byte[0], true)).isEmpty();
  }

  @ParameterizedTest(name = "RFC 3629 section {0}: {1}")
  @CsvSource({
    "3, 80", // a continuation without a beginning
    "3, c080", // longer than need be
    "3, e08080",
    "3, f0808080",
    "3, eda080", // half of a surrogate pair
    "3, edbfbf",
    "4, f4908080", // behind the last character
    "4, f5",
    "4, ff",
    "4, c328", // a beginning without its continuation
    "4, e228a1",
  })
  void whatIsNotUtf8IsRefusedAtOnce(String section, String bytes) {
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> new Utf8().decode(hex(bytes), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3", "e282", "f09f98", "61f0"})
  void textDoesNotEndWithinACharacter(String bytes) throws CharacterCodingException {
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> new Utf8().decode(hex(bytes), true));
    Utf8 inParts = new Utf8();
    inParts.decode(hex(bytes), false);
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> inParts.decode(new byte[0], true));
  }

  @Test
  void halfOfASurrogatePairIsNotSent() {
    assertThat(Utf8.encode(TEXT)).isEqualTo(TEXT.getBytes(UTF_8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utf8.encode("a\ud83d"))
        .withMessageContaining("surrogate");
  }
}
