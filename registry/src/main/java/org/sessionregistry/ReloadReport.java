package org.sessionregistry;

import java.util.List;

/**
 * What a reload has changed, by the names of sessions. Immutable.
 *
 * @param opened sessions that are new
 * @param changed sessions that have other settings now
 * @param closed sessions that are not configured any more; what they have in flight gets {@code
 *     shutdown-timeout} to finish
 * @param unchanged sessions that go on as they were
 * @param needingRestart keys of the registry that have changed and count only after a restart
 */
public record ReloadReport(
    List<String> opened,
    List<String> changed,
    List<String> closed,
    List<String> unchanged,
    List<String> needingRestart) {

  /** Copies the lists. */
  public ReloadReport {
    opened = List.copyOf(opened);
    changed = List.copyOf(changed);
    closed = List.copyOf(closed);
    unchanged = List.copyOf(unchanged);
    needingRestart = List.copyOf(needingRestart);
  }

  /**
   * Whether anything is different now.
   *
   * @return whether a session was opened, changed or closed
   */
  public boolean isChange() {
    return !opened.isEmpty() || !changed.isEmpty() || !closed.isEmpty();
  }

  /** {@code opened [a], changed [b, c], closed [], 7 unchanged}, and what needs a restart. */
  @Override
  public String toString() {
    return "opened "
        + opened
        + ", changed "
        + changed
        + ", closed "
        + closed
        + ", "
        + unchanged.size()
        + " unchanged"
        + (needingRestart.isEmpty() ? "" : "; only after a restart: " + needingRestart);
  }
}
