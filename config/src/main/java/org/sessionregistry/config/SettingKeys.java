package org.sessionregistry.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sessionregistry.settings.Setting;

/**
 * All settings of a tree of records, in the order in which they are declared. The rule: a component
 * with {@link Setting} is a setting, a record without it is a group, anything else (a session's
 * name) is neither. Immutable, for any thread.
 */
final class SettingKeys {
  private final Record defaults;
  private final Map<String, SettingKey> keys = new LinkedHashMap<>();

  private SettingKeys(Record defaults) {
    this.defaults = defaults;
  }

  static SettingKeys of(Record defaults) {
    SettingKeys all = new SettingKeys(defaults);
    all.collect(defaults.getClass(), "", List.of());
    return all;
  }

  /** The settings of the groups in a record that several sessions share, without their groups. */
  static SettingKeys ofGroups(Record defaults) {
    SettingKeys shared = new SettingKeys(defaults);
    of(defaults).all().stream()
        .filter(setting -> !EntryRules.isOfOneSession(setting))
        .map(SettingKey::withoutGroup)
        .forEach(setting -> shared.keys.put(setting.key(), setting));
    return shared;
  }

  /** These settings, and one that no record has before them. */
  SettingKeys with(SettingKey first) {
    SettingKeys more = new SettingKeys(defaults);
    more.keys.put(first.key(), first);
    more.keys.putAll(keys);
    return more;
  }

  /** Those of these settings that a tenant may have. */
  SettingKeys ofTenant() {
    SettingKeys own = new SettingKeys(defaults);
    all().stream()
        .filter(EntryRules::isOfTenant)
        .forEach(setting -> own.keys.put(setting.key(), setting));
    return own;
  }

  /** The records with every setting at its default. */
  Record defaults() {
    return defaults;
  }

  List<SettingKey> all() {
    return List.copyOf(keys.values());
  }

  /** The setting that a relative key sets, be it an entry of a map. */
  Optional<SettingKey> find(String key) {
    SettingKey fixed = keys.get(key);
    if (fixed != null && !fixed.map()) {
      return Optional.of(fixed);
    }
    return keys.values().stream()
        .filter(SettingKey::map)
        .filter(map -> key.startsWith(map.key() + '.') && key.length() > map.key().length() + 1)
        .findFirst();
  }

  /** The setting that refusals by the records call so. */
  Optional<SettingKey> named(String name) {
    return keys.values().stream().filter(setting -> setting.name().equals(name)).findFirst();
  }

  private void collect(Class<? extends Record> type, String group, List<RecordPath.Step> path) {
    RecordShape shape = RecordShape.of(type);
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      List<RecordPath.Step> steps = new ArrayList<>(path);
      steps.add(new RecordPath.Step(shape, i));
      Setting setting = component.getAnnotation(Setting.class);
      if (setting != null) {
        add(key(group, component, setting), setting, component, new RecordPath(steps));
      } else if (component.getType().isRecord()) {
        String inner = join(group, kebab(component.getName()));
        collect(component.getType().asSubclass(Record.class), inner, steps);
      }
    }
  }

  private void add(String key, Setting setting, RecordComponent component, RecordPath path) {
    ValueType type =
        ValueTypes.of(component.getGenericType())
            .map(read -> setting.zero().isEmpty() ? read : new WordForZero(setting.zero(), read))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        ConfigMessages.unsupportedType(key, component.getGenericType())));
    boolean map = component.getType() == Map.class;
    keys.put(key, new SettingKey(key, key, path, type, map, setting.secret(), setting.value()));
  }

  private static String key(String group, RecordComponent component, Setting setting) {
    return switch (setting.key()) {
      case "" -> join(group, kebab(component.getName()));
      case "." -> group;
      default -> join(group, setting.key());
    };
  }

  private static String join(String group, String key) {
    return group.isEmpty() ? key : group + '.' + key;
  }

  /** {@code maxConnections} as {@code max-connections}. */
  static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
