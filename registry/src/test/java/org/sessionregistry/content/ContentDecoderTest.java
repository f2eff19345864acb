package org.sessionregistry.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.content.ContentException.Kind;

/** Bodies in each coding: whole, cut anywhere, broken, and far larger than they look. */
class ContentDecoderTest {
  private static final int PIECE = 16 * 1024;

  /** Compresses a little: words, and bytes without any order. */
  private static byte[] plain(int length) {
    Random random = new Random(4711);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    byte[] word = "again and ".getBytes(UTF_8);
    for (int at = 0; at + 2 * word.length < length; at += 3 * word.length) {
      System.arraycopy(word, 0, bytes, at, word.length);
    }
    return bytes;
  }

  private static void assertFails(Kind kind, byte[] encoded, String... codings) {
    assertThatExceptionOfType(ContentException.class)
        .isThrownBy(() -> Encoded.decode(Encoded.decoder(codings), encoded, PIECE))
        .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }

  // ---- each coding ----------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw deflate", "br", "zstd"})
  void aBodyMayBeCutAnywhere(String coding) throws Exception {
    byte[] plain = plain(700);
    byte[] encoded = Encoded.as(coding, plain);
    for (int cut = 0; cut <= encoded.length; cut++) {
      assertThat(Encoded.decode(Encoded.decoder(coding), encoded, PIECE, cut))
          .as("cut at " + cut)
          .isEqualTo(plain);
    }
    int[] everywhere = IntStream.range(0, encoded.length).toArray();
    assertThat(Encoded.decode(Encoded.decoder(coding), encoded, 3, everywhere)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({"gzip, 1", "gzip, 100000", "deflate, 7", "raw deflate, 999", "br, 1", "zstd, 13"})
  void aPieceIsAsLargeAsItsReaderWants(String coding, int piece) throws Exception {
    byte[] plain = plain(300_000);
    assertThat(Encoded.decode(Encoded.decoder(coding), Encoded.as(coding, plain), piece))
        .isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw deflate", "br", "zstd"})
  void nothingEncodedIsNothing(String coding) throws Exception {
    assertThat(Encoded.decode(Encoded.decoder(coding), Encoded.as(coding, new byte[0]), PIECE))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void noBodyIsEmptyInEachCoding(String coding) throws Exception {
    assertThat(Encoded.decode(Encoded.decoder(coding), new byte[0], PIECE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw deflate", "br", "zstd"})
  void aBodyThatEndsTooEarlyIsTruncated(String coding) throws Exception {
    byte[] encoded = Encoded.as(coding, plain(500));
    for (int length = 1; length < encoded.length; length++) {
      assertFails(Kind.TRUNCATED, Arrays.copyOf(encoded, length), coding);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void garbageIsCorrupt(String coding) {
    byte[] garbage = new byte[1000];
    Arrays.fill(garbage, (byte) 0xFF);
    assertFails(Kind.CORRUPT, garbage, coding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void aBitThatHasTurnedOverIsFound(String coding) throws Exception {
    byte[] plain = plain(400);
    byte[] encoded = Encoded.as(coding, plain);
    int header = coding.equals("gzip") ? 10 : 2;
    int caught = 0;
    for (int at = header; at < encoded.length; at++) {
      byte[] broken = encoded.clone();
      broken[at] ^= 0x10;
      try {
        assertThat(Encoded.decode(Encoded.decoder(coding), broken, PIECE))
            .as("byte " + at + ", a bit that means nothing")
            .isEqualTo(plain);
      } catch (ContentException found) {
        caught++;
      }
    }
    assertThat(caught).isGreaterThan(encoded.length - header - 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw deflate", "br", "zstd"})
  void whatFollowsTheEndIsRefused(String coding) throws Exception {
    byte[] encoded = Encoded.as(coding, plain(100));
    byte[] more = Arrays.copyOf(encoded, encoded.length + 9);
    Arrays.fill(more, encoded.length, more.length, (byte) 'x');
    assertThatExceptionOfType(ContentException.class)
        .isThrownBy(() -> Encoded.decode(Encoded.decoder(coding), more, PIECE, encoded.length));
  }

  /** A gibibyte of zeros, in the memory that its reader has. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void aBombIsReadPieceByPiece(String coding) throws Exception {
    byte[] mebibyte = new byte[1 << 20];
    long size = 1L << 30;
    byte[] bomb = bomb(coding, mebibyte, 1024);
    assertThat(bomb.length).isLessThan(2 << 20);
    long all = 0;
    byte[] into = new byte[PIECE];
    try (ContentDecoder decoder = Encoded.decoder(coding)) {
      decoder.input(bomb);
      for (int n = decoder.decode(into, 0, PIECE); n > 0; n = decoder.decode(into, 0, PIECE)) {
        all += n;
      }
      decoder.endOfInput();
      assertThat(decoder.decode(into, 0, PIECE)).isZero();
      assertThat(decoder.isAtEnd()).isTrue();
    }
    assertThat(all).isEqualTo(size);
  }

  private static byte[] bomb(String coding, byte[] part, int times) throws Exception {
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    ContentCoding.accepted();
    try (OutputStream out =
        switch (coding) {
          case "gzip" -> new GZIPOutputStream(made);
          case "br" ->
              new com.aayushatharva.brotli4j.encoder.BrotliOutputStream(
                  made, new com.aayushatharva.brotli4j.encoder.Encoder.Parameters().setQuality(2));
          default -> new com.github.luben.zstd.ZstdOutputStream(made);
        }) {
      for (int i = 0; i < times; i++) {
        out.write(part);
      }
    }
    return made.toByteArray();
  }

  // ---- gzip (RFC 1952) ------------------------------------------------------------------------

  @ParameterizedTest(name = "flags {0}")
  @ValueSource(ints = {0x00, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1E, 0x1F, 0x0A, 0x14})
  void eachFieldOfTheHeaderIsSkipped(int flags) throws Exception {
    // RFC 1952 section 2.3.1: FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT
    byte[] plain = plain(50);
    byte[] encoded = withHeader(flags, plain, 0);
    for (int cut = 0; cut <= encoded.length; cut++) {
      assertThat(Encoded.decode(Encoded.decoder("gzip"), encoded, PIECE, cut)).isEqualTo(plain);
    }
  }

  @Test
  void aWrongChecksumOfTheHeaderIsFound() throws Exception {
    assertFails(Kind.CORRUPT, withHeader(0x02, plain(50), 1), "gzip");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20, 0x40, 0x80})
  void reservedFlagsAreRefused(int flags) throws Exception {
    // RFC 1952 section 2.3.1.2
    assertFails(Kind.CORRUPT, withHeader(flags, plain(50), 0), "gzip");
  }

  @Test
  void anEmptyExtraFieldIsNone() throws Exception {
    byte[] gzip = Encoded.as("gzip", plain(50));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(gzip, 0, 3);
    out.write(0x04);
    out.write(gzip, 4, 6);
    out.write(new byte[2]);
    out.write(gzip, 10, gzip.length - 10);
    assertThat(Encoded.decode(Encoded.decoder("gzip"), out.toByteArray(), PIECE))
        .isEqualTo(plain(50));
  }

  @Test
  void aNameWithoutEndIsRefused() {
    byte[] endless = new byte[200_000];
    Arrays.fill(endless, (byte) 'n');
    System.arraycopy(new byte[] {0x1F, (byte) 0x8B, 8, 0x08}, 0, endless, 0, 4);
    assertFails(Kind.CORRUPT, endless, "gzip");
  }

  private static byte[] withHeader(int flags, byte[] plain, int error) throws Exception {
    byte[] gzip = Encoded.as("gzip", plain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(gzip, 0, 3);
    out.write(flags);
    out.write(gzip, 4, 6);
    if ((flags & 0x04) != 0) {
      out.write(new byte[] {3, 0, 'e', 'x', 't'});
    }
    if ((flags & 0x08) != 0) {
      out.write("name\0".getBytes(UTF_8));
    }
    if ((flags & 0x10) != 0) {
      out.write("comment\0".getBytes(UTF_8));
    }
    if ((flags & 0x02) != 0) {
      CRC32 crc = new CRC32();
      crc.update(out.toByteArray());
      int sum = (int) crc.getValue() + error;
      out.write(sum);
      out.write(sum >> 8);
    }
    out.write(gzip, 10, gzip.length - 10);
    return out.toByteArray();
  }

  @Test
  void severalMembersAreOneBody() throws Exception {
    // RFC 1952 section 2.2
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Encoded.as("gzip", "one,".getBytes(UTF_8)));
    out.write(Encoded.as("gzip", new byte[0]));
    out.write(Encoded.as("gzip", "two".getBytes(UTF_8)));
    byte[] members = out.toByteArray();
    for (int cut = 0; cut <= members.length; cut++) {
      assertThat(Encoded.decode(Encoded.decoder("gzip"), members, PIECE, cut))
          .asString()
          .isEqualTo("one,two");
    }
    assertFails(Kind.TRUNCATED, Arrays.copyOf(members, members.length - 1), "gzip");
  }

  @Test
  void zerosAfterTheLastMemberArePadding() throws Exception {
    byte[] gzip = Encoded.as("gzip", plain(50));
    byte[] padded = Arrays.copyOf(gzip, gzip.length + 512);
    assertThat(Encoded.decode(Encoded.decoder("gzip"), padded, PIECE)).isEqualTo(plain(50));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 7, 6, 5, 4, 3, 2, 1})
  void theChecksumAndTheLengthAreChecked(int fromEnd) throws Exception {
    byte[] gzip = Encoded.as("gzip", plain(50));
    gzip[gzip.length - fromEnd]++;
    assertFails(Kind.CORRUPT, gzip, "gzip");
  }

  // ---- deflate --------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 9})
  void bothKindsOfDeflateAreToldApartAtEachLevel(int level) throws Exception {
    byte[] plain = plain(1000);
    for (boolean bare : new boolean[] {false, true}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Deflater deflater = new Deflater(level, bare);
      try (OutputStream deflate = new DeflaterOutputStream(out, deflater)) {
        deflate.write(plain);
      }
      deflater.end();
      assertThat(Encoded.decode(Encoded.decoder("deflate"), out.toByteArray(), PIECE))
          .isEqualTo(plain);
    }
  }

  @Test
  void aDictionaryThatNobodyHasIsRefused() {
    // RFC 1950 section 2.2: FDICT
    assertFails(Kind.CORRUPT, new byte[] {0x78, (byte) 0xBB, 1, 2, 3, 4, 5}, "deflate");
  }

  // ---- zstd -----------------------------------------------------------------------------------

  @Test
  void severalFramesAreOneBody() throws Exception {
    // RFC 8878 section 3
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Encoded.as("zstd", "one,".getBytes(UTF_8)));
    out.write(Encoded.as("zstd", "two".getBytes(UTF_8)));
    assertThat(Encoded.decode(Encoded.decoder("zstd"), out.toByteArray(), PIECE))
        .asString()
        .isEqualTo("one,two");
  }

  @Test
  void aWindowAboveTheLimitIsRefused() throws Exception {
    // RFC 9659 section 3: 8 MiB
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (com.github.luben.zstd.ZstdOutputStream zstd =
        new com.github.luben.zstd.ZstdOutputStream(out).setLong(25)) {
      zstd.write(new byte[1000]);
    }
    assertFails(Kind.CORRUPT, out.toByteArray(), "zstd");
  }

  // ---- chains ---------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"gzip, br, zstd", "zstd, gzip, gzip", "br, raw deflate, gzip"})
  void aChainIsTakenOffFromItsEnd(String first, String second, String third) throws Exception {
    byte[] plain = plain(300);
    byte[] encoded = Encoded.as(third, Encoded.as(second, Encoded.as(first, plain)));
    for (int cut = 0; cut <= encoded.length; cut++) {
      assertThat(Encoded.decode(Encoded.decoder(first, second, third), encoded, 100, cut))
          .isEqualTo(plain);
    }
    assertFails(Kind.TRUNCATED, Arrays.copyOf(encoded, encoded.length - 1), first, second, third);
  }

  @Test
  void anInnerCodingThatEndsTooEarlyIsTruncated() throws Exception {
    byte[] inner = Encoded.as("gzip", plain(300));
    assertFails(
        Kind.TRUNCATED, Encoded.as("br", Arrays.copyOf(inner, inner.length - 3)), "gzip", "br");
  }

  @Test
  void aBombThatDecodesToNothingIsRefused() throws Exception {
    byte[] empty = Encoded.as("gzip", new byte[0]);
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(made)) {
      for (int written = 0; written < 20 << 20; written += empty.length) {
        out.write(empty);
      }
    }
    assertFails(Kind.CORRUPT, made.toByteArray(), "gzip", "gzip");
  }

  // ---- its use --------------------------------------------------------------------------------

  @Test
  void aPartIsGivenWhenTheOneBeforeIsUsedUp() throws Exception {
    try (ContentDecoder decoder = Encoded.decoder("gzip")) {
      decoder.input(Encoded.as("gzip", plain(1000)));
      assertThatIllegalStateException().isThrownBy(() -> decoder.input(new byte[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void aDecoderThatIsClosedDecodesNoMore(String coding) throws Exception {
    ContentDecoder decoder = Encoded.decoder(coding);
    decoder.input(Encoded.as(coding, plain(1000)));
    decoder.decode(new byte[10], 0, 10);
    decoder.close();
    decoder.close();
    assertThatIllegalStateException().isThrownBy(() -> decoder.decode(new byte[10], 0, 10));
  }
}
