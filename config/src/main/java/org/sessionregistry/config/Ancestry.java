package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which session extends which. The rule: every way along parents ends, whatever was written; a
 * circle and a parent that does not exist are reported. Confined to the thread that reads.
 */
final class Ancestry {
  /** A key that no record has, because it is gone when the settings are complete. */
  static final SettingKey EXTENDS =
      new SettingKey(
          "extends",
          "extends",
          new RecordPath(List.of()),
          ValueTypes.REFERENCE,
          false,
          false,
          "Another session whose settings this one takes over where it sets none itself, before"
              + " those of client-session-defaults: not its tenants, and its credentials (auth,"
              + " cookies, headers and query parameters that are named like one) only where both"
              + " have the same base-url, those for its proxy only where both have the same"
              + " proxy.url.");

  private final Map<String, Assignment> parents = new TreeMap<>();
  private final Set<String> names;

  /**
   * The ancestry of sessions.
   *
   * @param sessions what each sets itself
   */
  Ancestry(Map<String, Generation> sessions) {
    names = sessions.keySet();
    sessions.forEach(
        (name, own) -> own.find(EXTENDS.key()).ifPresent(parent -> parents.put(name, parent)));
  }

  /** The name of the session that is extended; also if there is no such session. */
  static Optional<String> parentIn(Generation own) {
    return own.find(EXTENDS.key())
        .filter(parent -> parent.found().failure().isEmpty())
        .map(parent -> parent.found().text().strip());
  }

  /** The sessions that a session extends, its parent first. */
  List<String> of(String name) {
    List<String> ancestors = new ArrayList<>();
    String next = parentOf(name);
    while (names.contains(next) && !next.equals(name) && !ancestors.contains(next)) {
      ancestors.add(next);
      next = parentOf(next);
    }
    return ancestors;
  }

  /** Which session a session extends. */
  Optional<Assignment> parent(String name) {
    return Optional.ofNullable(parents.get(name));
  }

  /** Whether another session takes over what a session sets. */
  boolean isExtended(String name) {
    return parents.keySet().stream().anyMatch(child -> parentOf(child).equals(name));
  }

  /** The parent's name, or an empty text, which is no name. */
  private String parentOf(String name) {
    Assignment parent = parents.get(name);
    return parent == null ? "" : parent.found().text().strip();
  }

  /** Reports what cannot be extended. */
  void check(Findings findings) {
    parents.forEach(
        (name, parent) -> {
          String extended = parentOf(name);
          Optional<String> failure = parent.found().failure();
          if (failure.isPresent()) {
            findings.add(parent.unresolved(failure.get()));
          } else if (!names.contains(extended)) {
            findings.add(
                parent.refused(ConfigMessages.noSuchSession(names), Nearest.word(extended, names)));
          } else {
            circle(name)
                .ifPresent(
                    circle ->
                        findings.add(
                            parent.refused(ConfigMessages.circle(circle), Optional.empty())));
          }
        });
  }

  /** The circle that a session closes, told once: by the first of its names. */
  private Optional<List<String>> circle(String name) {
    List<String> circle = new ArrayList<>(List.of(name));
    circle.addAll(of(name));
    boolean closed = parentOf(circle.get(circle.size() - 1)).equals(name);
    if (!closed || !Collections.min(circle).equals(name)) {
      return Optional.empty();
    }
    circle.add(name);
    return Optional.of(circle);
  }
}
