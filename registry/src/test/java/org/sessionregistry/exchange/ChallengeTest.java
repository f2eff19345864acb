package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.Headers;

/** What a server asks for (RFC 9110 section 11.6.1). */
class ChallengeTest {
  private static List<Challenge> read(String... values) {
    String[] fields = new String[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      fields[2 * i] = "WWW-Authenticate";
      fields[2 * i + 1] = values[i];
    }
    return Challenge.in(Headers.of(fields), "WWW-Authenticate");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 9110 section 11.3: a scheme alone, with parameters, with a token68
        "Basic                             | basic{}",
        "Basic realm=\"simple\"            | basic{realm=simple}",
        "Basic realm=simple                | basic{realm=simple}",
        "Negotiate YWJjZA==                | negotiate{}",
        "Negotiate YWJj, Basic realm=\"b\" | negotiate{} basic{realm=b}",
        // RFC 9110 section 11.1: schemes and names are case-insensitive, values are not
        "bAsIc REALM=\"Ab\"                | basic{realm=Ab}",
        // RFC 9110 section 11.2: space around the equals sign
        "Basic realm = \"a\"               | basic{realm=a}",
        // RFC 9110 section 11.6.1: a comma separates challenges and parameters alike
        "Basic realm=\"a\", charset=\"UTF-8\", Digest nonce=\"n\", qop=auth"
            + "                            | basic{realm=a, charset=UTF-8} digest{nonce=n, qop=auth}",
        "Negotiate, Basic realm=\"a\"      | negotiate{} basic{realm=a}",
        "Negotiate, NTLM                   | negotiate{} ntlm{}",
        // RFC 9110 section 5.6.1.2: empty elements
        ", ,Basic realm=\"a\", ,b=c,,      | basic{realm=a, b=c}",
        // RFC 9110 section 5.6.4: commas, quotes and backslashes within quotes
        "Basic realm=\"a, Digest b=c\"     | basic{realm=a, Digest b=c}",
        "Basic realm=\"say \\\"x\\\"\", b=c | basic{realm=say \"x\", b=c}",
        "Basic realm=\"a\\\\\", b=c        | basic{realm=a\\, b=c}",
        "Basic realm=\"\"                  | basic{realm=}",
        // RFC 9110 section 11.2: a name once; the first counts
        "Basic realm=\"a\", realm=\"b\"    | basic{realm=a}",
        // garbage ends its field, what came before counts
        "Basic realm=\"a                   | basic{}",
        "Basic realm=\"a\", \"b\", c=d     | basic{realm=a}",
        "\"Basic\" realm=a                 | ",
        "=                                 | ",
      })
  void aField(String value, String expected) {
    StringBuilder shown = new StringBuilder();
    for (Challenge challenge : read(value)) {
      shown.append(shown.length() == 0 ? "" : " ").append(challenge.scheme());
      shown.append(challenge.parameters());
    }
    assertThat(shown).hasToString(expected == null ? "" : expected);
  }

  @Test
  void theExampleOfTheRule() {
    assertThat(
            read(
                "Basic realm=\"simple\", Newauth realm=\"apps\", type=1,"
                    + " title=\"Login to \\\"apps\\\"\""))
        .as("RFC 9110 section 11.6.1")
        .containsExactly(
            new Challenge("basic", Map.of("realm", "simple")),
            new Challenge(
                "newauth", Map.of("realm", "apps", "type", "1", "title", "Login to \"apps\"")));
  }

  @Test
  void severalFieldsAreReadInTheirOrder() {
    assertThat(read("Digest nonce=a", "\"", "Basic realm=b"))
        .extracting(Challenge::scheme)
        .containsExactly("digest", "basic");
  }

  /** It comes from anybody, and is read on an event loop. */
  @ParameterizedTest
  @ValueSource(strings = {"a,", "a=b,", "a ", "a=\"", "\\", ", ", "\"", "a=\"\\\"\","})
  @Timeout(5)
  void aLongFieldIsReadAtOnce(String repeated) {
    String field = repeated.repeat(64 * 1024 / repeated.length());
    long start = System.nanoTime();
    read("Digest " + field);
    read("Digest a=\"" + field);
    read("Digest a=\"" + field + "\"");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
