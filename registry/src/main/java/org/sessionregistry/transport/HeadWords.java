package org.sessionregistry.transport;

import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The words that are the same in the heads of most responses, names of fields above all, so that
 * they are not made anew for each: a table into which one that is missing is put in the place of
 * another. Bounded, whatever the servers say. Thread-safe without a lock: words never change, and a
 * place that two threads write has one word or the other.
 */
final class HeadWords {
  /** Longer ones are hardly ever said again. */
  private static final int LONGEST = 40;

  private final @Nullable AsciiString[] places = new AsciiString[256];

  /** The word that these bytes spell, as they are written. */
  AsciiString of(byte[] bytes, int start, int length) {
    if (length == 0 || length > LONGEST) {
      return made(bytes, start, length);
    }
    int place = place(bytes, start, length);
    AsciiString known = places[place];
    if (known == null || !spells(known, bytes, start, length)) {
      known = made(bytes, start, length);
      places[place] = known;
    }
    return known;
  }

  private static AsciiString made(byte[] bytes, int start, int length) {
    return new AsciiString(bytes, start, length, true);
  }

  private static boolean spells(AsciiString word, byte[] bytes, int start, int length) {
    return Arrays.equals(word.array(), 0, word.length(), bytes, start, start + length);
  }

  private int place(byte[] bytes, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ hash >>> 8) & places.length - 1;
  }
}
