package org.sessionregistry.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one reading found wrong. The rule: finding something never stops the reading, only {@link
 * #throwIfAny} at its end does, and what is found twice is told once. Confined to the thread that
 * reads.
 */
final class Findings {
  private final Set<Problem> problems = new LinkedHashSet<>();

  void add(Problem problem) {
    problems.add(problem);
  }

  void addAll(Findings others) {
    problems.addAll(others.problems);
  }

  /** How much was found so far. */
  int size() {
    return problems.size();
  }

  /** What was found, in the order of a report. */
  List<Problem> sorted() {
    return problems.stream().sorted(Problem.ORDER).toList();
  }

  /** Ends the reading if anything is wrong with these sessions. */
  void throwIfAny(Set<String> sessions) {
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(sorted(), sessions);
    }
  }
}
