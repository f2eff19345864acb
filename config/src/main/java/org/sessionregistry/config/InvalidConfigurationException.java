package org.sessionregistry.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration cannot be used. The rule: its message is the whole report, one line for every
 * problem of every session, because a start that fails is often seen only as this message.
 * Immutable, for any thread.
 */
public class InvalidConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable List<Problem> problems;
  private final transient @Nullable Set<String> sessions;

  /**
   * Reports problems.
   *
   * @param problems at least one
   * @param sessions the names that exist in spite of them
   */
  public InvalidConfigurationException(List<Problem> problems, Set<String> sessions) {
    super(ConfigMessages.report(problems));
    this.problems = List.copyOf(problems);
    this.sessions = Set.copyOf(sessions);
  }

  /**
   * Which sessions are configured, rightly or wrongly, so that an unknown name can be told from one
   * whose settings are wrong.
   *
   * @return their names; empty after deserialization, where only the message remains
   */
  public Set<String> sessions() {
    return sessions == null ? Set.of() : sessions;
  }

  /**
   * What is wrong, ordered by key.
   *
   * @return the problems; empty after deserialization, where only the message remains
   */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }
}
