package org.sessionregistry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormBodyTest {
  private static String text(RequestBody body) {
    return new String(body.inMemory().orElseThrow(), US_ASCII);
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    // WHATWG URL section 1.3, the application/x-www-form-urlencoded percent-encode set
    "1.3, azAZ09, azAZ09",
    "1.3, '*-._', '*-._'",
    "1.3, '~', '%7E'",
    "1.3, '!''()', '%21%27%28%29'",
    "1.3, '&=+%', '%26%3D%2B%25'",
    "1.3, 'a\r\nb', 'a%0D%0Ab'",
    // section 5.2, serializing: a space is a plus, the rest is UTF-8
    "5.2, 'a b', 'a+b'",
    "5.2, 'ü€😀', '%C3%BC%E2%82%AC%F0%9F%98%80'",
    "5.2, '', ''",
  })
  void aPartIsEncodedAsTheStandardSays(String section, String text, String encoded) {
    FormBody form = FormBody.builder().field(text, text).build();
    assertThat(text(form)).isEqualTo(encoded + "=" + encoded);
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    // WHATWG Infra section 4.6: a string becomes scalar values first
    assertThat(text(FormBody.builder().field("a", "\uD83D!").build())).isEqualTo("a=%EF%BF%BD%21");
  }

  @Test
  void fieldsKeepTheirOrderAndMayBeRepeated() {
    FormBody form = FormBody.builder().field("b", 1).field("a", true).field("b", 2).build();
    assertThat(text(form)).isEqualTo("b=1&a=true&b=2");
  }

  @Test
  void aMapBecomesAFormAndACollectionSeveralFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("user", "ada");
    fields.put("tag", List.of("x", "y"));
    assertThat(text(RequestBody.ofForm(fields))).isEqualTo("user=ada&tag=x&tag=y");
  }

  @Test
  void aFormSaysItsTypeAndLengthAndCanBeSentAgain() {
    FormBody form = FormBody.builder().field("a", "b").build();
    assertThat(form.contentType()).contains("application/x-www-form-urlencoded");
    assertThat(form.contentLength()).hasValue(3);
    assertThat(form.replayable()).isTrue();
  }

  @Test
  void aFormWithoutFieldsIsEmpty() {
    assertThat(text(FormBody.builder().build())).isEmpty();
  }

  @Test
  void theTextFormHidesTheFields() {
    assertThat(FormBody.builder().field("password", "s3cr3t").build())
        .hasToString("FormBody[1 fields]");
  }

  @Property
  void whatWasEncodedIsDecodedAgain(@ForAll String name, @ForAll String value) {
    String text = text(FormBody.builder().field(name, value).build());
    String[] parts = text.split("=", 2);
    assertThat(parts[0]).matches("[-a-zA-Z0-9*._+%]*");
    if (StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      assertThat(URLDecoder.decode(parts[1], StandardCharsets.UTF_8)).isEqualTo(value);
    }
  }
}
