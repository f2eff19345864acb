package org.sessionregistry.settings;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Names and values in the order in which they were given. The rule: it never changes, and a copy of
 * it is itself, so that the settings of many tenants share those of their session. Immutable, for
 * any thread.
 */
final class Entries extends AbstractMap<String, String> {
  private static final Entries NONE = new Entries(Map.of());

  private final Map<String, String> entries;

  private Entries(Map<String, String> entries) {
    this.entries = entries;
  }

  static Map<String, String> copyOf(Map<String, String> map) {
    if (map instanceof Entries) {
      return map;
    }
    return map.isEmpty()
        ? NONE
        : new Entries(Collections.unmodifiableMap(new LinkedHashMap<>(map)));
  }

  /** A copy with one more entry, at the end unless its name is there already. */
  static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(name, value);
    return copyOf(more);
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return entries.entrySet();
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.containsKey(key);
  }

  @Override
  public @Nullable String get(Object key) {
    return entries.get(key);
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    entries.forEach(action);
  }
}
