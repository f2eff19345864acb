package org.sessionregistry.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sessionregistry.settings.SettingOrigin;

/**
 * What one place sets for a session: its own keys, those of a session that it extends, or those for
 * all sessions. The rule: a nearer generation wins over those behind it. Immutable.
 *
 * @param origin what place that is
 * @param assignments what is set there, in the order in which the settings are declared
 */
record Generation(SettingOrigin origin, List<Assignment> assignments) {
  /** A session that sets nothing. */
  static final Generation NONE = new Generation(SettingOrigin.SESSION, List.of());

  Generation {
    assignments = List.copyOf(assignments);
  }

  /** The same where another session takes it over. */
  Generation extended() {
    return new Generation(SettingOrigin.EXTENDED, assignments);
  }

  /** What is set for the setting of a key. */
  Optional<Assignment> find(String key) {
    return assignments.stream().filter(a -> a.name().equals(key)).findFirst();
  }

  /** What the nearest of these generations that sets it sets for the setting of a key. */
  static Optional<Assignment> nearest(List<Generation> generations, String key) {
    return generations.stream().flatMap(g -> g.find(key).stream()).findFirst();
  }

  Generation without(Predicate<Assignment> some) {
    return new Generation(origin, assignments.stream().filter(some.negate()).toList());
  }
}
