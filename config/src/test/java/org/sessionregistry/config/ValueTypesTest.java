package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text to values and back. */
class ValueTypesTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S, 0",
    "0s, PT0S, 0",
    "250ms, PT0.25S, 250ms",
    "1500ms, PT1.5S, 1500ms",
    "90s, PT1M30S, 90s",
    "60s, PT1M, 1m",
    "5m, PT5M, 5m",
    "24h, PT24H, 1d",
    "1d, PT24H, 1d",
    "36h, PT36H, 36h",
    "PT30S, PT30S, 30s",
    "pt0.5s, PT0.5S, 500ms",
    "P1D, PT24H, 1d",
    "PT0.000001S, PT0.000001S, PT0.000001S",
    "' 5s ', PT5S, 5s"
  })
  void durationsAreReadAndWritten(String text, Duration value, String formatted) {
    Durations durations = new Durations();
    assertThat(durations.parse(text)).isEqualTo(value);
    assertThat(durations.format(value)).isEqualTo(formatted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", " a , b ,", ",a,,b", "a\n,b"})
  void listsAreStrippedAndHaveNoEmptyElements(String text) {
    assertThat(new Lists().parse(text)).isEqualTo(List.of("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\,b,c"})
  void aBackslashKeepsAComma(String text) {
    Lists lists = new Lists();
    assertThat(lists.parse(text)).isEqualTo(List.of("a,b", "c"));
    assertThat(lists.format(lists.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(Root.class)
  void everySettingsDefaultIsReadBackAsItIsWritten(Root root) {
    assertThat(root.keys().all())
        .isNotEmpty()
        .filteredOn(setting -> !setting.map())
        .allSatisfy(
            setting -> {
              Object value = setting.path().get(root.keys().defaults());
              String text = setting.type().format(value);
              if (!text.isEmpty()) {
                assertThat(setting.type().parse(text)).isEqualTo(value);
              }
            });
  }
}
