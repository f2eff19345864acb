package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /**
   * The prefixes under which the session or pool of a name was written: with quotes, without them,
   * or both.
   */
  private final Map<Root, NavigableMap<String, NavigableSet<String>>> prefixes =
      new EnumMap<>(Root.class);

  /** The prefixes under which the tenants of each session were written. */
  private final Map<String, NavigableMap<String, NavigableSet<String>>> tenants = new TreeMap<>();

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
    } else if (key instanceof PropertyKey.OfTenant of) {
      addSetting(of.tenant());
      addPrefix(prefixes.computeIfAbsent(Root.SESSION, root -> new TreeMap<>()), of.session());
      addPrefix(tenants.computeIfAbsent(of.session().name(), s -> new TreeMap<>()), of.tenant());
    } else if (key instanceof PropertyKey.Named name) {
      addSetting(name);
      if (name.root().isNamed()) {
        addPrefix(prefixes.computeIfAbsent(name.root(), root -> new TreeMap<>()), name);
      }
    }
  }

  private void addSetting(PropertyKey.Named name) {
    named.add(name);
    settings.computeIfAbsent(name.prefix(), p -> new TreeSet<>()).add(name.setting());
  }

  private static void addPrefix(
      Map<String, NavigableSet<String>> prefixes, PropertyKey.Named name) {
    prefixes.computeIfAbsent(name.name(), n -> new TreeSet<>()).add(name.prefix());
  }

  /** The sessions or pools that property names mention. */
  Set<String> names(Root root) {
    return prefixes(root).keySet();
  }

  /** The prefixes to ask for the settings of a session or pool, the usual one first. */
  Set<String> prefixesOf(Root root, String name) {
    Set<String> all = new LinkedHashSet<>();
    all.add(root.prefixOf(name));
    all.addAll(prefixes(root).getOrDefault(name, new TreeSet<>()));
    return all;
  }

  /** The tenants of a session that property names mention, each with its prefixes. */
  Map<String, Set<String>> tenantsOf(String session) {
    Map<String, Set<String>> all = new TreeMap<>();
    tenants
        .getOrDefault(session, new TreeMap<>())
        .forEach(
            (tenant, written) -> {
              Set<String> asked = new LinkedHashSet<>();
              asked.add(Root.prefixOfTenant(session, tenant));
              asked.addAll(written);
              all.put(tenant, asked);
            });
    return all;
  }

  private NavigableMap<String, NavigableSet<String>> prefixes(Root root) {
    return prefixes.getOrDefault(root, new TreeMap<>());
  }

  /** The settings that were written under a prefix. */
  Set<String> settingsUnder(String prefix) {
    return settings.getOrDefault(prefix, new TreeSet<>());
  }

  /**
   * The keys that no setting has.
   *
   * @param declared sessions and pools that exist or should, to recognise a dotted name of theirs
   *     that was not quoted
   */
  List<PropertyKey.Malformed> unknown(Map<Root, Set<String>> declared) {
    List<PropertyKey.Malformed> all = new ArrayList<>(unknown);
    for (PropertyKey.Named name : named) {
      if (name.root().keys().find(name.setting()).isEmpty()) {
        Optional<String> suggestion =
            unquoted(name, declared.getOrDefault(name.root(), Set.of()))
                .or(() -> Suggestions.forSetting(name.root(), name.setting()));
        all.add(new PropertyKey.Malformed(name.key(), ConfigMessages.NO_SUCH_SETTING, suggestion));
      }
    }
    return all;
  }

  private static Optional<String> unquoted(PropertyKey.Named key, Set<String> declared) {
    Root root = key.root();
    return declared.stream()
        .filter(name -> name.contains("."))
        .filter(name -> key.key().startsWith(root.prefix() + name + '.'))
        .map(
            name ->
                root.prefixOf(name)
                    + key.key().substring(root.prefix().length() + name.length() + 1))
        .findFirst();
  }
}
