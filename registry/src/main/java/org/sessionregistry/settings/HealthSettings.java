package org.sessionregistry.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * What the health of an application has to do with a session. At work where there is MicroProfile
 * Health.
 *
 * @param type whether it has anything to do with it
 * @param failures how many requests in a row that get no connection make the session unhealthy
 * @param window how long they do, so that somebody tries again
 * @param path what is fetched to find out; empty to only look at what has happened
 * @param timeout how long fetching it may take
 */
public record HealthSettings(
    @Setting(
            key = ".",
            value =
                "Whether the application is ready only while the session can serve requests: none"
                    + " or readiness (a check of MicroProfile Health). It is down while its queue is"
                    + " full, and after health.failures.")
        HealthType type,
    @Setting(
            "Requests in a row for which no connection could be opened, after which the session is"
                + " down; 0 does not count them.")
        int failures,
    @Setting(
            "How long it is down after the last of them; then somebody may try again. 0 until a"
                + " request is answered.")
        Duration window,
    @Setting(
            "Path below base-url that is fetched whenever health is asked for; down unless it is"
                + " answered with 2xx. Nothing is fetched unless it is set.")
        Optional<String> path,
    @Setting("How long the answer to health.path may take.") Duration timeout) {

  /** The defaults: none; else three failures count for half a minute and nothing is fetched. */
  public static final HealthSettings DEFAULTS =
      new HealthSettings(
          HealthType.NONE, 3, Duration.ofSeconds(30), Optional.empty(), Duration.ofSeconds(1));

  /** Refuses numbers and times that mean nothing, and what is no path. */
  public HealthSettings {
    if (failures < 0) {
      throw new InvalidSettingException(
          "health.failures",
          Integer.toString(failures),
          "0 (does not count them) or a positive whole number");
    }
    Check.duration("health.window", window);
    Check.duration("health.timeout", timeout);
    if (timeout.isZero()) {
      throw new InvalidSettingException("health.timeout", "0", "a duration above 0, such as 1s");
    }
    path.ifPresent(HealthSettings::path);
  }

  private static void path(String path) {
    if (!path.matches("/?[A-Za-z0-9._~!$&'()*+,;=@%-][A-Za-z0-9._~!$&'()*+,;=@%/-]*|/")) {
      throw new InvalidSettingException(
          "health.path",
          ReferenceText.shown(path),
          "a path, such as /health (RFC 3986 section 3.3)");
    }
  }

  /**
   * A copy that the application's health depends on, or not.
   *
   * @param value whether it does
   * @return the copy
   */
  public HealthSettings withType(HealthType value) {
    return new HealthSettings(value, failures, window, path, timeout);
  }

  /**
   * A copy with another number of failures.
   *
   * @param value how many in a row count, 0 to count none
   * @return the copy
   */
  public HealthSettings withFailures(int value) {
    return new HealthSettings(type, value, window, path, timeout);
  }

  /**
   * A copy in which failures count for another time.
   *
   * @param value how long, 0 until a request is answered
   * @return the copy
   */
  public HealthSettings withWindow(Duration value) {
    return new HealthSettings(type, failures, value, path, timeout);
  }

  /**
   * A copy that fetches a path.
   *
   * @param value a path below the base URL
   * @return the copy
   */
  public HealthSettings withPath(String value) {
    return new HealthSettings(type, failures, window, Optional.of(value), timeout);
  }

  /**
   * A copy with another limit for fetching it.
   *
   * @param value how long it may take
   * @return the copy
   */
  public HealthSettings withTimeout(Duration value) {
    return new HealthSettings(type, failures, window, path, value);
  }
}
