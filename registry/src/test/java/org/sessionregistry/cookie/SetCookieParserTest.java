package org.sessionregistry.cookie;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieParserTest {
  private static final Instant NOW = TestJar.START;

  @ParameterizedTest(name = "§5.6: [{0}] has the name [{1}] and the value [{2}]")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          a=b|a|b
          a=b;|a|b
          a=b;c=d|a|b
          a=b=c|a|b=c
          a==|a|=
          a=|a|''
          =b|''|b
          b|''|b
          ;Secure|''|''
          =|''|''
           a = b |a|b
          a=b c|a|b c
          a b=c|a b|c
          a="b c"|a|"b c"
          a="b;c"|a|"b
          a=%41%3B|a|%41%3B
          a=b,c=d|a|b,c=d
          ==b|''|=b
          =__Host-a=b|''|__Host-a=b
          a=\u00e9|a|\u00e9
          $Version=1|$Version|1
          """)
  void nameAndValueAreTakenApart(String field, String name, String value) {
    SetCookie cookie = parsed(field);
    assertThat(cookie.name()).isEqualTo(name);
    assertThat(cookie.value()).isEqualTo(value);
  }

  @Test
  void tabsAroundAreRemovedAndTabsInsideStay() {
    SetCookie cookie = parsed("\t a\tb \t=\tc\td\t");
    assertThat(cookie.name()).isEqualTo("a\tb");
    assertThat(cookie.value()).isEqualTo("c\td");
  }

  @ParameterizedTest(name = "§5.6 step 1: U+00{0} anywhere refuses the field")
  @ValueSource(strings = {"00", "01", "08", "0A", "0B", "0C", "0D", "1F", "7F"})
  void aControlCharacterRefusesTheField(String hex) {
    char control = (char) Integer.parseInt(hex, 16);
    assertThat(parse("a" + control + "b=c")).isNull();
    assertThat(parse("a=b" + control + "c")).isNull();
    assertThat(parse("a=b; Path=/" + control)).isNull();
    assertThat(parse("a=b; Unknown" + control)).isNull();
    assertThat(parse(control + "a=b")).isNull();
  }

  @ParameterizedTest(name = "§5.6 step 1: U+00{0} is no control character")
  @ValueSource(strings = {"09", "20", "7E", "80", "85", "FF"})
  void otherCharactersDoNot(String hex) {
    assertThat(parsed("a=b" + (char) Integer.parseInt(hex, 16) + "c").value()).hasSize(3);
  }

  @Test
  void whatIsNotAnOctetRefusesTheField() {
    assertThat(parse("a=\u0100")).isNull();
    assertThat(parse("a=\u560a")).as("a line feed for a careless encoder").isNull();
  }

  @Test
  void nameAndValueHaveAtMost4096Octets() { // §5.6 step 5
    assertThat(parsed("abcd=" + "x".repeat(4092)).value()).hasSize(4092);
    assertThat(parse("abcd=" + "x".repeat(4093))).isNull();
    assertThat(parsed("x".repeat(4096)).value()).hasSize(4096);
    assertThat(parse("x".repeat(4097))).isNull();
    assertThat(parsed("a=b" + " ".repeat(5000) + ";").value()).isEqualTo("b");
  }

  @ParameterizedTest(name = "§5.6.4: {0} gives the path {1}, given: {2}")
  @CsvSource({
    "a=b, /default, false",
    "a=b; Path=/x, /x, true",
    "a=b; path=/x, /x, true",
    "a=b; PATH = /x , /x, true",
    "a=b; Path=, /default, true",
    "a=b; Path, /default, true",
    "a=b; Path=x, /default, true",
    "a=b; Path=/x; Path=/y, /y, true",
    "a=b; Path=/x; Path=, /default, true",
    "a=b; Path=/x=y, /x=y, true",
    "a=b;Path=/x;, /x, true",
    "a=b; Paths=/x, /default, false",
  })
  void thePathIsRead(String field, String path, boolean given) {
    assertThat(parsed(field).path()).isEqualTo(path);
    assertThat(parsed(field).pathGiven()).isEqualTo(given);
  }

  @ParameterizedTest(name = "§5.6.3: {0} gives the domain [{1}]")
  @CsvSource({
    "a=b, ''",
    "a=b; Domain=x.example, x.example",
    "a=b; domain=X.Example, x.example",
    "a=b; Domain=.x.example, x.example",
    "a=b; Domain=..x.example, .x.example",
    "a=b; Domain=, ''",
    "a=b; Domain=., ''",
    "a=b; Domain, ''",
    "a=b; Domain=x.example; Domain=y.example, y.example",
    "a=b; Domain=x.example; Domain=, ''",
    "a=b; Domain= x.example , x.example",
  })
  void theDomainIsRead(String field, String domain) {
    assertThat(parsed(field).domain()).isEqualTo(domain);
  }

  @Test
  void anAttributeValueOfMoreThan1024OctetsIsIgnored() { // §5.6, attributes, step 6
    String longest = "/" + "x".repeat(1023);
    assertThat(parsed("a=b; Path=" + longest).path()).isEqualTo(longest);
    assertThat(parsed("a=b; Path=/y; Path=" + longest + "x").path()).isEqualTo("/y");
    assertThat(parsed("a=b; Secure=" + longest + "x").secure()).isFalse();
  }

  @ParameterizedTest(name = "§5.6.5, §5.6.6: {0}: secure {1}, http-only {2}")
  @CsvSource({
    "a=b, false, false",
    "a=b; Secure, true, false",
    "a=b;secure;HTTPONLY, true, true",
    "a=b; Secure=false; HttpOnly=no, true, true",
    "a=b; \tHttpOnly\t, false, true",
    "a=b; Secure x, false, false",
    "Secure, false, false",
    "HttpOnly=x; Secure=, true, false",
  })
  void theFlagsAreRead(String field, boolean secure, boolean httpOnly) {
    assertThat(parsed(field).secure()).isEqualTo(secure);
    assertThat(parsed(field).httpOnly()).isEqualTo(httpOnly);
  }

  @ParameterizedTest(name = "§5.6.7: {0} is {1}")
  @CsvSource({
    "a=b, DEFAULT",
    "a=b; SameSite=Strict, STRICT",
    "a=b; samesite=LAX, LAX",
    "a=b; SameSite=none, NONE",
    "a=b; SameSite=, DEFAULT",
    "a=b; SameSite=Sometimes, DEFAULT",
    "a=b; SameSite=Lax; SameSite=Strict, STRICT",
    "a=b; SameSite=Lax; SameSite=Other, DEFAULT",
  })
  void theSiteIsRead(String field, SameSite site) {
    assertThat(parsed(field).sameSite()).isEqualTo(site);
  }

  @ParameterizedTest(name = "§5.6.2: {0} ends at {1}")
  @CsvSource({
    "a=b; Max-Age=60, 2026-01-15T12:01:00Z",
    "a=b; max-age=1, 2026-01-15T12:00:01Z",
    "a=b; Max-Age=007, 2026-01-15T12:00:07Z",
    "a=b; Max-Age=00000000000000000000000007, 2026-01-15T12:00:07Z",
    "a=b; Max-Age=0, 1970-01-01T00:00:00Z",
    "a=b; Max-Age=-0, 1970-01-01T00:00:00Z",
    "a=b; Max-Age=-1, 1970-01-01T00:00:00Z",
    "a=b; Max-Age=-99999999999999999999, 1970-01-01T00:00:00Z",
    "a=b; Max-Age=,",
    "a=b; Max-Age,",
    "a=b; Max-Age=-,",
    "a=b; Max-Age=+1,",
    "a=b; Max-Age=1.5,",
    "a=b; Max-Age=1s,",
    "a=b; Max-Age=1/,",
    "a=b; Max-Age=1:,",
    "a=b; Max-Age=--1,",
    "a=b; Max-Age=60; Max-Age=70, 2026-01-15T12:01:10Z",
    "a=b; Max-Age=60; Max-Age=x, 2026-01-15T12:01:00Z",
    // §5.5: never more than 400 days
    "a=b; Max-Age=34559999, 2027-02-19T11:59:59Z",
    "a=b; Max-Age=34560000, 2027-02-19T12:00:00Z",
    "a=b; Max-Age=34560001, 2027-02-19T12:00:00Z",
    "a=b; Max-Age=999999999, 2027-02-19T12:00:00Z",
    "a=b; Max-Age=9999999999, 2027-02-19T12:00:00Z",
    "a=b; Max-Age=99999999999999999999999, 2027-02-19T12:00:00Z",
  })
  void theMaximalAgeIsRead(String field, @Nullable Instant end) {
    assertThat(parsed(field).expires().orElse(null)).isEqualTo(end);
  }

  @ParameterizedTest(name = "§5.6.1, §5.7 step 6: {0} ends at {1}")
  @CsvSource({
    "'a=b; Expires=Thu, 15 Jan 2026 13:00:00 GMT', 2026-01-15T13:00:00Z",
    "'a=b; expires=\"Thu, 15 Jan 2026 13:00:00 GMT\"', 2026-01-15T13:00:00Z",
    "'a=b; Expires=Thu, 15 Jan 1970 13:00:00 GMT', 1970-01-15T13:00:00Z",
    "a=b; Expires=soon,",
    "a=b; Expires,",
    "a=b; Expires=15 Jan 2026 13:00:00; Expires=soon, 2026-01-15T13:00:00Z",
    "a=b; Expires=15 Jan 2026 13:00:00; Expires=15 Jan 2026 14:00:00, 2026-01-15T14:00:00Z",
    // Max-Age wins, wherever it stands
    "a=b; Expires=15 Jan 2026 13:00:00; Max-Age=60, 2026-01-15T12:01:00Z",
    "a=b; Max-Age=60; Expires=15 Jan 2026 13:00:00, 2026-01-15T12:01:00Z",
    "a=b; Max-Age=x; Expires=15 Jan 2026 13:00:00, 2026-01-15T13:00:00Z",
    // §5.5
    "a=b; Expires=19 Feb 2027 12:00:00, 2027-02-19T12:00:00Z",
    "a=b; Expires=19 Feb 2027 12:00:01, 2027-02-19T12:00:00Z",
    "a=b; Expires=31 Dec 9999 23:59:59, 2027-02-19T12:00:00Z",
  })
  void theEndIsRead(String field, @Nullable Instant end) {
    assertThat(parsed(field).expires().orElse(null)).isEqualTo(end);
  }

  private static @Nullable SetCookie parse(String field) {
    return SetCookieParser.parse(field, "/default", NOW);
  }

  private static SetCookie parsed(String field) {
    return requireNonNull(parse(field));
  }
}
