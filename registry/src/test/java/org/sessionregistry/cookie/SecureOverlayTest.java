package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureOverlayTest {
  @ParameterizedTest(name = "§5.7 step 16: after {0} set [{1}], may {2} set [{3}]: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.com/   | a=1; Secure                     | http://example.com/     | a=2                                  | false
          https://example.com/   | a=1; Secure                     | http://example.com/     | a=; Max-Age=0                        | false
          https://example.com/   | a=1; Secure                     | https://example.com/    | a=2                                  | true
          https://example.com/   | a=1; Secure                     | http://example.com/     | b=2                                  | true
          https://example.com/   | a=1; Secure                     | http://example.com/     | A=2                                  | true
          https://example.com/   | a=1                             | http://example.com/     | a=2                                  | true
          https://example.com/   | a=1; Secure; Path=/login        | http://example.com/     | a=2; Path=/                          | true
          https://example.com/   | a=1; Secure; Path=/login        | http://example.com/     | a=2; Path=/foo                       | true
          https://example.com/   | a=1; Secure; Path=/login        | http://example.com/     | a=2; Path=/login                     | false
          https://example.com/   | a=1; Secure; Path=/login        | http://example.com/     | a=2; Path=/login/en                  | false
          https://example.com/   | a=1; Secure; Domain=example.com | http://w.example.com/   | a=2                                  | false
          https://example.com/   | a=1; Secure                     | http://w.example.com/   | a=2; Domain=example.com              | false
          https://w.example.com/ | a=1; Secure                     | http://example.com/     | a=2; Domain=example.com              | false
          https://w.example.com/ | a=1; Secure                     | http://v.example.com/   | a=2                                  | true
          https://w.example.com/ | a=1; Secure                     | http://v.example.com/   | a=2; Domain=example.com              | false
          https://example.com/   | a=1; Secure                     | http://other.example/   | a=2                                  | true
          """)
  void anInsecureCookieDoesNotCoverASecureOne(
      String first, String secure, String second, String insecure, boolean stored) {
    TestJar test = TestJar.create().received(first, secure).received(second, insecure);
    boolean there = test.jar.cookies().stream().anyMatch(cookie -> cookie.value().equals("2"));
    assertThat(there).isEqualTo(stored);
    if (!stored) {
      assertThat(test.only().value()).isEqualTo("1");
    }
  }

  @Test
  void aSecureCookieThatHasEndedCoversNothing() {
    TestJar test = TestJar.create().received("https://example.com/", "a=1; Secure; Max-Age=5");
    test.after(Duration.ofSeconds(5)).received("http://example.com/", "a=2");
    assertThat(test.only().value()).isEqualTo("2");
  }
}
