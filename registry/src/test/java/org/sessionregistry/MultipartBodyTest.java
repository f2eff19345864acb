package org.sessionregistry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartBodyTest {
  @TempDir Path directory;

  private static String text(MultipartBody body) {
    Collector collector = new Collector();
    body.open(Runnable::run).subscribe(collector);
    collector.subscription.request(Long.MAX_VALUE);
    assertThat(collector.failure).isNull();
    assertThat(collector.completions).isEqualTo(1);
    return new String(collector.bytes(), UTF_8).replace(body.boundary(), "B");
  }

  @Test
  void aFormOfAFieldAndAFileIsWrittenAsTheStandardSays() throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "content");
    MultipartBody body =
        MultipartBody.form().field("title", "Grüße").file("doc", file, "text/plain").build();

    // RFC 7578 section 4, RFC 2046 section 5.1.1
    assertThat(text(body))
        .isEqualTo(
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nGrüße"
                + "\r\n--B\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\ncontent\r\n--B--\r\n");
    assertThat(body.contentType()).contains("multipart/form-data; boundary=" + body.boundary());
  }

  @Test
  void theLengthIsWhatIsWritten() throws Exception {
    Path file = Files.write(directory.resolve("a.bin"), new byte[100_000]);
    MultipartBody body = MultipartBody.form().field("ä", "ö").file("f", file).build();
    int dashes = 3 * (body.boundary().length() - 1);
    assertThat(body.contentLength()).hasValue(text(body).getBytes(UTF_8).length + dashes);
    assertThat(body.replayable()).isTrue();
    assertThat(text(body)).isEqualTo(text(body));
  }

  @Test
  void oneUnknownLengthMakesTheWholeUnknown() {
    RequestBody stream = RequestBody.ofInputStream(() -> new ByteArrayInputStream(new byte[1]));
    MultipartBody body = MultipartBody.form().field("a", "b").part("s", stream).build();
    assertThat(body.contentLength()).isEmpty();
    assertThat(body.replayable()).isTrue();
  }

  @Test
  void onePartThatCannotBeSentAgainForbidsItForAll() {
    RequestBody once = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[1]));
    assertThat(MultipartBody.form().part("s", once).build().replayable()).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    // RFC 7578 section 4.2; WHATWG HTML section 4.10.21.8, multipart/form-data encoding
    "4.2, 'a\"b', 'a%22b'",
    "4.2, 'a\r\nb', 'a%0D%0Ab'",
    "4.2, 'a%22b', 'a%22b'",
    "4.2, 'a\\b', 'a\\b'",
    "5.1, 'Grüße €', 'Grüße €'",
  })
  void namesCannotLeaveTheirQuotes(String section, String name, String escaped) {
    RequestBody none = RequestBody.ofBytes(new byte[0], "a/b");
    assertThat(text(MultipartBody.form().part(name, name, none).build()))
        .startsWith(
            "--B\r\nContent-Disposition: form-data; name=\""
                + escaped
                + "\"; filename=\""
                + escaped
                + "\"\r\nContent-Type: a/b\r\n\r\n");
  }

  @Test
  void anotherSubtypeHasTheHeadersThatItsPartsAreGiven() {
    MultipartBody body =
        MultipartBody.of("related")
            .part(Headers.of("Content-ID", "<1>"), RequestBody.ofText("one"))
            .part(Headers.of("content-type", "x/y"), RequestBody.ofText("two"))
            .build();
    assertThat(text(body))
        .isEqualTo(
            "--B\r\nContent-ID: <1>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\none"
                + "\r\n--B\r\ncontent-type: x/y\r\n\r\ntwo\r\n--B--\r\n");
    assertThat(body.contentType().orElseThrow()).startsWith("multipart/related; boundary=");
  }

  @Test
  void bodiesCanBeNested() {
    MultipartBody inner = MultipartBody.of("mixed").part("a", RequestBody.ofText("x")).build();
    MultipartBody outer = MultipartBody.form().part("files", inner).build();
    assertThat(text(outer))
        .contains("Content-Type: multipart/mixed; boundary=" + inner.boundary())
        .contains("\r\n--" + inner.boundary() + "--\r\n\r\n--B--\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\0b", "a\u0001b"})
  void aHeaderCannotSmuggleALine(String value) {
    MultipartBodyBuilder body = MultipartBody.of("mixed");
    RequestBody part = RequestBody.ofText("x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> body.part(Headers.of("A", value), part))
        .withMessageContaining("'A'");
    assertThatIllegalArgumentException().isThrownBy(() -> body.part(Headers.of(value, "a"), part));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> body.part("n", RequestBody.ofBytes(new byte[0], value)));
  }

  @Test
  void aBodyWithoutPartsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultipartBody.form().build())
        .withMessageContaining("5.1.1");
  }

  @Test
  void aSubtypeIsAToken() {
    assertThatIllegalArgumentException().isThrownBy(() -> MultipartBody.of("a b"));
  }

  @Test
  void aFileThatIsNotThereIsRefusedAtOnce() {
    assertThatThrownBy(() -> MultipartBody.form().file("f", directory.resolve("none")))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void eachBodyHasABoundaryOfItsOwn() {
    assertThat(MultipartBody.form().field("a", "b").build().boundary())
        .matches("[a-zA-Z0-9]{40}")
        .isNotEqualTo(MultipartBody.form().field("a", "b").build().boundary());
  }
}
