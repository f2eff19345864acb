package org.sessionregistry.cookie;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the date of an {@code Expires} attribute by the forgiving grammar of §5.1.1: tokens in any
 * order, each taken for the first of time, day, month and year that is missing and fits.
 *
 * <p>Never broken: every text is either a date that exists or no date; nothing is thrown.
 *
 * <p>One object per date, not shared.
 */
final class CookieDate {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int MISSING = -1;
  private static final int FIRST_YEAR = 1601;

  private final String text;
  private int hour = MISSING;
  private int minute = MISSING;
  private int second = MISSING;
  private int day = MISSING;
  private int month = MISSING;
  private int year = MISSING;

  private CookieDate(String text) {
    this.text = text;
  }

  static @Nullable Instant parse(String text) {
    CookieDate date = new CookieDate(text);
    date.readTokens();
    return date.toInstant();
  }

  private void readTokens() {
    int i = 0;
    while (i < text.length()) {
      int start = i;
      while (i < text.length() && !isDelimiter(text.charAt(i))) {
        i++;
      }
      if (i > start) {
        readToken(start, i);
      }
      i++;
    }
  }

  /** §5.1.1 step 2. */
  private void readToken(int start, int end) {
    if (hour == MISSING && readTime(start, end)) {
      return;
    }
    int digits = digits(start, end);
    if (day == MISSING && digits >= 1 && digits <= 2) {
      day = number(start, digits);
    } else if (month == MISSING && isMonth(start, end)) {
      month = MONTHS.indexOf(text.substring(start, start + 3).toLowerCase(Locale.ROOT)) / 3 + 1;
    } else if (year == MISSING && digits >= 2 && digits <= 4) {
      year = number(start, digits);
    }
  }

  /** Three fields of one or two digits with colons between; what follows is not looked at. */
  private boolean readTime(int start, int end) {
    int hours = digits(start, end);
    int minuteAt = start + hours + 1;
    int minutes = digits(minuteAt, end);
    int secondAt = minuteAt + minutes + 1;
    int seconds = digits(secondAt, end);
    if (!isField(hours) || !isField(minutes) || !isField(seconds)) {
      return false;
    }
    if (text.charAt(minuteAt - 1) != ':' || text.charAt(secondAt - 1) != ':') {
      return false;
    }
    hour = number(start, hours);
    minute = number(minuteAt, minutes);
    second = number(secondAt, seconds);
    return true;
  }

  private boolean isMonth(int start, int end) {
    if (end - start < 3) {
      return false;
    }
    int at = MONTHS.indexOf(text.substring(start, start + 3).toLowerCase(Locale.ROOT));
    return at >= 0 && at % 3 == 0;
  }

  /** §5.1.1 steps 3 to 6. */
  private @Nullable Instant toInstant() {
    if (hour == MISSING || day == MISSING || month == MISSING || year == MISSING) {
      return null;
    }
    int fullYear = year >= 100 ? year : year >= 70 ? year + 1900 : year + 2000;
    if (fullYear < FIRST_YEAR) {
      return null;
    }
    try {
      return LocalDateTime.of(fullYear, month, day, hour, minute, second).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noSuchDate) {
      return null;
    }
  }

  private int digits(int start, int end) {
    int i = start;
    while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i - start;
  }

  private int number(int start, int digits) {
    return Integer.parseInt(text, start, start + digits, 10);
  }

  private static boolean isField(int digits) {
    return digits == 1 || digits == 2;
  }

  private static boolean isDelimiter(char c) {
    return c == '\t'
        || (c >= 0x20 && c <= 0x2F)
        || (c >= 0x3B && c <= 0x40)
        || (c >= 0x5B && c <= 0x60)
        || (c >= 0x7B && c <= 0x7E);
  }
}
