package org.sessionregistry.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d},
 * {@code PT30S} and {@code 0}. The rule: a number without a unit is refused, because half of its
 * writers mean seconds and the other half milliseconds. Stateless, for any thread.
 */
final class Durations implements ValueType {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");
  private static final Pattern BARE = Pattern.compile("\\d+");

  @Override
  public Duration parse(String text) {
    String stripped = text.strip();
    if (stripped.equals("0")) {
      return Duration.ZERO;
    }
    try {
      Matcher matcher = TEXT.matcher(stripped);
      if (matcher.matches()) {
        return of(Long.parseLong(matcher.group(1)), matcher.group(2));
      }
      if (stripped.toUpperCase(Locale.ROOT).startsWith("P")) {
        return Duration.parse(stripped);
      }
    } catch (ArithmeticException | DateTimeParseException e) {
      throw new MalformedValueException(ConfigMessages.DURATION);
    }
    throw new MalformedValueException(
        ConfigMessages.DURATION, BARE.matcher(stripped).matches() ? stripped + "s" : "");
  }

  private static Duration of(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** The largest unit that divides the duration. */
  @Override
  public String format(Object value) {
    Duration duration = (Duration) value;
    if (duration.isZero()) {
      return "0";
    }
    if (duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    if (duration.toNanosPart() != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
