package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 9110 section 8.3.1: these are equivalent
        "text/html;charset=iso-8859-1 | ISO-8859-1",
        "Text/HTML;Charset=\"iso-8859-1\" | ISO-8859-1",
        "text/html; charset=\"ISO-8859-1\" | ISO-8859-1",
        "text/html; charset=ISO-8859-1; boundary=x | ISO-8859-1",
        "text/html; boundary=x; charset=ISO-8859-1 | ISO-8859-1",
        "text/plain; charset= windows-1252 | windows-1252",
        "text/plain; charset=latin1 | ISO-8859-1",
        "text/plain; charset=\"utf-16\"; x=y | UTF-16",
        "text/plain; charset=\"utf-16 | UTF-16",
      })
  void theCharsetIsTheParameterOfTheMediaType(String contentType, Charset charset) {
    assertThat(Text.charset(Optional.of(contentType))).isEqualTo(charset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "text/plain; charset",
        "text/plain; charset=",
        "text/plain; charset=\"\"",
        "text/plain; charset=x-no-such-charset",
        "text/plain; charset=!!",
        "text/plain; charset=\""
      })
  void withoutAKnownCharsetItIsUtf8(String contentType) {
    assertThat(Text.charset(Optional.of(contentType))).isEqualTo(UTF_8);
  }

  @Test
  void withoutAMediaTypeItIsUtf8() {
    assertThat(Text.charset(Optional.empty())).isEqualTo(UTF_8);
  }

  @Test
  void aByteOrderMarkWinsOverTheCharsetAndIsDropped() {
    assertThat(Text.decode("\ufeffgrün".getBytes(UTF_8), ISO_8859_1)).isEqualTo("grün");
    assertThat(Text.decode("\ufeffgrün".getBytes(UTF_16BE), UTF_8)).isEqualTo("grün");
    assertThat(Text.decode("\ufeffgrün".getBytes(UTF_16LE), UTF_8)).isEqualTo("grün");
  }

  @Test
  void withoutAMarkTheCharsetDecides() {
    assertThat(Text.decode("grün".getBytes(ISO_8859_1), ISO_8859_1)).isEqualTo("grün");
    assertThat(Text.decode("grün".getBytes(UTF_8), UTF_8)).isEqualTo("grün");
  }

  @Test
  void aMarkWithinTheTextIsKept() {
    assertThat(Text.decode("a\ufeff".getBytes(UTF_8), UTF_8)).isEqualTo("a\ufeff");
  }

  @Test
  void aMarkAloneIsAnEmptyText() {
    assertThat(Text.decode("\ufeff".getBytes(UTF_8), UTF_8)).isEmpty();
    assertThat(Text.decode("\ufeff".getBytes(UTF_16LE), UTF_8)).isEmpty();
  }

  @Test
  void halfAMarkIsNone() {
    assertThat(Text.decode(new byte[0], UTF_8)).isEmpty();
    assertThat(Text.decode(new byte[] {(byte) 0xEF, (byte) 0xBB}, ISO_8859_1)).isEqualTo("ï»");
    assertThat(Text.decode(new byte[] {(byte) 0xFF}, ISO_8859_1)).isEqualTo("ÿ");
  }

  @Test
  void bytesThatAreNoTextOfTheCharsetAreReplaced() {
    assertThat(Text.decode(new byte[] {'a', (byte) 0xC3}, UTF_8)).isEqualTo("a\ufffd");
    assertThat(Text.decode(ByteBuffer.allocate(0).array(), UTF_8)).isEmpty();
  }
}
