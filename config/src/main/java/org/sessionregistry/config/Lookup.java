package org.sessionregistry.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Asks MicroProfile Config for values. The rule: nothing beyond the specification is used, and a
 * value that cannot be resolved is a {@link Found} with a failure, never an exception: the
 * specification lets an implementation answer a broken expression with an exception or without a
 * value. Confined to the thread that reads.
 */
final class Lookup {
  /** How SmallRye Config, and what is built on it, spells {@link Config#PROFILE}. */
  private static final String SMALLRYE_PROFILE = "smallrye.config.profile";

  /** What every key of ours has in it. */
  private static final String OURS = "client-session";

  private final Config config;

  Lookup(Config config) {
    this.config = config;
  }

  /** The value of a key; nothing when it is absent or empty. */
  Optional<Found> find(String key) {
    return origin(key).filter(found -> !found.text().isEmpty());
  }

  /** Where a key comes from, whatever its value is. */
  Optional<Found> origin(String key) {
    try {
      return fromValue(key, config.getConfigValue(key));
    } catch (RuntimeException e) {
      return Optional.of(unresolved(key, reason(e)));
    }
  }

  /**
   * The names of all properties. Sources are asked first, because a {@code Config} may remember the
   * names that it found when it was made: of those that no source has, only the ones count that
   * have a value.
   */
  Set<String> propertyNames() {
    Set<String> names = new TreeSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      names.addAll(source.getPropertyNames());
    }
    for (String name : config.getPropertyNames()) {
      if (!names.contains(name) && name.contains(OURS) && origin(name).isPresent()) {
        names.add(name);
      }
    }
    return names;
  }

  /** The profiles whose properties are in force. */
  List<String> activeProfiles() {
    return Stream.of(Config.PROFILE, SMALLRYE_PROFILE)
        .flatMap(key -> find(key).stream())
        .flatMap(found -> Stream.of(found.text().split(",")))
        .map(String::strip)
        .distinct()
        .toList();
  }

  private Optional<Found> fromValue(String key, ConfigValue value) {
    String text = value.getValue();
    String raw = value.getRawValue();
    if (text != null || raw == null || raw.isEmpty()) {
      return text == null && raw == null
          ? Optional.empty()
          : Optional.of(found(key, text == null ? "" : text, value, Optional.empty()));
    }
    try {
      String resolved = config.getOptionalValue(key, String.class).orElse(null);
      if (resolved != null) {
        return Optional.of(found(key, resolved, value, Optional.empty()));
      }
      config.getValue(key, String.class);
      return Optional.of(found(key, raw, value, Optional.of("")));
    } catch (RuntimeException e) {
      return Optional.of(found(key, raw, value, Optional.of(reason(e))));
    }
  }

  private static Found found(String key, String text, ConfigValue value, Optional<String> failure) {
    String source = value.getSourceName();
    return new Found(key, text, source == null ? "" : source, value.getSourceOrdinal(), failure);
  }

  private Found unresolved(String key, String reason) {
    for (ConfigSource source : config.getConfigSources()) {
      String raw = source.getValue(key);
      if (raw != null && !raw.isEmpty()) {
        return new Found(key, raw, source.getName(), source.getOrdinal(), Optional.of(reason));
      }
    }
    return new Found(key, "?", "", 0, Optional.of(reason));
  }

  private static String reason(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
