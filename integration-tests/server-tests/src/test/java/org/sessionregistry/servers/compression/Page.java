package org.sessionregistry.servers.compression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What is at a path: {@code /text}; encoded by a library {@code /missing}, {@code /moved}, which
 * leads to the text, {@code /part} of one, {@code /coded/<codings>} and {@code /bomb/<coding>},
 * where codings that were applied one after the other are joined by a plus.
 */
record Page(int status, Map<String, String> fields, byte[] body) {
  static final String TEXT = "All work and no play makes Jack a dull boy.\n".repeat(5000);
  static final int BOMB = 32 << 20;

  static Page at(String path) throws IOException {
    String[] steps = path.split("/");
    return switch (steps[1]) {
      case "text" -> new Page(200, Map.of(), TEXT.getBytes(UTF_8));
      case "missing" -> gzipped(404, Map.of(), "there is no such page\n" + TEXT);
      case "moved" -> gzipped(302, Map.of("Location", "/text"), TEXT);
      case "part" -> {
        byte[] whole = encode("gzip", TEXT.getBytes(UTF_8));
        Map<String, String> fields =
            Map.of("Content-Encoding", "gzip", "Content-Range", "bytes 0-9/" + whole.length);
        yield new Page(206, fields, Arrays.copyOf(whole, 10));
      }
      case "coded" -> coded(steps[2], TEXT.getBytes(UTF_8));
      case "bomb" -> coded(steps[2], new byte[BOMB]);
      default -> throw new IllegalArgumentException(path);
    };
  }

  /** Servers compress successes only. */
  private static Page gzipped(int status, Map<String, String> more, String text)
      throws IOException {
    Map<String, String> fields = new TreeMap<>(more);
    fields.put("Content-Encoding", "gzip");
    return new Page(status, fields, encode("gzip", text.getBytes(UTF_8)));
  }

  private static Page coded(String codings, byte[] plain) throws IOException {
    byte[] body = plain;
    for (String coding : codings.split("\\+")) {
      body = encode(coding, body);
    }
    return new Page(200, Map.of("Content-Encoding", codings.replace("+", ", ")), body);
  }

  /** All fields, with those that every page has. */
  Map<String, String> fields(String acceptEncoding) {
    Map<String, String> all = new TreeMap<>(fields);
    all.put("Content-Type", "text/plain");
    all.put("seen-accept-encoding", acceptEncoding);
    return all;
  }

  static byte[] encode(String coding, byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (coding) {
      case "gzip" -> {
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(plain);
        }
      }
      case "deflate" -> {
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
          deflate.write(plain);
        }
      }
      case "br" -> {
        Brotli4jLoader.ensureAvailability();
        out.write(Encoder.compress(plain, new Encoder.Parameters().setQuality(4)));
      }
      case "zstd" -> out.write(Zstd.compress(plain));
      default -> out.write(plain); // under a name that nobody knows
    }
    return out.toByteArray();
  }
}
