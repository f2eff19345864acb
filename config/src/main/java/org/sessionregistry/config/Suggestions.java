package org.sessionregistry.config;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which setting an unknown key probably means: one whose group was forgotten ({@code
 * max-connections} for {@code pool.max-connections}), one of another root, a map's entry, or the
 * nearest spelling. The rule: what is suggested exists. Stateless, for any thread.
 */
final class Suggestions {
  private static final String ANY_NAME = "<name>";

  private Suggestions() {}

  /** What an unknown key under a root should probably be; relative to it unless it is elsewhere. */
  static Optional<String> forSetting(Root root, String unknown) {
    return withGroup(root.keys(), unknown)
        .or(() -> ofOtherRoot(root, unknown))
        .or(() -> mapEntry(root.keys(), unknown))
        .or(() -> nearest(root.keys(), unknown));
  }

  /** Where a setting belongs whose session's name was forgotten. */
  static Optional<String> withSessionName(String setting) {
    return Root.SESSION
        .keys()
        .find(setting)
        .map(known -> Root.SESSION.prefix() + ANY_NAME + '.' + setting);
  }

  /** The root that an unknown first part of a key probably means. */
  static Optional<Root> root(String first) {
    return Stream.of(Root.values())
        .filter(root -> Math.abs(first.length() - root.text().length()) <= 1)
        .filter(root -> Nearest.distance(first, root.text()) <= 1)
        .findFirst();
  }

  private static Optional<String> withGroup(SettingKeys keys, String unknown) {
    return keys.all().stream()
        .map(SettingKey::key)
        .filter(key -> key.endsWith('.' + unknown))
        .findFirst();
  }

  private static Optional<String> ofOtherRoot(Root root, String unknown) {
    Root other = root == Root.REGISTRY ? Root.DEFAULTS : Root.REGISTRY;
    return other.keys().find(unknown).map(known -> other.prefix() + unknown);
  }

  private static Optional<String> mapEntry(SettingKeys keys, String unknown) {
    int dot = unknown.indexOf('.');
    String map = Nearest.normal(dot < 0 ? unknown : unknown.substring(0, dot));
    String entry = dot < 0 ? ANY_NAME : unknown.substring(dot + 1);
    return keys.all().stream()
        .filter(SettingKey::map)
        .filter(setting -> Nearest.isNear(map, setting.key()))
        .map(setting -> setting.keyOf(entry))
        .filter(suggested -> keys.find(suggested).isPresent())
        .findFirst();
  }

  private static Optional<String> nearest(SettingKeys keys, String unknown) {
    String normal = Nearest.normal(unknown);
    Map<String, Integer> scores = new LinkedHashMap<>();
    for (SettingKey setting : keys.all()) {
      for (String written = setting.key(); !setting.map(); written = withoutGroup(written)) {
        if (Nearest.isNear(normal, written)) {
          // Of two that are equally near, the one whose group was not forgotten.
          int forgotten = written.equals(setting.key()) ? 0 : 1;
          scores.merge(setting.key(), 2 * Nearest.distance(normal, written) + forgotten, Math::min);
        }
        if (written.indexOf('.') < 0) {
          break;
        }
      }
    }
    return scores.entrySet().stream()
        .min(Comparator.comparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }

  private static String withoutGroup(String key) {
    return key.substring(key.indexOf('.') + 1);
  }
}
