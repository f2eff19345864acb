package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What configuration sets under one root or for one session. The rule: fixed keys are asked for one
 * by one, so that environment variables count; map entries are known by the names of properties
 * only. Confined to the thread that reads.
 */
final class Layer {
  private static final String PRODUCTION = "prod";

  private final Root root;
  private final Collection<String> prefixes;
  private final KeyIndex index;
  private final Lookup lookup;
  private final Findings findings;

  /**
   * A layer.
   *
   * @param prefixes the spellings of its prefix, the usual one first
   */
  Layer(Root root, Collection<String> prefixes, KeyIndex index, Lookup lookup, Findings findings) {
    this.root = root;
    this.prefixes = prefixes;
    this.index = index;
    this.lookup = lookup;
    this.findings = findings;
  }

  /** Whether any fixed key has a value. */
  boolean isSet() {
    return root.keys().all().stream()
        .filter(setting -> !setting.map())
        .anyMatch(setting -> !candidates(setting).isEmpty());
  }

  /** What is set, in the order in which the settings are declared. */
  List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>();
    for (SettingKey setting : root.keys().all()) {
      if (setting.map()) {
        entries(setting).values().forEach(e -> winner(e).ifPresent(assignments::add));
      } else {
        winner(candidates(setting)).ifPresent(assignments::add);
      }
    }
    return assignments;
  }

  private List<Assignment> candidates(SettingKey setting) {
    return prefixes.stream()
        .flatMap(prefix -> lookup.find(prefix + setting.key()).stream())
        .map(found -> new Assignment(setting, "", found))
        .toList();
  }

  /** The candidates for each entry of a map. */
  private Map<String, List<Assignment>> entries(SettingKey map) {
    Map<String, List<Assignment>> entries = new LinkedHashMap<>();
    String group = map.key() + '.';
    for (String prefix : prefixes) {
      for (String written : index.settingsUnder(prefix)) {
        if (written.startsWith(group) && written.length() > group.length()) {
          String entry = unquoted(written.substring(group.length()));
          lookup
              .find(prefix + written)
              .map(found -> new Assignment(map, entry, found))
              .ifPresent(
                  a ->
                      entries
                          .computeIfAbsent(EntryRules.identity(map, entry), k -> new ArrayList<>())
                          .add(a));
        }
      }
    }
    return entries;
  }

  /** The one with the highest ordinal; none if it may not stand here or two claim the same. */
  private Optional<Assignment> winner(List<Assignment> candidates) {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Assignment winner = candidates.get(0);
    for (Assignment other : candidates.subList(1, candidates.size())) {
      if (other.found().ordinal() > winner.found().ordinal()) {
        winner = other;
      }
    }
    for (Assignment other : candidates) {
      String key = winner.found().key();
      boolean same = other.found().key().equals(key);
      if (!same && other.found().ordinal() == winner.found().ordinal()) {
        findings.add(other.refused(ConfigMessages.duplicate(key), Optional.empty()));
      }
    }
    if (root == Root.DEFAULTS && EntryRules.isCredential(winner.setting(), winner.entry())) {
      Optional<String> place = EntryRules.ownPlace(winner.setting(), winner.entry());
      findings.add(winner.refused(ConfigMessages.CREDENTIALS_IN_DEFAULTS, place));
      return Optional.empty();
    }
    if (EntryRules.isForTestsOnly(winner.setting(), winner.found().text())
        && lookup.activeProfiles().contains(PRODUCTION)) {
      findings.add(winner.refused(ConfigMessages.NOT_IN_PRODUCTION, Optional.empty()));
      return Optional.empty();
    }
    return Optional.of(winner);
  }

  private static String unquoted(String entry) {
    boolean quoted = entry.length() > 2 && entry.startsWith("\"") && entry.endsWith("\"");
    return quoted ? entry.substring(1, entry.length() - 1) : entry;
  }
}
