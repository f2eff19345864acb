package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedCookiesTest {
  private static List<Cookie> received(String uri, String... fields) {
    return Cookie.received(URI.create(uri), List.of(fields), Instant.EPOCH);
  }

  @Test
  void allThatAreValidAreGivenInTheirOrder() {
    assertThat(received("https://a.example/x/y", "b=1; Max-Age=60", "a=2; Secure; Path=/"))
        .extracting(c -> c.name() + "=" + c.value() + " " + c.path() + " " + c.expires())
        .containsExactly(
            "b=1 /x Optional[" + Instant.EPOCH.plusSeconds(60) + "]", "a=2 / Optional.empty");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    // RFC 6265bis section 5.7
    "step 8, http://a.example/, 'a=1; Domain=b.example'",
    "step 9, http://a.co.uk/, 'a=1; Domain=co.uk'",
    "step 13, http://a.example/, 'a=1; Secure'",
    "step 20, https://a.example/, '__Secure-a=1'",
  })
  void whatTheRulesRefuseIsLeftOut(String step, String uri, String field) {
    assertThat(received(uri, field)).isEmpty();
  }

  @Test
  void aHostThatIsAnAddressMaySetThem() {
    assertThat(received("http://127.0.0.1:8080/", "a=1")).hasSize(1);
  }
}
