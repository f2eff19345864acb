package org.sessionregistry.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
  @Test
  void whatIsAcceptedIsWhatIsThere() {
    assertThat(ContentCoding.accepted()).isEqualTo("gzip, deflate, br, zstd");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        // RFC 9110 section 8.4
        "gzip; gzip",
        "GZip; gzip",
        "x-gzip; gzip",
        "deflate; deflate",
        "br; br",
        "zstd; zstd",
        "gzip, br; gzip br",
        "'gzip ,\tbr'; gzip br",
        "identity; ''",
        "''; ''",
        "', ,'; ''",
        "gzip, identity; gzip",
        "gzip, gzip, gzip; gzip gzip gzip",
        "gzip, gzip, gzip, gzip; unknown",
        "compress; unknown",
        "gzip, aes128gcm; unknown",
      })
  void theFieldSaysWhatWasApplied(String value, String codings) {
    Optional<List<ContentCoding>> applied = ContentCoding.applied(List.of(value));
    assertThat(
            applied
                .map(all -> all.stream().map(Object::toString).collect(Collectors.joining(" ")))
                .orElse("unknown"))
        .isEqualTo(codings);
  }

  @Test
  void severalFieldsAreOneList() {
    // RFC 9110 section 5.3
    assertThat(ContentCoding.applied(List.of("gzip", "br")))
        .contains(List.of(ContentCoding.GZIP, ContentCoding.BROTLI));
    assertThat(ContentCoding.applied(List.of())).contains(List.of());
  }

  @Test
  void withoutTheLibrariesThereIsLess() throws Exception {
    URL classes = ContentCoding.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> coding = alone.loadClass(ContentCoding.class.getName());
      assertThat(coding.getMethod("accepted").invoke(null)).isEqualTo("gzip, deflate");
      assertThat(coding.getMethod("applied", List.class).invoke(null, List.of("br")))
          .isEqualTo(Optional.empty());
    }
  }
}
