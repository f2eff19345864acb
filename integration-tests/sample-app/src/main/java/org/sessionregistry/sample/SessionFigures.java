package org.sessionregistry.sample;

import java.time.Duration;
import java.util.List;
import org.sessionregistry.SessionStatistics;

/**
 * What a session counted and what the sample measured on it.
 *
 * @param statistics the session's own numbers
 * @param latencies the time of each request as the sample measured it, ascending
 */
public record SessionFigures(SessionStatistics statistics, List<Duration> latencies) {

  /** The time within which a share of the requests was done (nearest rank), 0 without requests. */
  public Duration percentile(int percent) {
    return latencies.isEmpty()
        ? Duration.ZERO
        : latencies.get(Math.max(0, (latencies.size() * percent + 99) / 100 - 1));
  }
}
