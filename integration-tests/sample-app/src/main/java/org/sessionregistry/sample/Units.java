package org.sessionregistry.sample;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes for people. */
final class Units {
  private Units() {}

  /** {@code 0.4 ms}, {@code 250 ms} or {@code 1.24 s}. */
  static String time(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (millis >= 1000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }
    return String.format(Locale.ROOT, millis >= 100 ? "%.0f ms" : "%.1f ms", millis);
  }

  /** {@code 512 B} or {@code 31.2 KiB}. */
  static String size(long bytes) {
    double kib = bytes / 1024.0;
    return bytes < 1024
        ? bytes + " B"
        : String.format(Locale.ROOT, kib >= 100 ? "%,.0f KiB" : "%.1f KiB", kib);
  }
}
