package org.sessionregistry.content;

import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Encodes, and decodes with the part and piece sizes that a test wants. */
final class Encoded {
  private Encoded() {}

  /** What a test calls a coding: those of HTTP, and the other kind of deflate. */
  static byte[] as(String coding, byte[] plain) throws IOException {
    return switch (coding) {
      case "gzip" -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(plain);
        }
        yield out.toByteArray();
      }
      case "deflate", "raw deflate" -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, coding.startsWith("raw"));
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
          deflate.write(plain);
        }
        deflater.end();
        yield out.toByteArray();
      }
      case "br" -> {
        ContentCoding.accepted(); // loads the native part
        yield Encoder.compress(plain);
      }
      case "zstd" -> Zstd.compress(plain);
      default -> throw new IllegalArgumentException(coding);
    };
  }

  static ContentDecoder decoder(String... codings) {
    List<String> names = Arrays.stream(codings).map(coding -> coding.replace("raw ", "")).toList();
    return ContentCoding.decoder(ContentCoding.applied(names).orElseThrow());
  }

  /** Decodes a body that comes in parts which end at the cuts. */
  static byte[] decode(ContentDecoder decoder, byte[] encoded, int piece, int... cuts)
      throws ContentException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (decoder) {
      int from = 0;
      for (int cut : cuts) {
        feed(decoder, Arrays.copyOfRange(encoded, from, cut), piece, out);
        from = cut;
      }
      feed(decoder, Arrays.copyOfRange(encoded, from, encoded.length), piece, out);
      decoder.endOfInput();
      drain(decoder, piece, out);
      if (!decoder.isAtEnd()) {
        throw new AssertionError("no output, no end, no failure");
      }
    }
    return out.toByteArray();
  }

  private static void feed(
      ContentDecoder decoder, byte[] part, int piece, ByteArrayOutputStream out)
      throws ContentException {
    decoder.input(part);
    drain(decoder, piece, out);
  }

  private static void drain(ContentDecoder decoder, int piece, ByteArrayOutputStream out)
      throws ContentException {
    byte[] into = new byte[piece + 2];
    for (int n = decoder.decode(into, 1, piece); n > 0; n = decoder.decode(into, 1, piece)) {
      out.write(into, 1, n);
    }
  }
}
