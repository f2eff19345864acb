package org.sessionregistry.settings;

import java.time.Duration;
import java.util.List;

/** The checks that the compact constructors of this package share. */
final class Check {
  private static final Duration LONGEST = Duration.ofDays(365);

  private Check() {}

  /** A name that can be shown, in one line. */
  static void name(String key, String value) {
    if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidSettingException(key, value, "a name that is not blank");
    }
  }

  /** A duration that may be zero ("none"), at most a year, so that deadlines cannot overflow. */
  static void duration(String key, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          key, value.toString(), "a duration from 0 (none) to 365 days, for example 30s or 250ms");
    }
  }

  /** A count where zero means unlimited. */
  static void count(String key, int value) {
    if (value < 0) {
      throw new InvalidSettingException(
          key, Integer.toString(value), "0 (unlimited) or a positive whole number");
    }
  }

  /** A size in bytes that must leave room for something. */
  static void size(String key, DataSize value) {
    if (value.bytes() <= 0 || value.bytes() > Integer.MAX_VALUE) {
      throw new InvalidSettingException(
          key, value.toString(), "a size above 0 and below 2GiB, for example 64KiB");
    }
  }

  /** Entries that tell which hosts something is about. */
  static void hosts(String key, List<String> entries) {
    for (String entry : entries) {
      if (HostPattern.parse(entry).isEmpty()) {
        throw new InvalidSettingException(
            key, entry.replaceAll("\\p{Cntrl}", "?"), HostPattern.EXPECTED);
      }
    }
  }
}
