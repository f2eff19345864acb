package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieDateTest {
  @ParameterizedTest(name = "§5.1.1: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sun, 06 Nov 1994 08:49:37 GMT          | 1994-11-06T08:49:37Z
          Sunday, 06-Nov-94 08:49:37 GMT         | 1994-11-06T08:49:37Z
          Sun Nov  6 08:49:37 1994               | 1994-11-06T08:49:37Z
          Sun, 06-Nov-1994 08:49:37 GMT          | 1994-11-06T08:49:37Z
          06 Nov 1994 08:49:37                   | 1994-11-06T08:49:37Z
          1994 06 Nov 08:49:37                   | 1994-11-06T08:49:37Z
          08:49:37 Nov 1994 6                    | 1994-11-06T08:49:37Z
          Nov 6 1994 8:9:7                       | 1994-11-06T08:09:07Z
          06nov 1994                             |
          6 november 1994 08:49:37               | 1994-11-06T08:49:37Z
          6 NoVeMbEr 1994 08:49:37               | 1994-11-06T08:49:37Z
          6 novum 1994 08:49:37                  | 1994-11-06T08:49:37Z
          6th Nov 1994 08:49:37                  | 1994-11-06T08:49:37Z
          06 Nov 1994AD 08:49:37                 | 1994-11-06T08:49:37Z
          06 Nov 1994 08:49:37Z                  | 1994-11-06T08:49:37Z
          06 Nov 1994 08:49:37.123               | 1994-11-06T08:49:37Z
          06 Nov 1994 08:49:37 PST               | 1994-11-06T08:49:37Z
          06 Nov 1994 08:49:37 +0200             | 1994-11-06T08:49:37Z
          06/Nov/1994/08:49:37                   | 1994-11-06T08:49:37Z
          ;;06;Nov;1994;08:49:37;;               | 1994-11-06T08:49:37Z
          06 Nov 70 08:49:37                     | 1970-11-06T08:49:37Z
          06 Nov 99 08:49:37                     | 1999-11-06T08:49:37Z
          06 Nov 69 08:49:37                     | 2069-11-06T08:49:37Z
          06 Nov 00 08:49:37                     | 2000-11-06T08:49:37Z
          06 Nov 0099 08:49:37                   | 1999-11-06T08:49:37Z
          06 Nov 1601 00:00:00                   | 1601-11-06T00:00:00Z
          06 Nov 1600 00:00:00                   |
          06 Nov 199 08:49:37                    |
          06 Nov 100 08:49:37                    |
          06 Nov 19940 08:49:37                  |
          06 Nov 9999 23:59:59                   | 9999-11-06T23:59:59Z
          29 Feb 2024 00:00:00                   | 2024-02-29T00:00:00Z
          29 Feb 2023 00:00:00                   |
          30 Feb 2024 00:00:00                   |
          31 Apr 2024 00:00:00                   |
          00 Nov 1994 08:49:37                   |
          32 Nov 1994 08:49:37                   |
          01 Nov 1994 24:00:00                   |
          01 Nov 1994 23:60:00                   |
          01 Nov 1994 23:59:60                   |
          01 Nov 1994 23:59:59                   | 1994-11-01T23:59:59Z
          01 Nov 1994 00:00:00                   | 1994-11-01T00:00:00Z
          31 Jan 1994 1:1:1                      | 1994-01-31T01:01:01Z
          31 Dec 1994 1:1:1                      | 1994-12-31T01:01:01Z
          1 Feb 1994 1:1:1                       | 1994-02-01T01:01:01Z
          1 Mar 1994 1:1:1                       | 1994-03-01T01:01:01Z
          1 Apr 1994 1:1:1                       | 1994-04-01T01:01:01Z
          1 May 1994 1:1:1                       | 1994-05-01T01:01:01Z
          1 Jun 1994 1:1:1                       | 1994-06-01T01:01:01Z
          1 Jul 1994 1:1:1                       | 1994-07-01T01:01:01Z
          1 Aug 1994 1:1:1                       | 1994-08-01T01:01:01Z
          1 Sep 1994 1:1:1                       | 1994-09-01T01:01:01Z
          1 Oct 1994 1:1:1                       | 1994-10-01T01:01:01Z
          1 anf 1994 1:1:1                       |
          1 Xov 1994 1:1:1                       |
          1 No 1994 1:1:1                        |
          1 Nov 1994 1:1                         |
          1 Nov 1994 1:1:                        |
          1 Nov 1994 111:1:1                     |
          1 Nov 1994 1:111:1                     |
          1 Nov 1994 1:1:111                     |
          1 Nov 1994 1-1-1                       |
          Nov 1994 08:49:37                      |
          06 1994 08:49:37                       |
          06 Nov 08:49:37                        |
          06 Nov 1994                            |
          10:11:12 Nov 1994 01:02:03             | 1994-11-01T10:11:12Z
          1 2 Nov 95 94 1:1:1                    | 1995-11-01T01:01:01Z
          1 Nov 95 94 1:1:1                      | 1995-11-01T01:01:01Z
          1 Nov Dec 1994 1:1:1                   | 1994-11-01T01:01:01Z
          1x1x1 Nov 1994 2:3:4                   | 1994-11-01T02:03:04Z
          1:1x1 Nov 1994 2:3:4                   | 1994-11-01T02:03:04Z
          1x1:1 Nov 1994 2:3:4                   | 1994-11-01T02:03:04Z
          0                                      |
          never                                  |
          """)
  void aDateIsReadByItsTokens(String text, @Nullable Instant expected) {
    assertThat(CookieDate.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "§5.1.1: U+00{0} divides tokens")
  @ValueSource(strings = {"09", "20", "21", "2F", "3B", "40", "5B", "60", "7B", "7E"})
  void aDelimiterDividesTokens(String hex) {
    assertThat(CookieDate.parse(dateWith(hex))).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
  }

  @ParameterizedTest(name = "§5.1.1: U+00{0} is part of a token")
  @ValueSource(
      strings = {"08", "0A", "1F", "30", "39", "3A", "41", "5A", "61", "7A", "7F", "80", "FF"})
  void anyOtherCharacterIsPartOfAToken(String hex) {
    assertThat(CookieDate.parse(dateWith(hex))).isNull();
  }

  private static String dateWith(String hex) {
    return "06 Nov" + (char) Integer.parseInt(hex, 16) + "1994 08:49:37";
  }

  @Test
  void theEmptyTextIsNoDate() {
    assertThat(CookieDate.parse("")).isNull();
  }

  @Test
  void noTextThrows() {
    Random random = new Random(6265);
    String alphabet = "0123456789:: -,/janfebmrpyulgsoctvd\u00e9";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(30); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Instant date = CookieDate.parse(text.toString());
      assertThat(date == null || date.isAfter(Instant.parse("1600-12-31T23:59:59Z"))).isTrue();
    }
  }
}
