package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of all properties under our roots, grouped by what they are about. The rule: it is
 * ordered, because the names come in any order and a report must not change from start to start.
 * Confined to the thread that reads.
 */
final class KeyIndex {
  /** Settings by the prefix under which they were written. */
  private final NavigableMap<String, NavigableSet<String>> settings = new TreeMap<>();

  /** The prefixes under which a session was written: with quotes, without them, or both. */
  private final NavigableMap<String, NavigableSet<String>> prefixes = new TreeMap<>();

  private final List<PropertyKey.Malformed> unknown = new ArrayList<>();

  private final List<PropertyKey.Named> named = new ArrayList<>();

  private KeyIndex() {}

  /**
   * Groups names.
   *
   * @param names as MicroProfile Config lists them
   * @param profiles the active ones; an implementation may list {@code %dev.x} without listing
   *     {@code x}
   */
  static KeyIndex of(Iterable<String> names, Collection<String> profiles) {
    Set<String> sorted = new TreeSet<>();
    for (String name : names) {
      sorted.add(withoutProfile(name, profiles));
    }
    KeyIndex index = new KeyIndex();
    sorted.forEach(name -> PropertyKey.parse(name).ifPresent(index::add));
    return index;
  }

  private static String withoutProfile(String name, Collection<String> profiles) {
    return profiles.stream()
        .map(profile -> '%' + profile + '.')
        .filter(name::startsWith)
        .findFirst()
        .map(prefix -> name.substring(prefix.length()))
        .orElse(name);
  }

  private void add(PropertyKey key) {
    if (key instanceof PropertyKey.Malformed malformed) {
      unknown.add(malformed);
    } else if (key instanceof PropertyKey.Named name) {
      named.add(name);
      settings.computeIfAbsent(name.prefix(), p -> new TreeSet<>()).add(name.setting());
      if (name.root() == Root.SESSION) {
        prefixes.computeIfAbsent(name.session(), s -> new TreeSet<>()).add(name.prefix());
      }
    }
  }

  /** The sessions that property names mention. */
  Set<String> sessions() {
    return prefixes.keySet();
  }

  /** The prefixes to ask for a session's settings, the usual one first. */
  Set<String> prefixesOf(String session) {
    Set<String> all = new LinkedHashSet<>();
    all.add(Root.prefixOf(session));
    all.addAll(prefixes.getOrDefault(session, new TreeSet<>()));
    return all;
  }

  /** The settings that were written under a prefix. */
  Set<String> settingsUnder(String prefix) {
    return settings.getOrDefault(prefix, new TreeSet<>());
  }

  /**
   * The keys that no setting has.
   *
   * @param declared sessions that exist without being mentioned, to recognise a dotted name of
   *     theirs that was not quoted
   */
  List<PropertyKey.Malformed> unknown(Collection<String> declared) {
    List<PropertyKey.Malformed> all = new ArrayList<>(unknown);
    for (PropertyKey.Named name : named) {
      if (name.root().keys().find(name.setting()).isEmpty()) {
        Optional<String> suggestion =
            unquoted(name, declared).or(() -> Suggestions.forSetting(name.root(), name.setting()));
        all.add(new PropertyKey.Malformed(name.key(), ConfigMessages.NO_SUCH_SETTING, suggestion));
      }
    }
    return all;
  }

  private static Optional<String> unquoted(PropertyKey.Named name, Collection<String> declared) {
    return declared.stream()
        .filter(session -> session.contains("."))
        .filter(session -> name.key().startsWith(Root.SESSION.prefix() + session + '.'))
        .map(
            session ->
                Root.prefixOf(session)
                    + name.key().substring(Root.SESSION.prefix().length() + session.length() + 1))
        .findFirst();
  }
}
