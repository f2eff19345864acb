package org.sessionregistry.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * What was probably meant by a misspelled word. The rule: a suggestion differs from what was
 * written in at most a quarter of its characters, and never in all of them; a wrong suggestion is
 * worse than none. Stateless, for any thread.
 */
final class Nearest {
  private Nearest() {}

  /** The candidate that is nearest to a word, if any is near enough. */
  static Optional<String> word(String word, Collection<String> candidates) {
    String normal = normal(word);
    return candidates.stream()
        .filter(candidate -> isNear(normal, candidate))
        .min(Comparator.comparingInt(candidate -> distance(normal, candidate)));
  }

  /** A word in the spelling of keys: no quotes, lower case, dashes instead of humps and lines. */
  static String normal(String word) {
    return SettingKeys.kebab(word.replace("\"", "")).replace('_', '-');
  }

  static boolean isNear(String normal, String candidate) {
    int distance = distance(normal, candidate);
    return distance <= Math.max(1, normal.length() / 4)
        && distance < Math.max(normal.length(), candidate.length());
  }

  /** Characters to insert, delete, replace or swap with their neighbour. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1 && j > 1 && swapped(a, i, b, j)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
