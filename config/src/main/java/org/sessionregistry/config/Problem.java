package org.sessionregistry.config;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that is wrong with the configuration, told so that the reader can correct it without
 * asking. The rule: no secret is ever in it. Immutable, for any thread.
 *
 * @param key the whole key, as it has to be written in a properties file
 * @param value the refused value, masked if it is a secret; empty when the key itself is wrong,
 *     because nobody can tell whether an unknown key holds a secret
 * @param source the name of the source that the value came from; empty when nobody knows
 * @param ordinal the ordinal of that source
 * @param description what is wrong, or what would be right
 * @param suggestion what was probably meant
 */
public record Problem(
    String key,
    Optional<String> value,
    String source,
    int ordinal,
    String description,
    Optional<String> suggestion) {

  /** The order of a report: by key, so that the same configuration gives the same text. */
  static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::key).thenComparing(Problem::description);

  /** The problem in one line. */
  @Override
  public String toString() {
    return ConfigMessages.line(this);
  }
}
