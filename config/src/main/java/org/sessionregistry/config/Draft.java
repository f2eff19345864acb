package org.sessionregistry.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionregistry.settings.InvalidSettingException;

/**
 * Settings on their way from their defaults to what configuration says. The rule: assignments are
 * applied one at a time and a refused one is reported and left out, so that one problem never hides
 * another. Confined to the thread that reads.
 *
 * @param <R> the record that holds all settings of a root
 */
final class Draft<R extends Record> {
  private final Findings findings;
  private final Map<String, Assignment> applied = new HashMap<>();
  private R settings;

  Draft(R start, Findings findings) {
    this.settings = start;
    this.findings = findings;
  }

  /** The settings so far. */
  R settings() {
    return settings;
  }

  /**
   * Applies all that can be applied, in whatever order that takes, because a setting may only be
   * right beside one that comes later; then reports what is left.
   */
  void applyAll(List<Assignment> assignments) {
    List<Assignment> left = withoutAccepted(assignments);
    for (int before = assignments.size(); left.size() < before; ) {
      before = left.size();
      left = withoutAccepted(left);
    }
    left.forEach(this::apply);
  }

  private List<Assignment> withoutAccepted(List<Assignment> assignments) {
    return assignments.stream().filter(assignment -> !accepts(assignment)).toList();
  }

  /** Applies a value if the record takes it now; says nothing if it does not. */
  private boolean accepts(Assignment assignment) {
    try {
      if (assignment.found().failure().isPresent()) {
        return false;
      }
      set(assignment, assignment.setting().type().parse(assignment.found().text()));
      applied.put(assignment.name(), assignment);
      return true;
    } catch (MalformedValueException | InvalidSettingException notNow) {
      return false;
    }
  }

  /** Applies one value, or reports why that cannot be done. */
  private void apply(Assignment assignment) {
    Optional<String> failure = assignment.found().failure();
    if (failure.isPresent()) {
      findings.add(assignment.unresolved(failure.get()));
      useStandIn(assignment);
      return;
    }
    try {
      Object value = assignment.setting().type().parse(assignment.found().text());
      set(assignment, value);
      applied.put(assignment.name(), assignment);
    } catch (MalformedValueException e) {
      findings.add(assignment.refused(e.expected(), e.suggestion()));
      useStandIn(assignment);
    } catch (InvalidSettingException e) {
      findings.add(problem(assignment, e));
      useStandIn(assignment);
    }
  }

  /** A record may refuse a value by naming an earlier one, which is then the one to report. */
  private Problem problem(Assignment assignment, InvalidSettingException refusal) {
    boolean itself = refusal.key().equals(assignment.name());
    Assignment named = itself ? assignment : applied.get(refusal.key());
    return named == null
        ? assignment.refused(refusal.expected(), Optional.empty())
        : named.refused(refusal);
  }

  private void useStandIn(Assignment assignment) {
    Optional<Object> standIn = assignment.setting().type().standIn();
    try {
      standIn.ifPresent(value -> set(assignment, value));
    } catch (InvalidSettingException e) {
      // The name of the entry is wrong as well: it stays away.
    }
  }

  private void set(Assignment assignment, Object value) {
    SettingKey setting = assignment.setting();
    settings = setting.path().set(settings, setting.map() ? withEntry(assignment, value) : value);
  }

  /** The map with one entry more; one of the same name, whatever its case, is replaced. */
  private Map<Object, Object> withEntry(Assignment assignment, Object value) {
    SettingKey setting = assignment.setting();
    String identity = EntryRules.identity(setting, assignment.entry());
    Map<Object, Object> entries = new LinkedHashMap<>(setting.entriesIn(settings));
    entries.keySet().removeIf(e -> EntryRules.identity(setting, e.toString()).equals(identity));
    entries.put(assignment.entry(), value);
    return entries;
  }
}
