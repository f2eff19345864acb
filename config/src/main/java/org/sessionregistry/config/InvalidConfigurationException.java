package org.sessionregistry.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration cannot be used. The rule: its message is the whole report, one line for every
 * problem of every session, because a start that fails is often seen only as this message.
 * Immutable, for any thread.
 */
public class InvalidConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable List<Problem> problems;

  /**
   * Reports problems.
   *
   * @param problems at least one
   */
  public InvalidConfigurationException(List<Problem> problems) {
    super(ConfigMessages.report(problems));
    this.problems = List.copyOf(problems);
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
