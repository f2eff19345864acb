package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "http, example.org, 80, http://example.org",
    "http, example.org, 443, http://example.org:443",
    "https, example.org, 443, https://example.org",
    "https, example.org, 80, https://example.org:80",
    "http, ::1, 8080, http://[::1]:8080",
    "http, ::1, 80, http://[::1]",
    "HTTP, Example.ORG, 80, http://example.org",
    "http, [::1], 80, http://[::1]",
  })
  void theOriginHasNoDefaultPort(String scheme, String host, int port, String origin) {
    assertThat(new Route(scheme, host, port).origin()).isEqualTo(origin);
    assertThat(new Route(scheme, host, port)).hasToString(origin);
    assertThat(new Route(scheme, host, port).originUri()).isEqualTo(URI.create(origin));
  }

  @Test
  void routesThatDifferInCaseAreTheSame() {
    assertThat(new Route("HTTP", "A.Example", 80))
        .isEqualTo(new Route("http", "a.example", 80))
        .hasSameHashCodeAs(new Route("http", "a.example", 80));
  }

  @Test
  void routesThatDifferInOnePartAreNot() {
    assertThat(new Route("http", "a", 80))
        .isNotEqualTo(new Route("http", "a", 81))
        .isNotEqualTo(new Route("http", "b", 80))
        .isNotEqualTo(new Route("https", "a", 80))
        .isNotEqualTo(null);
  }

  @Test
  void onlyHttpsIsSecure() {
    assertThat(new Route("https", "a", 80).secure()).isTrue();
    assertThat(new Route("http", "a", 443).secure()).isFalse();
  }
}
