package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
  @ParameterizedTest(name = "§5.1.2: {0} is {1}")
  @CsvSource({
    "example.com, example.com",
    "EXAMPLE.Com, example.com",
    "a-1.b_2.example, a-1.b_2.example",
    "AZ.az.09, az.az.09",
    "bücher.example, xn--bcher-kva.example",
    "BÜCHER.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "пример.рф, xn--e1afmkfd.xn--p1ai",
    "example.com., example.com.",
    "127.0.0.1, 127.0.0.1",
    "[::1], [::1]",
    "[FE80::1%25eth0], [fe80::1%25eth0]",
    "[::ffff:1.2.3.4], [::ffff:1.2.3.4]",
    "a..b,",
    ".a,",
    "., ",
    "'',",
    "a b,",
    "a/b,",
    "a:1,",
    "a@b,",
    "a[b,",
    "a`b,",
    "a{b,",
    "'a,b',",
    "a;b,",
    "[::], [::]",
    "[],",
    "[1],",
    "[:],",
    "[::1,",
    "[::1]x,",
    "[::;],",
    "bü..example,",
  })
  void aHostHasOneSpelling(String host, @Nullable String canonical) {
    assertThat(HostName.canonical(host)).isEqualTo(canonical);
  }

  @Test
  void aCanonicalNameIsNotCopied() {
    String host = "api.example.com";
    assertThat(HostName.canonical(host)).isSameAs(host);
  }

  @Test
  void aNameIsAtMostAsLongAsDnsAllows() {
    assertThat(HostName.canonical("a".repeat(254))).isNotNull();
    assertThat(HostName.canonical("a".repeat(255))).isNull();
  }

  @ParameterizedTest(name = "§5.1.3: {0} is an address: {1}")
  @CsvSource({
    "127.0.0.1, true",
    "127.0.0.1., true",
    "1.2.3, true",
    "2130706433, true",
    "0, true",
    "9, true",
    "0x7f.1, true",
    "1.0xaf09, true",
    "a.0x, true",
    "a.b.1, true",
    "[::1], true",
    "1.2.3.4.example, false",
    "example.1a, false",
    "example.0xg, false",
    "example.a1, false",
    "example.0a, false",
    "localhost, false",
    "example., false",
  })
  void anAddressIsNotAName(String host, boolean ip) {
    assertThat(HostName.isIp(host)).isEqualTo(ip);
  }

  @ParameterizedTest(name = "§5.8.3: the host of {0} is {1}")
  @CsvSource({
    "https://Example.COM:8443/x, example.com",
    "http://my_service:8080/x, my_service",
    "http://user:secret@my_service:8080/x, my_service",
    "http://user@my_service/x, my_service",
    "http://bücher.example/x, xn--bcher-kva.example",
    "http://[::1]:80/x, [::1]",
    "/relative,",
    "mailto:someone@example.com,",
    "http:///nohost,",
  })
  void theHostOfARequestIsFound(URI uri, @Nullable String host) {
    assertThat(RequestUri.host(uri)).isEqualTo(host);
  }

  @ParameterizedTest(name = "the path of {0} is {1}")
  @CsvSource({
    "http://a.example, /",
    "http://a.example?q=/x, /",
    "http://a.example/a%20b/c?d#e, /a%20b/c",
    "http://a.example/ž?q, /%C5%BE",
    "http://a.example/a;b=1/c, /a;b=1/c",
  })
  void thePathOfARequestIsWhatIsSent(URI uri, String path) {
    assertThat(RequestUri.path(uri)).isEqualTo(path);
  }

  @ParameterizedTest(name = "§5.8.3: {0} is secure: {1}")
  @CsvSource({
    "https://a.example/, true",
    "HTTPS://a.example/, true",
    "wss://a.example/, true",
    "http://a.example/, false",
    "ws://a.example/, false",
    "http://localhost/, false",
    "http://127.0.0.1/, false",
    "//a.example/, false",
  })
  void onlyTlsIsSecure(URI uri, boolean secure) {
    assertThat(RequestUri.isSecure(uri)).isEqualTo(secure);
  }
}
