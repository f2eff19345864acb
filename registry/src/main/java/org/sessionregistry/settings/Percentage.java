package org.sessionregistry.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share, written as {@code 20%}.
 *
 * @param percent from 0 to 100
 */
public record Percentage(int percent) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\s*%");

  /** Refuses what is no share of a whole. */
  public Percentage {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("a share is from 0% to 100%: " + percent + "%");
    }
  }

  /**
   * Reads a share as it is written in configuration.
   *
   * @param text for example {@code 20%}
   * @return the share, or empty when the text is not one
   */
  public static Optional<Percentage> parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 100) {
      return Optional.empty();
    }
    return Optional.of(new Percentage(Integer.parseInt(matcher.group(1))));
  }

  @Override
  public String toString() {
    return percent + "%";
  }
}
