package org.sessionregistry.config;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which setting an unknown key probably means: one whose group was forgotten ({@code
 * max-connections} for {@code pool.max-connections}) or is too much, one of another root, a map's
 * entry, or the nearest spelling. The rule: what is suggested exists. Stateless, for any thread.
 */
final class Suggestions {
  private Suggestions() {}

  /** What an unknown key under a root should probably be; relative to it unless it is elsewhere. */
  static Optional<String> forSetting(Root root, String unknown) {
    return otherGroup(root.keys(), unknown)
        .or(() -> ofOtherRoots(root, unknown))
        .or(() -> mapEntry(root.keys(), unknown))
        .or(() -> nearest(root.keys(), unknown));
  }

  /** Where a setting belongs whose session's or pool's name was forgotten. */
  static Optional<String> withName(Root root, String setting) {
    return root.keys().find(setting).map(known -> root.prefixOf(Root.ANY_NAME) + setting);
  }

  /** The root that an unknown first part of a key probably means. */
  static Optional<Root> root(String first) {
    return Stream.of(Root.values())
        .filter(root -> Math.abs(first.length() - root.text().length()) <= 1)
        .filter(root -> Nearest.distance(first, root.text()) <= 1)
        .findFirst();
  }

  private static Optional<String> otherGroup(SettingKeys keys, String unknown) {
    return keys.all().stream()
        .filter(setting -> !setting.map())
        .filter(s -> s.name().equals(unknown) || s.key().endsWith('.' + unknown))
        .map(SettingKey::key)
        .findFirst();
  }

  private static Optional<String> ofOtherRoots(Root root, String unknown) {
    return switch (root) {
      case REGISTRY -> ofRoot(Root.DEFAULTS, unknown);
      case POOL -> ofSession(unknown).or(() -> ofRoot(Root.REGISTRY, unknown));
      case SESSION, TENANT, DEFAULTS -> ofRoot(Root.REGISTRY, unknown);
    };
  }

  private static Optional<String> ofRoot(Root other, String unknown) {
    return other.keys().find(unknown).map(known -> other.prefix() + unknown);
  }

  /** What a shared pool does not have although the pool of a session has it, or any other. */
  private static Optional<String> ofSession(String unknown) {
    return withName(Root.SESSION, unknown)
        .or(
            () ->
                otherGroup(Root.SESSION.keys(), unknown)
                    .flatMap(setting -> withName(Root.SESSION, setting)));
  }

  private static Optional<String> mapEntry(SettingKeys keys, String unknown) {
    int dot = unknown.indexOf('.');
    String map = Nearest.normal(dot < 0 ? unknown : unknown.substring(0, dot));
    String entry = dot < 0 ? Root.ANY_NAME : unknown.substring(dot + 1);
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
      for (String written = setting.name(); !setting.map(); written = withoutGroup(written)) {
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
