package org.sessionregistry.cdi.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a URI may be seen: semantic conventions, attribute {@code url.full}. */
class ShownUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://h/a,                        http://h/a",
    "https://h:8443,                    https://h:8443",
    "http://[::1]:80/a,                 http://[::1]:80/a",
    "http://user:pass@h/a,              http://REDACTED:REDACTED@h/a",
    "http://user@h/a,                   http://REDACTED:REDACTED@h/a",
    "http://h/a?b=c,                    http://h/a?b=REDACTED",
    "http://h/a?b=c&d=e%26f&g=,         http://h/a?b=REDACTED&d=REDACTED&g=REDACTED",
    "http://h/a?s3cret,                 http://h/a?REDACTED",
    "http://h/a?b=c&s3cret,             http://h/a?b=REDACTED&REDACTED",
    "http://h/a%20b?x=a=b,              http://h/a%20b?x=REDACTED",
    "http://h/a#s3cret,                 http://h/a",
  })
  void secretsAreLeftOut(String uri, String shown) {
    assertThat(ShownUrl.of(URI.create(uri))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "/users/{user},                     /users/{user}",
    "users/{user}?all={all},            users/{user}",
    "/users/{user}#top,                 /users/{user}",
    "https://h/users/{user}?x=1#y,      /users/{user}",
    "https://{host},                    /",
    "/go?to=http://{host}/,             /go",
  })
  void ofATemplateOnlyThePathCounts(String template, String path) {
    assertThat(ShownUrl.path(template)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "http://Host/,          http,  Host, 80",
    "HTTPS://h/,            https, h,    443",
    "https://h:8443/,       https, h,    8443",
    "http://[::1]:81/,      http,  ::1,  81",
    "http://u:p@h/,         http,  h,    80",
  })
  void aServerIsNamedWithItsPort(String uri, String scheme, String address, long port) {
    assertThat(Endpoint.of(URI.create(uri))).isEqualTo(new Endpoint(scheme, address, port));
  }
}
