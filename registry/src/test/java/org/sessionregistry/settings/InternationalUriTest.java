package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InternationalUriTest {
  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    // RFC 3987 section 3.1: UTF-8, percent encoded; what is encoded or ASCII stays
    "3.1, /a%2Fb?c=%25, /a%2Fb?c=%25",
    "3.1, /r\u00E9sum\u00E9, /r%C3%A9sum%C3%A9",
    "3.1, 'http://www.example.org/red%09ros\u00E9#red', 'http://www.example.org/red%09ros%C3%A9#red'",
    "3.1, ?q=\uD800\uDF00, ?q=%F0%90%8C%80",
    // the same: the host by ToASCII (RFC 3490 section 4)
    "3.1, 'http://r\u00E9sum\u00E9.example.org', 'http://xn--rsum-bpad.example.org'",
    "3.1, '//\u00FC.example:80/\u00FC?\u00FC#\u00FC', '//xn--tda.example:80/%C3%BC?%C3%BC#%C3%BC'",
    "3.1, 'http://u\u00FC@\u00FC/', 'http://u%C3%BC@xn--tda/'",
    "3.1, 'http://[::1]/\u00FC', 'http://[::1]/%C3%BC'",
    "3.1, '/x//\u00FC', '/x//%C3%BC'",
  })
  void aReferenceBecomesAscii(String section, String reference, String ascii) {
    assertThat(InternationalUri.toAscii(reference)).isEqualTo(ascii);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://\u00FC..x/", "http://a\u00FC\uD800/", "/\uD800"})
  void whatCannotBeAsciiIsRefused(String reference) {
    assertThatIllegalArgumentException().isThrownBy(() -> InternationalUri.toAscii(reference));
  }

  @Test
  void aBaseUrlMayHaveAnInternationalHost() {
    URI base =
        SessionSettings.builder("s")
            .baseUrl("https://b\u00FCcher.example/v\u00FC/")
            .build()
            .baseUrl()
            .orElseThrow();
    assertThat(base).hasToString("https://xn--bcher-kva.example/v%C3%BC/");
  }
}
