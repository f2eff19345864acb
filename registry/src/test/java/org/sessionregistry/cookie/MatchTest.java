package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTest {
  @ParameterizedTest(name = "§5.1.3: {0} in {1}: {2}")
  @CsvSource({
    "example.com, example.com, true",
    "www.example.com, example.com, true",
    "a.b.example.com, example.com, true",
    "example.com, www.example.com, false",
    "badexample.com, example.com, false",
    "example.com, ample.com, false",
    "example.com, com, true",
    "example.com, '', false",
    "example.com, .com, false",
    "example.com, other.com, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 0.0.1, false",
    "127.0.0.1, 1, false",
    "[::1], [::1], true",
    "www.example.com., example.com, false",
    "www.example.com., example.com., true",
  })
  void aHostBelongsToADomain(String host, String domain, boolean matches) {
    assertThat(DomainMatch.matches(host, domain)).isEqualTo(matches);
  }

  @ParameterizedTest(name = "§5.1.4: {0} under {1}: {2}")
  @CsvSource({
    "/, /, true",
    "/a, /, true",
    "/a, /a, true",
    "/a/, /a, true",
    "/a/b, /a, true",
    "/a/b, /a/, true",
    "/a/, /a/, true",
    "/a, /a/, false",
    "/ab, /a, false",
    "/, /a, false",
    "/b/a, /a, false",
    "/A, /a, false",
    "/%61, /a, false",
    "/a//b, /a/, true",
  })
  void aPathLiesUnderAPath(String request, String cookie, boolean matches) {
    assertThat(PathMatch.matches(request, cookie)).isEqualTo(matches);
  }

  @ParameterizedTest(name = "§5.1.4: the default path of {0} is {1}")
  @CsvSource({
    "'', /",
    "/, /",
    "/a, /",
    "/a/, /a",
    "/a/b, /a",
    "/a/b/, /a/b",
    "/a/b/c, /a/b",
    "a/b, /",
    "//a, /",
  })
  void theDefaultPathIsTheDirectory(String request, String path) {
    assertThat(PathMatch.defaultPath(request)).isEqualTo(path);
  }
}
