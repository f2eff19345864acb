package org.sessionregistry.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.AsciiString;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadWordsTest {
  private final HeadWords words = new HeadWords();

  private AsciiString word(String text) {
    byte[] line = (": " + text + " \r\n").getBytes(ISO_8859_1);
    return words.of(line, 2, text.length());
  }

  @Test
  void aWordIsMadeOnce() {
    AsciiString first = word("Content-Type");
    assertThat(first.toString()).isEqualTo("Content-Type");
    assertThat(word("Content-Type") == first).isTrue();
    assertThat(word("Content-Type").toString()).isSameAs(first.toString());
  }

  @Test
  void itIsWrittenAsTheServerWritesIt() {
    assertThat(word("ETag").toString()).isEqualTo("ETag");
    assertThat(word("etag").toString()).isEqualTo("etag");
  }

  @Test
  void aLongOneIsNotKept() {
    String text = "x".repeat(41);
    assertThat(word(text).toString()).isEqualTo(text);
    assertThat(word(text) == word(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverWasSaidBeforeEachIsItself(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int c = random.nextInt(4); c >= 0; c--) {
        text.append((char) (1 + random.nextInt(255)));
      }
      assertThat(word(text.toString()).toString()).isEqualTo(text.toString());
    }
    assertThat(words.of(new byte[0], 0, 0).toString()).isEmpty();
  }
}
