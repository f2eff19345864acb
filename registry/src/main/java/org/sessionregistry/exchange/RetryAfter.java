package org.sessionregistry.exchange;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sessionregistry.Headers;

/**
 * How long a server asks to be left alone: {@code Retry-After} in both forms (RFC 9110 section
 * 10.2.3). A date is compared with the server's own {@code Date}, so that wrong clocks do no harm.
 */
final class RetryAfter {
  /** RFC 9110 section 5.6.7: the fixed form, and the two obsolete ones. */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, IsoChronology.INSTANCE.date(1970, 1, 1))
              .appendPattern(" HH:mm:ss zzz")
              .toFormatter(Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  /** The wait, zero when it is over; empty when the server does not say, or not so. */
  static Optional<Duration> of(Headers headers, InstantSource clock) {
    Optional<String> value = headers.first("Retry-After").map(String::strip);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value.get())));
    }
    Instant now = headers.first("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
    return date(value.get())
        .map(until -> Duration.between(now, until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Instant> date(String text) {
    return DATES.stream().flatMap(form -> date(text.strip(), form).stream()).findFirst();
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(ZonedDateTime.parse(text, form).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // it may have another form
    }
  }
}
