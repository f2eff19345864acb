package org.sessionregistry.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.Headers;

class ValidatorTest {
  private static final String MODIFIED = "Sun, 06 Nov 1994 08:49:37 GMT";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}: {1} {2} {3}")
  @CsvSource({
    // RFC 9110 section 13.1.5: a strong validator only
    "13.1.5, ETag, '\"a\"', x, y, '\"a\"'",
    "13.1.5, ETag, 'W/\"a\"', x, y,",
    "13.1.5, ETag, 'a', x, y,",
    // section 8.8.2.2: a date is strong a second later
    "8.8.2.2, Last-Modified, M, Date, 'Sun, 06 Nov 1994 08:49:38 GMT', M",
    "8.8.2.2, Last-Modified, M, Date, 'Sun, 06 Nov 1994 08:49:37 GMT',",
    "8.8.2.2, Last-Modified, M, x, y,",
    "8.8.2.2, Last-Modified, yesterday, Date, 'Sun, 06 Nov 1994 08:49:38 GMT',",
    // section 8.4: encoded bytes are counted otherwise; section 14.3: no ranges
    "8.4, ETag, '\"a\"', Content-Encoding, gzip,",
    "14.3, ETag, '\"a\"', Accept-Ranges, None,",
  })
  void onlyWhatIsStrongIsKept(
      String section, String name, String value, String other, String otherValue, String kept) {
    Headers headers = Headers.of(name, value.equals("M") ? MODIFIED : value, other, otherValue);
    assertThat(Validator.of(headers))
        .isEqualTo(Optional.ofNullable("M".equals(kept) ? MODIFIED : kept));
  }

  @ParameterizedTest(name = "{0} is the rest from 10: {1}")
  @CsvSource({
    // RFC 9110 section 14.4
    "bytes 10-99/100, true",
    "Bytes 10-99/*, true",
    "bytes 11-99/100, false",
    "bytes 10-98/100, false",
    "bytes 10-100/100, false",
    "bytes 10-9/100, false",
    "bytes */100, false",
    "lines 10-99/100, false",
  })
  void aRangeIsTheRestOrNot(String field, boolean rest) {
    assertThat(ContentRange.parse(field).filter(r -> r.isRestFrom(10)).isPresent()).isEqualTo(rest);
  }

  @Test
  void twoDownloadsDoNotWriteTheSamePart() throws Exception {
    Remains remains = new Remains(directory.resolve("a"), "/a");
    PartialFile first = PartialFile.lasting(remains, Optional.of("\"v\""), 0);
    first.write(ByteBuffer.wrap(new byte[5]));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> PartialFile.lasting(remains, Optional.of("\"w\""), 0))
        .withMessageContaining("another download");
    first.abandon();
    assertThat(remains.validator()).contains("\"v\"");
    assertThat(remains.size()).isEqualTo(5);
    assertThat(new Remains(directory.resolve("a"), "/b").size()).isZero();
  }

  @Test
  void aPartThatBecameShorterIsNotContinued() throws Exception {
    Remains remains = new Remains(directory.resolve("a"), "/a");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> PartialFile.lasting(remains, Optional.of("\"v\""), 7));
    assertThat(Files.exists(directory.resolve("a"))).isFalse();
  }
}
