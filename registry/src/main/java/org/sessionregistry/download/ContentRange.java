package org.sessionregistry.download;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes a partial response has (RFC 9110 section 14.4). Immutable.
 *
 * @param first the first byte
 * @param last the last one
 * @param length of the whole, if the server knows it
 */
record ContentRange(long first, long last, OptionalLong length) {
  private static final Pattern SYNTAX =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)", Pattern.CASE_INSENSITIVE);

  /** Empty when it is not one, or contradicts itself. */
  static Optional<ContentRange> parse(String field) {
    Matcher range = SYNTAX.matcher(field.strip());
    if (!range.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    OptionalLong length =
        range.group(3).equals("*")
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(range.group(3)));
    boolean sound = first <= last && (length.isEmpty() || last < length.getAsLong());
    return sound ? Optional.of(new ContentRange(first, last, length)) : Optional.empty();
  }

  /** Whether these are all bytes from the given one on. */
  boolean isRestFrom(long already) {
    return first == already && (length.isEmpty() || last == length.getAsLong() - 1);
  }
}
