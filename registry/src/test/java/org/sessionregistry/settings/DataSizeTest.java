package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
  @ParameterizedTest(name = "{0} is {1} bytes, written {2}")
  @CsvSource({
    "0, 0, 0",
    "512, 512, 512",
    "512B, 512, 512",
    "1023, 1023, 1023",
    "1024, 1024, 1KiB",
    "16KiB, 16384, 16KiB",
    "16 kib, 16384, 16KiB",
    "' 8MIB ', 8388608, 8MiB",
    "1536KiB, 1572864, 1536KiB",
    "1024MiB, 1073741824, 1GiB",
    "8589934591GiB, 9223372035781033984, 8589934591GiB",
  })
  void aSizeIsReadAndWritten(String text, long bytes, String written) {
    assertThat(DataSize.parse(text)).contains(new DataSize(bytes));
    assertThat(new DataSize(bytes)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KiB",
        "-1",
        "1.5MiB",
        "1KB",
        "1TiB",
        "1 2",
        "0x10",
        "8589934592GiB",
        "9999999999999999999",
        "١KiB"
      })
  void whatIsNoSizeIsEmpty(String text) {
    assertThat(DataSize.parse(text)).isEmpty();
  }

  @Test
  void aNegativeSizeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1));
  }

  @Test
  void multiplesAreBinary() {
    assertThat(DataSize.ofKibibytes(3)).isEqualTo(new DataSize(3072));
    assertThat(DataSize.ofMebibytes(2)).isEqualTo(new DataSize(2097152));
  }

  @Test
  void aMultipleThatOverflowsIsRefused() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> DataSize.ofMebibytes(Long.MAX_VALUE / 1024));
  }

  @Property
  void everySizeIsReadBackAsItIsWritten(
      @ForAll @LongRange(max = 999_999_999_999_999_999L) long bytes) {
    DataSize size = new DataSize(bytes);
    assertThat(DataSize.parse(size.toString())).contains(size);
  }
}
