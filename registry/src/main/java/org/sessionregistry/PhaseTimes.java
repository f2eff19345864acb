package org.sessionregistry;

import java.time.Duration;
import java.util.Locale;

/**
 * How long an exchange was in each of its phases; zero for one that it did not reach.
 *
 * @param queue waiting for a connection
 * @param dns resolving the host's name
 * @param connect opening the TCP connection
 * @param tls the TLS handshake
 * @param send sending the request
 * @param response waiting for the response's headers
 * @param body receiving the body
 */
public record PhaseTimes(
    Duration queue,
    Duration dns,
    Duration connect,
    Duration tls,
    Duration send,
    Duration response,
    Duration body) {

  /** No time in any phase. */
  public static final PhaseTimes NONE =
      new PhaseTimes(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);

  /**
   * The time of two attempts together.
   *
   * @param other the other's time
   * @return the sum of each phase
   */
  public PhaseTimes plus(PhaseTimes other) {
    return new PhaseTimes(
        queue.plus(other.queue),
        dns.plus(other.dns),
        connect.plus(other.connect),
        tls.plus(other.tls),
        send.plus(other.send),
        response.plus(other.response),
        body.plus(other.body));
  }

  /** The phases that took time, {@code queue 3 ms, connect 12 ms}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, "queue", queue);
    append(text, "dns", dns);
    append(text, "connect", connect);
    append(text, "tls", tls);
    append(text, "send", send);
    append(text, "response", response);
    append(text, "body", body);
    return text.isEmpty() ? "no phase begun" : text.toString();
  }

  private static void append(StringBuilder text, String phase, Duration time) {
    if (!time.isZero()) {
      text.append(text.isEmpty() ? "" : ", ").append(phase).append(' ').append(text(time));
    }
  }

  /** A duration for people: {@code 250 ms}, {@code 1.5 s}. */
  static String text(Duration time) {
    long nanos = time.toNanos();
    if (nanos >= 1_000_000_000L) {
      return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
    return nanos >= 10_000_000L || nanos == 0
        ? nanos / 1_000_000 + " ms"
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
