package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

  /** The variables of RFC 6570 section 3.2 that are strings. */
  private static final Map<String, String> RFC_6570 =
      Map.of(
          "var", "value",
          "hello", "Hello World!",
          "half", "50%",
          "base", "http://example.com/home/",
          "path", "/foo/bar",
          "v", "6",
          "x", "1024",
          "y", "768",
          "empty", "",
          "semi", ";");

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    // section 1.2, level 1
    "1.2, {var}, value",
    "1.2, {hello}, Hello%20World%21",
    // section 3.2.2
    "3.2.2, {half}, 50%25",
    "3.2.2, O{empty}X, OX",
    "3.2.2, '{x},{y}', '1024,768'",
    "3.2.2, {base}, http%3A%2F%2Fexample.com%2Fhome%2F",
    "3.2.2, {path}, %2Ffoo%2Fbar",
    "3.2.2, {semi}, %3B",
    "3.2.2, map?{x}, map?1024",
    // section 3.1: what is literal stays as it is
    "3.1, /a%20b/{v}, /a%20b/6",
    "3.1, /{v}/{v}, /6/6",
    "3.1, {v}{x}, 61024",
  })
  void aVariableIsExpandedAsTheStandardSays(String section, String template, String expanded) {
    assertThat(UriTemplate.expand(template, used(template), List.of())).isEqualTo(expanded);
  }

  private static Map<String, String> used(String template) {
    Map<String, String> used = new HashMap<>(RFC_6570);
    used.keySet().removeIf(name -> !template.contains("{" + name + "}"));
    return used;
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    // RFC 3986 section 2.3: unreserved
    "azAZ09-._~, azAZ09-._~",
    // RFC 3986 section 2.2: reserved
    "':/?#[]@', %3A%2F%3F%23%5B%5D%40",
    "'!$&''()*+,;=', %21%24%26%27%28%29%2A%2B%2C%3B%3D",
    // RFC 3986 section 2.5: UTF-8
    "ü, %C3%BC",
    "€, %E2%82%AC",
    "😀, %F0%9F%98%80",
    "'a\r\nb', a%0D%0Ab",
    "{x}, %7Bx%7D",
    "a%20b, a%2520b",
  })
  void aValueIsPercentEncoded(String value, String encoded) {
    assertThat(UriTemplate.expand("{v}", Map.of("v", value), List.of())).isEqualTo(encoded);
  }

  @Test
  void aNulIsPercentEncoded() {
    assertThat(UriTemplate.expand("{v}", Map.of("v", "\0"), List.of())).isEqualTo("%00");
  }

  @Test
  void aTemplateWithoutVariablesIsKeptAsItIs() {
    String template = "/a%2fb?c=d#e";
    assertThat(UriTemplate.expand(template, Map.of(), List.of())).isSameAs(template);
  }

  @Test
  void aVariableWithoutAValueIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand("/u/{id}", Map.of(), List.of()))
        .withMessageContaining("'/u/{id}'")
        .withMessageContaining("path(\"id\"");
  }

  @Test
  void aValueWithoutAVariableIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand("/u", Map.of("id", "1"), List.of()))
        .withMessageContaining("[id]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "/u/{id", "/{a}/{b"})
  void aVariableThatNeverEndsIsRefused(String template) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand(template, Map.of("a", "1"), List.of()))
        .withMessageContaining(template);
  }

  @Test
  void aValueIsNotExpandedAgain() {
    assertThat(UriTemplate.expand("{a}{b}", Map.of("a", "{b}", "b", "c"), List.of()))
        .isEqualTo("%7Bb%7Dc");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "/a, /a?q=1&r=2",
    "/a?x=y, /a?x=y&q=1&r=2",
    "/a#f, /a?q=1&r=2#f",
    "/a?x#f, /a?x&q=1&r=2#f",
    "/a#f?g, /a?q=1&r=2#f?g",
    "'', ?q=1&r=2",
  })
  void parametersAreAppendedBehindTheQueryAndBeforeTheFragment(String template, String expanded) {
    assertThat(UriTemplate.expand(template, Map.of(), List.of("q", "1", "r", "2")))
        .isEqualTo(expanded);
  }

  @Test
  void theSameParameterMayBeAppendedTwice() {
    assertThat(UriTemplate.expand("/", Map.of(), List.of("q", "1", "q", "2")))
        .isEqualTo("/?q=1&q=2");
  }

  @Test
  void aQuestionMarkInAValueBeginsNoQuery() {
    assertThat(UriTemplate.expand("/{v}", Map.of("v", "a?b#c"), List.of("q", "1")))
        .isEqualTo("/a%3Fb%23c?q=1");
  }

  @Property
  void everyValueComesBackFromThePath(@ForAll String value) {
    String reference = UriTemplate.expand("/x/{v}/y", Map.of("v", value), List.of());

    String segment = URI.create(reference).getRawPath().split("/", -1)[2];
    assertThat(decoded(segment)).isEqualTo(asUtf8(value));
  }

  @Property
  void everyParameterComesBackFromTheQuery(@ForAll @Size(min = 1, max = 5) List<String> values) {
    List<String> pairs = new ArrayList<>();
    values.forEach(value -> pairs.addAll(List.of(value + "n", value)));

    String query = URI.create(UriTemplate.expand("/", Map.of(), pairs)).getRawQuery();

    List<String> back = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      back.add(decoded(pair.substring(0, pair.indexOf('='))));
      back.add(decoded(pair.substring(pair.indexOf('=') + 1)));
    }
    assertThat(back).isEqualTo(pairs.stream().map(UriTemplateTest::asUtf8).toList());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Half a surrogate pair has no UTF-8 form and becomes a question mark. */
  private static String asUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
