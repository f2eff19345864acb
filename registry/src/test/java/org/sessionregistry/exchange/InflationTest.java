package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that come in compressed, and that what {@link Deflation} makes comes out again. */
class InflationTest {
  private static byte[] all(Inflation inflation, byte[] fragment, boolean last)
      throws WebSocketViolation {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    inflation.take(fragment, last);
    while (!inflation.isUsedUp()) {
      out.writeBytes(inflation.next());
    }
    return out.toByteArray();
  }

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes.replace(" ", ""));
  }

  @ParameterizedTest(name = "section {0}")
  @CsvSource({
    // RFC 7692, the examples, each of them "Hello"
    "7.2.3.1, f2 48 cd c9 c9 07 00",
    "7.2.3.3, 00 05 00 fa ff 48 65 6c 6c 6f 00",
    "7.2.3.4, f3 48 cd c9 c9 07 00 00",
    "7.2.3.5, f2 48 05 00 00 00 ff ff ca c9 c9 07 00",
  })
  void theExamplesOfTheSpecification(String section, String payload) throws WebSocketViolation {
    try (Inflation inflation = new Inflation(false)) {
      assertThat(all(inflation, hex(payload), true)).asString(UTF_8).isEqualTo("Hello");
    }
  }

  @Test
  void aMessageMayGoBackToTheOneBefore() throws WebSocketViolation { // section 7.2.3.2
    try (Inflation inflation = new Inflation(false)) {
      assertThat(all(inflation, hex("f248cdc9c90700"), true)).asString(UTF_8).isEqualTo("Hello");
      assertThat(all(inflation, hex("f200110000"), true)).asString(UTF_8).isEqualTo("Hello");
    }
  }

  @Test
  void aMessageThatStandsForItselfMayNot() throws WebSocketViolation { // section 7.1.1.1
    try (Inflation inflation = new Inflation(true)) {
      all(inflation, hex("f248cdc9c90700"), true);
      assertThatExceptionOfType(WebSocketViolation.class)
          .isThrownBy(() -> all(inflation, hex("f200110000"), true))
          .satisfies(e -> assertThat(e.code).isEqualTo(CloseCodes.INVALID_DATA));
    }
  }

  @Test
  void aMessageWithoutDataIsEmpty() throws WebSocketViolation { // section 7.2.3.6
    try (Inflation inflation = new Inflation(false)) {
      assertThat(all(inflation, hex("00"), true)).isEmpty();
    }
  }

  @Test
  void whatIsNotCompressedIsAViolation() {
    try (Inflation inflation = new Inflation(false)) {
      assertThatExceptionOfType(WebSocketViolation.class)
          .isThrownBy(() -> all(inflation, hex("07 ff ff"), true))
          .withMessageContaining("cannot be decompressed");
    }
  }

  @Test
  void aSmallFrameDoesNotFillTheMemory() throws WebSocketViolation {
    byte[] large = new byte[10 << 20];
    byte[] small;
    try (Deflation deflation = new Deflation(false)) {
      small = deflation.deflate(large, true);
    }
    assertThat(small.length).isLessThan(20_000);
    try (Inflation inflation = new Inflation(false)) {
      inflation.take(small, true);
      int length = 0;
      while (!inflation.isUsedUp()) {
        byte[] piece = inflation.next();
        assertThat(piece.length).isLessThanOrEqualTo(16 * 1024);
        length += piece.length;
      }
      assertThat(length).isEqualTo(large.length);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatGoesInComesOut(boolean forgetful) throws WebSocketViolation {
    Random random = new Random(7);
    try (Deflation deflation = new Deflation(forgetful);
        Inflation inflation = new Inflation(forgetful)) {
      for (int i = 0; i < 300; i++) {
        byte[] message = new byte[random.nextInt(i % 10 == 0 ? 100_000 : 300)];
        int letters = 1 + random.nextInt(256);
        for (int b = 0; b < message.length; b++) {
          message[b] = (byte) random.nextInt(letters);
        }
        int cut = random.nextInt(message.length + 1);
        byte[] first = deflation.deflate(Arrays.copyOf(message, cut), false);
        byte[] second = deflation.deflate(Arrays.copyOfRange(message, cut, message.length), true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Fragments may be cut anew on the way (RFC 6455 section 5.4).
        int moved = random.nextInt(first.length + 1);
        out.writeBytes(all(inflation, Arrays.copyOf(first, moved), false));
        out.writeBytes(all(inflation, Arrays.copyOfRange(first, moved, first.length), false));
        out.writeBytes(all(inflation, second, true));
        assertThat(out.toByteArray()).isEqualTo(message);
      }
    }
  }
}
