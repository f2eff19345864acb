package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.Headers;

/** How long a server asks to be left alone. */
class RetryAfterTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("1994-11-06T08:49:00Z"));

  @ParameterizedTest(name = "{2} {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "120                            | PT2M   | RFC 9110 section 10.2.3, delay-seconds",
        "0                              | PT0S   | RFC 9110 section 10.2.3, delay-seconds",
        "007                            | PT7S   | RFC 9110 section 10.2.3, 1*DIGIT",
        "'  3 '                         | PT3S   | RFC 9110 section 5.5, space around",
        "Sun, 06 Nov 1994 08:49:37 GMT  | PT37S  | RFC 9110 section 5.6.7, IMF-fixdate",
        "Sunday, 06-Nov-94 08:49:37 GMT | PT37S  | RFC 9110 section 5.6.7, rfc850-date",
        "Sun Nov  6 08:49:37 1994       | PT37S  | RFC 9110 section 5.6.7, asctime-date",
        "Wed Nov 16 08:49:00 1994       | PT240H | RFC 9110 section 5.6.7, asctime-date",
        "Sun, 06 Nov 1994 08:48:37 GMT  | PT0S   | over",
        "-1                             |        | no delay-seconds",
        "1.5                            |        | no delay-seconds",
        "+5                             |        | no delay-seconds",
        "1e3                            |        | no delay-seconds",
        "99999999999                    |        | more than anybody waits",
        "soon                           |        | neither form",
        "''                             |        | nothing",
        "Sun, 31 Feb 1994 08:49:37 GMT  |        | no such day",
        "2 , 3                          |        | two of them",
      })
  void whatAServerSays(String value, Duration expected, String rule) {
    assertThat(RetryAfter.of(Headers.of("Retry-After", value), CLOCK).orElse(null))
        .as(rule)
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // by the server's clock, however wrong it is
        "Sun, 06 Nov 1994 09:00:37 GMT | Sun, 06 Nov 1994 09:00:00 GMT  | PT37S",
        "Sun, 06 Nov 1994 09:00:37 GMT | Sunday, 06-Nov-94 09:00:00 GMT | PT37S",
        "Sun, 06 Nov 1994 08:00:00 GMT | Sun, 06 Nov 1994 09:00:00 GMT  | PT0S",
        // a clock that cannot be read is none
        "Sun, 06 Nov 1994 08:49:37 GMT | yesterday                      | PT37S",
        // seconds need no clock
        "5                             | Sun, 06 Nov 1994 09:00:00 GMT  | PT5S",
      })
  void aDateIsComparedWithTheServersOwn(String value, String date, Duration expected) {
    Headers headers = Headers.of("Date", date, "Retry-After", value);
    assertThat(RetryAfter.of(headers, CLOCK)).contains(expected);
  }

  @Test
  void aServerThatSaysNothingAsksForNothing() {
    assertThat(RetryAfter.of(Headers.of("Date", "x"), CLOCK)).isEmpty();
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      Headers headers = Headers.of("Retry-After", "Sunday, 06-Nov-94 08:49:37 GMT");
      assertThat(RetryAfter.of(headers, CLOCK)).contains(Duration.ofSeconds(37));
    } finally {
      Locale.setDefault(before);
    }
  }
}
