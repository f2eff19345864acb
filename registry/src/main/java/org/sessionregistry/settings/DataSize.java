package org.sessionregistry.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data, written as {@code 512}, {@code 16KiB}, {@code 8MiB} or {@code 1GiB} (binary
 * multiples, IEC 80000-13).
 *
 * @param bytes the number of bytes, not negative
 */
public record DataSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*(|b|kib|mib|gib)");

  /** Refuses a negative size. */
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a data size cannot be negative: " + bytes);
    }
  }

  /**
   * A size in KiB.
   *
   * @param kibibytes multiples of 1024 bytes
   * @return the size
   */
  public static DataSize ofKibibytes(long kibibytes) {
    return new DataSize(Math.multiplyExact(kibibytes, 1024L));
  }

  /**
   * A size in MiB.
   *
   * @param mebibytes multiples of 1024 × 1024 bytes
   * @return the size
   */
  public static DataSize ofMebibytes(long mebibytes) {
    return ofKibibytes(Math.multiplyExact(mebibytes, 1024L));
  }

  /**
   * Reads a size as it is written in configuration.
   *
   * @param text for example {@code 64KiB}
   * @return the size, or empty when the text is not one
   */
  public static Optional<DataSize> parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    int shift =
        switch (matcher.group(2)) {
          case "kib" -> 10;
          case "mib" -> 20;
          case "gib" -> 30;
          default -> 0;
        };
    return number > Long.MAX_VALUE >> shift
        ? Optional.empty()
        : Optional.of(new DataSize(number << shift));
  }

  /** The largest unit that divides the size: {@code 64KiB}. */
  @Override
  public String toString() {
    if (bytes != 0 && bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes != 0 && bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    if (bytes != 0 && bytes % (1L << 10) == 0) {
      return (bytes >> 10) + "KiB";
    }
    return Long.toString(bytes);
  }
}
