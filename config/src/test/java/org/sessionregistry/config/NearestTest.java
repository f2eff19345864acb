package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far two words are apart. */
class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', ab, 2",
    "total, total, 0",
    "totl, total, 1",
    "tootal, total, 1",
    "tocal, total, 1",
    "totla, total, 1",
    "kitten, sitting, 3"
  })
  void theDistanceCountsInsertedDeletedReplacedAndSwappedCharacters(String a, String b, int d) {
    assertThat(Nearest.distance(a, b)).isEqualTo(d);
    assertThat(Nearest.distance(b, a)).isEqualTo(d);
  }

  @ParameterizedTest
  @CsvSource({"h2, 2", "1.0, 1.1", "2., 2"})
  void aShortWordIsNearWhenOneCharacterDiffers(String word, String candidate) {
    assertThat(Nearest.isNear(word, candidate)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "x, 2", "'', 2"})
  void wordsWithoutACommonCharacterAreNotNear(String word, String candidate) {
    assertThat(Nearest.isNear(word, candidate)).isFalse();
  }
}
