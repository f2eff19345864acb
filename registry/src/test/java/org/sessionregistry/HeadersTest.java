package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  private final Headers headers =
      Headers.of("Vary", "Accept", "Set-Cookie", "a=1", "vary", "Origin", "Set-Cookie", "b=2");

  @ParameterizedTest
  @ValueSource(strings = {"Vary", "vary", "VARY"})
  void aNameIsFoundInAnyCase(String name) {
    assertThat(headers.first(name)).contains("Accept");
  }

  @Test
  void repeatedFieldsAreKeptApartInTheirOrder() {
    assertThat(headers.all("set-cookie")).containsExactly("a=1", "b=2");
  }

  @Test
  void aFieldThatIsNotThereHasNoValue() {
    assertThat(headers.first("Age")).isEmpty();
    assertThat(headers.all("Age")).isEmpty();
    assertThat(headers.contains("Age")).isFalse();
  }

  @Test
  void anEmptyValueIsAValue() {
    assertThat(Headers.of("X", "").first("x")).contains("");
    assertThat(Headers.of("X", "").contains("x")).isTrue();
  }

  @Test
  void eachNameIsNamedOnceInTheOrderOfItsFirstField() {
    assertThat(headers.names()).containsExactly("vary", "set-cookie");
  }

  @Test
  void repeatedFieldsAreCountedEach() {
    assertThat(headers.size()).isEqualTo(4);
  }

  @Test
  void aVisitorSeesTheFieldsInTheirOrderAsTheyWereWritten() {
    List<String> seen = new ArrayList<>();
    headers.forEach((name, value) -> seen.add(name + "=" + value));
    assertThat(seen)
        .containsExactly("Vary=Accept", "Set-Cookie=a=1", "vary=Origin", "Set-Cookie=b=2");
  }

  @Test
  void aNameWithoutAValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Headers.of("A", "1", "B"))
        .withMessageContaining("3");
  }

  @Test
  void changingTheGivenArrayChangesNothing() {
    String[] fields = {"A", "1"};
    Headers kept = Headers.of(fields);
    fields[1] = "2";
    assertThat(kept.first("A")).contains("1");
  }

  @Test
  void changingAReturnedListChangesNothing() {
    headers.all("set-cookie").clear();
    assertThat(headers.all("set-cookie")).hasSize(2);
  }

  @Test
  void theCaseOfANameDoesNotMatterForEquality() {
    assertThat(Headers.of("Accept", "a"))
        .isEqualTo(Headers.of("ACCEPT", "a"))
        .hasSameHashCodeAs(Headers.of("ACCEPT", "a"));
  }

  @Test
  void theCaseOfAValueMattersForEquality() {
    assertThat(Headers.of("Accept", "a")).isNotEqualTo(Headers.of("Accept", "A"));
  }

  @Test
  void theOrderMattersForEquality() {
    assertThat(Headers.of("A", "1", "B", "2")).isNotEqualTo(Headers.of("B", "2", "A", "1"));
  }

  @Test
  void noFieldsAreTheEmptyHeaders() {
    assertThat(Headers.of()).isSameAs(Headers.empty());
    assertThat(Headers.empty()).hasToString("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "proxy-authorization",
        "Cookie",
        "Set-Cookie",
        "X-Api-Key",
        "X-Auth-Token",
        "WWW-Authenticate"
      })
  void theTextFormMasksCredentials(String name) {
    assertThat(Headers.of(name, "s3cr3t")).hasToString("{" + name + ": *****}");
  }

  @Test
  void theTextFormShowsWhatIsNoCredential() {
    assertThat(Headers.of("Accept", "text/html", "Age", "3"))
        .hasToString("{Accept: text/html, Age: 3}");
  }
}
