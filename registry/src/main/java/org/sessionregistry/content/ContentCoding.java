package org.sessionregistry.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The codings of content that are known (RFC 9110 section 8.4.1), in the order in which a server is
 * told of them. Thread-safe. Asking for those that libraries bring loads their native parts, once,
 * which may take its time.
 */
public enum ContentCoding {
  /** RFC 1952. */
  GZIP("gzip"),
  /** RFC 1950, and RFC 1951 as some servers understand it. */
  DEFLATE("deflate"),
  /** RFC 7932, when brotli4j is there. */
  BROTLI("br"),
  /** RFC 8878, when zstd-jni is there. */
  ZSTANDARD("zstd");

  /** More of them make no body smaller, but a bomb larger. */
  private static final int LONGEST_CHAIN = 3;

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  /** Found out when somebody asks for the first time. */
  private static final class Available {
    static final List<ContentCoding> CODINGS =
        Arrays.stream(values()).filter(ContentCoding::isPresent).toList();
    static final String ACCEPTED =
        CODINGS.stream().map(coding -> coding.token).collect(Collectors.joining(", "));
  }

  private boolean isPresent() {
    try {
      return switch (this) {
        case GZIP, DEFLATE -> true;
        case BROTLI -> BrotliDecoder.isAvailable();
        case ZSTANDARD -> ZstdDecoder.isAvailable();
      };
    } catch (LinkageError | RuntimeException absent) {
      return false; // no library, or no native part for this machine
    }
  }

  /**
   * What a server may be told in {@code Accept-Encoding}.
   *
   * @return for example {@code gzip, deflate, br, zstd}
   */
  public static String accepted() {
    return Available.ACCEPTED;
  }

  /**
   * What {@code Content-Encoding} says was done to a body.
   *
   * @param values the values of all fields of that name, in their order
   * @return the codings in the order in which they were applied, none for {@code identity}; empty
   *     when one of them is unknown here, or there are more than three: then the body stays as it
   *     is
   */
  public static Optional<List<ContentCoding>> applied(List<String> values) {
    List<ContentCoding> codings = new ArrayList<>(1);
    for (String value : values) {
      for (String element : value.split(",", -1)) {
        String name = element.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("identity")) {
          continue; // RFC 9110 sections 5.6.1.2 and 12.5.3
        }
        Optional<ContentCoding> coding = named(name);
        if (coding.isEmpty() || codings.size() == LONGEST_CHAIN) {
          return Optional.empty();
        }
        codings.add(coding.get());
      }
    }
    return Optional.of(codings);
  }

  private static Optional<ContentCoding> named(String name) {
    String token = name.equals("x-gzip") ? "gzip" : name; // RFC 9110 section 8.4.1.3
    return Arrays.stream(values())
        .filter(coding -> coding.token.equals(token))
        .findFirst()
        .filter(Available.CODINGS::contains);
  }

  /**
   * Takes codings off a body.
   *
   * @param applied what was applied, in that order; not empty, and available
   * @return a decoder; close it
   */
  public static ContentDecoder decoder(List<ContentCoding> applied) {
    ContentDecoder decoder = applied.get(applied.size() - 1).open();
    try {
      for (int i = applied.size() - 2; i >= 0; i--) {
        decoder = new ChainDecoder(decoder, applied.get(i).open());
      }
      return decoder;
    } catch (RuntimeException | Error e) {
      decoder.close();
      throw e;
    }
  }

  private ContentDecoder open() {
    return switch (this) {
      case GZIP -> new GzipDecoder();
      case DEFLATE -> new DeflateDecoder();
      case BROTLI -> new BrotliDecoder();
      case ZSTANDARD -> new ZstdDecoder();
    };
  }

  /** The token in the field. */
  @Override
  public String toString() {
    return token;
  }
}
